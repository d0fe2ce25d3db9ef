import type { GroupSnapshot, Limits, PlannedRefresh } from "../core/snapshot";

/** What a cloud's room sees of a group and of the refresh that its arguments ask for. */
export interface Snapshot {
  readonly group: GroupSnapshot;
  readonly refresh: PlannedRefresh;
  readonly limits: Limits;
}
