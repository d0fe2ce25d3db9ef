import type { GroupSnapshot, InstanceSnapshot, PlannedRefresh } from "../core/snapshot";

/** Instances that stay as they are, each counted once; and those that the refresh waits for. */
export interface LeftAlone {
  /** Skip matching: they run the desired configuration already. */
  readonly matching: number;
  readonly protected: number;
  readonly standby: number;
  readonly manual: number;
  /** In standby or protected, and to be replaced as soon as they no longer are. */
  readonly waitedFor: number;
  /** It is not known whether they match: counted among those that are replaced. */
  readonly untold: number;
}

export function leftAlone(snapshot: GroupSnapshot, refresh: PlannedRefresh, spared: readonly number[]): LeftAlone {
  const isSpared = new Set(spared);
  const left = snapshot.instances.filter((_, index) => isSpared.has(index));
  const touched = snapshot.instances.filter((_, index) => !isSpared.has(index));
  const count = (why: (instance: InstanceSnapshot) => boolean) => left.filter(why).length;
  const skips = refresh.preferences.skipMatching ?? snapshot.rules.skipMatching;
  const matches = (instance: InstanceSnapshot) => skips && instance.matches === true;
  return {
    matching: count(matches),
    manual: count((each) => !matches(each) && each.manual),
    standby: count((each) => !matches(each) && !each.manual && each.standby),
    protected: count((each) => !matches(each) && !each.manual && !each.standby && each.protected),
    waitedFor: touched.filter((each) => waits(snapshot, refresh, each)).length,
    untold: skips ? touched.filter((each) => each.matches === undefined).length : 0,
  };
}

function waits({ rules }: GroupSnapshot, { preferences }: PlannedRefresh, instance: InstanceSnapshot): boolean {
  if (instance.standby) return (preferences.standbyInstances ?? rules.standbyInstances) === "Wait";
  return instance.protected && (preferences.protectedInstances ?? rules.protectedInstances) === "Wait";
}
