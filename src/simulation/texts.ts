/** What a cloud says of a refresh and of what a group does. Empty: it says nothing. */

/** Why an instance is launched, terminated or moved. */
export type Cause =
  | {
      readonly kind: "Created" | "Capacity" | "Surplus" | "Scaled" | "Unhealthy" | "Abandoned" | "WarmPool" | "Request";
    }
  | { readonly kind: "Refresh" | "Rollback"; readonly refresh: string };

/** What was done, when, and how the capacity changes by it. */
export interface Happening {
  readonly cause: Cause;
  readonly what: "Launch" | "Terminate" | "ReplaceRootVolume" | "Detach" | "EnterStandby" | "ExitStandby" | "Attach";
  readonly instance: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Desired units before it and after it. */
  readonly from: number;
  readonly to: number;
}

export interface Texts {
  /** An instance that the refresh has launched is within its warm-up. */
  warmingUp(instance: string): string;
  /** An instance that the refresh has launched may be healthy or not. */
  healthUnknown(instance: string): string;
  /** Only such instances are left to be replaced. */
  waitsForProtected(instance: string, count: number): string;
  waitsForStandby(instance: string, count: number): string;
  readonly unhealthy: string;
  launchesFail(message: string): string;
  alarmLacksData(alarm: string): string;
  processSuspended(process: string): string;
  atCheckpoint(percentage: number): string;
  readonly baking: string;
  readonly cancelling: string;
  cancelled(waited: boolean): string;
  readonly suspended: string;
  readonly upToDate: string;
  noProgress(minutes: number, why: string): string;
  timeIsUp(days: number): string;
  alarm(name: string): string;
  readonly rolledBackOnRequest: string;
  rolledBack(why: string): string;
  /** Of an activity of the group. */
  cause(happening: Happening): string;
}
