/** What the page shows: filled by the emulator from its groups, and by the command `dashboard` from the clouds. */
import type { Past } from "../pictures/curveOfActivities";

/** Times are milliseconds since the epoch, by the clock of the groups. */
export interface DashboardSource {
  now(): number;
  /** Seconds of that clock in a real one. */
  readonly speed: number;
  /** True where the page may move the clock and disturb groups: in the emulator. */
  readonly hasControls: boolean;
  groups(): readonly DashboardGroup[];
  /** Is told which groups are shown in full, by their ids, and to how many pages. */
  onReaders?(open: ReadonlySet<string>, pages: number): void;
}

/** A group: what costs little, and functions for what is asked of those that are shown. */
export interface DashboardGroup {
  /** Unique on the page. */
  readonly id: string;
  readonly name: string;
  /** As a person calls it: `Amazon EC2 Auto Scaling`. */
  readonly cloud: string;
  readonly region: string;
  /** Where its refresh stands; undefined when it has none. */
  readonly stage: Stage | undefined;
  /** Why the group could not be read, and what to do. */
  readonly problem: Problem | undefined;
  refresh(): DashboardRefresh | undefined;
  /** Undefined while it was not read yet. */
  details(): GroupDetails | undefined;
}

export type Stage =
  | "running"
  | "cancelling"
  | "rollingBack"
  | "successful"
  | "failed"
  | "cancelled"
  | "rolledBack"
  | "rollbackFailed"
  | "unknown";

export interface Problem {
  readonly what: string;
  readonly next: string | undefined;
}

/** The refresh that runs on the group, else its newest. */
export interface DashboardRefresh {
  readonly id: string;
  /** The cloud's word. */
  readonly status: string;
  readonly stage: Stage;
  /** How far it is, 0 to 1. */
  readonly fraction: number | undefined;
  /** How far it is, in words: `capacity 4 of 10`. */
  readonly progress: string;
  /** Why, in the cloud's words. */
  readonly reason: string | undefined;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  /** When it will end, as far as that is known. */
  readonly estimatedEnd: number | undefined;
  /** When its present pause at a checkpoint is over, at the latest. */
  readonly pauseEnd: number | undefined;
}

export interface GroupDetails {
  /** Units of capacity. */
  readonly desired: number;
  readonly instances: readonly DashboardInstance[];
  /** What the refresh did so far; undefined when there is none, or its activities could not be read. */
  readonly past: DashboardPast | undefined;
}

export interface DashboardInstance {
  readonly id: string;
  readonly kind: InstanceKind;
  /** Units of capacity that it counts as. */
  readonly weight: number;
}

export type InstanceKind = "old" | "new" | "warming" | "launching" | "unhealthy" | "terminating" | "standby";

export interface DashboardPast extends Past {
  /** What the group could not do. */
  readonly failures: readonly { readonly time: number; readonly text: string }[];
}
