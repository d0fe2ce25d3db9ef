import type { GroupSight, Limits, RefreshSight } from "../core/snapshot";

/** What a cloud's room sees of a group and of the refresh that its arguments ask for. */
export interface Look {
  readonly sight: GroupSight;
  readonly refresh: RefreshSight;
  readonly limits: Limits;
}
