/** The instances of a group as they stand now. */
export interface GroupInstances {
  /** Units of capacity that are desired. */
  readonly desired: number;
  readonly instances: readonly GroupInstance[];
}

export interface GroupInstance {
  readonly id: string;
  readonly state: "launching" | "inService" | "standby" | "terminating";
  readonly healthy: boolean;
  /** Units of capacity that it counts as. */
  readonly weight: number;
  /** Whether it runs what the group, or its refresh, desires; undefined where that is not told, or does not count. */
  readonly upToDate: boolean | undefined;
}

/** What a group did during a refresh, as its scaling activities tell it. */
export interface GroupActivities extends GroupInstances {
  readonly group: string;
  /** Milliseconds since the epoch; one that still runs has no end. */
  readonly start: number;
  readonly end: number | undefined;
  /** All that may have begun since the start of the refresh, oldest first. */
  readonly activities: readonly GroupActivity[];
  /** The cloud cuts the times of activities to so many milliseconds. */
  readonly resolution: number;
  /** What the refresh was to keep to, in instances; undefined when it does not say, or instances have weights. */
  readonly floor: number | undefined;
  readonly ceiling: number | undefined;
  /** For how long an instance warms up once it is in service. */
  readonly warmupSeconds: number;
  /** When a rollback began, in milliseconds since the epoch; undefined when there was none, or the cloud does not tell. */
  readonly rollback: number | undefined;
  /** What the group could not do, oldest first, in the cloud's words. */
  readonly failures: readonly GroupFailure[];
}

export interface GroupFailure {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly text: string;
}

export interface GroupActivity {
  /** `Leave` and `Join`: to and from standby, detached and attached. */
  readonly kind: "Launch" | "Terminate" | "Leave" | "Join" | "ReplaceRootVolume";
  readonly instanceId: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number | undefined;
  /** It ended without a machine in service. */
  readonly failed: boolean;
}

/** So many instances of a capacity, rounded as the services do: at least up, at most down. */
export function boundsOf(capacity: number, min: number | undefined, max: number | undefined) {
  return {
    floor: min === undefined ? undefined : Math.ceil((capacity * min) / 100),
    ceiling: max === undefined ? undefined : Math.floor((capacity * max) / 100),
  };
}
