/** A group and a planned refresh as a forecast needs to know them. Each cloud fills them in from what it describes. */
import type { Preferences, Refresh } from "../simulation/model";
import type { Rules } from "../simulation/rules";

/** A scaling group as it stands now. Capacity is in units: an instance counts for its weight. */
export interface GroupSnapshot {
  /** The cloud's rules and defaults. */
  readonly rules: Rules;
  /** Name or id of the group. */
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  /** Those that are in service or in standby. */
  readonly instances: readonly InstanceSnapshot[];
  /** Weights that new instances may have. Never empty. */
  readonly newWeights: readonly number[];
  /** Seconds from InService to ready, unless the refresh says otherwise. */
  readonly warmupSeconds: number;
  /** Seconds from InService until the cloud knows an instance's health: at least, at most. Default: none. */
  readonly healthSeconds?: readonly [number, number] | undefined;
  /** Lifecycle hooks of the group. Default: none. */
  readonly hooks?: readonly HookSnapshot[] | undefined;
  /** Seconds for which connections of an instance may drain before it is terminated. Default: none. */
  readonly drainSeconds?: number | undefined;
  /** Instances that are kept ready to be launched. Default: none. */
  readonly warmPool?: WarmPoolSnapshot | undefined;
  /** What could not be asked for lack of a permission. Default: nothing. */
  readonly unknown?: readonly UnknownSnapshot[] | undefined;
  /** Recent launches, from their start to InService, the newest first; empty when there were none. Hooks are part of them. */
  readonly recentLaunches: readonly LaunchDuration[];
  /** Successful refreshes of the group, the newest first. Default: none. */
  readonly recentRefreshes?: readonly RecentRefresh[] | undefined;
}

/** It holds an instance up until somebody says so, at most for its heartbeat. */
interface HookSnapshot {
  readonly name: string;
  readonly transition: "Launching" | "Terminating";
  readonly heartbeatSeconds: number;
}

interface WarmPoolSnapshot {
  readonly minSize: number;
  /** Instances of the group and of the pool together; undefined: the most that the group may have. */
  readonly maxPreparedCapacity: number | undefined;
  readonly instances: readonly InstanceSnapshot[];
}

export interface UnknownSnapshot {
  /** Such as "whether lifecycle hooks hold instances up". */
  readonly what: string;
  readonly permission: string;
}

/** How long a launch took, in seconds, as far as the times that the cloud tells say. */
export interface LaunchDuration {
  readonly least: number;
  readonly most: number;
}

export interface RecentRefresh {
  readonly preferences: Preferences;
  /** Units that it has replaced; undefined where the cloud does not tell. */
  readonly replaced: number | undefined;
  /** How long it took, in seconds, with its pauses. */
  readonly seconds: number;
}

export interface InstanceSnapshot {
  /** Whether it runs the desired configuration already; undefined when that is not known. */
  readonly matches: boolean | undefined;
  readonly weight: number;
  /** Protected from scale in. */
  readonly protected: boolean;
  readonly standby: boolean;
  /** Added by hand, not launched by the group. */
  readonly manual: boolean;
}

/** The refresh that is thought of. */
export interface PlannedRefresh {
  /** Default: `Rolling`. */
  readonly strategy?: Refresh["strategy"] | undefined;
  /** As far as they were set; a maintenance policy of the group counts as set. */
  readonly preferences: Preferences;
}

/** What may end the wait before the refresh ends. */
export interface Limits {
  /** Seconds that are waited for the end. */
  readonly timeoutSeconds?: number | undefined;
  /** Seconds from now until the credentials expire; undefined when they do not, or renew themselves. */
  readonly credentialsSeconds?: number | undefined;
}

/** What a cloud knows of a group and of the refresh that its arguments ask for. */
export interface Snapshot {
  readonly group: GroupSnapshot;
  readonly refresh: PlannedRefresh;
  readonly limits: Limits;
}
