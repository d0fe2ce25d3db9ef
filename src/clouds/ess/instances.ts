/** The instances of a group of ESS as they stand now. */
import type { GroupInstance, GroupInstances } from "../../core/activities";
import type { EssArguments } from "./arguments";
import { matches } from "./matches";
import type { EssReader } from "./reader";
import { describeInstances } from "./snapshot";

const STATES: Readonly<Record<string, GroupInstance["state"]>> = {
  InService: "inService",
  Protected: "inService",
  Standby: "standby",
  Pending: "launching",
  "Pending:Wait": "launching",
  Removing: "terminating",
  "Removing:Wait": "terminating",
};

interface EssInstances extends GroupInstances {
  /** False where instances have weights. */
  readonly countsInstances: boolean;
}

/**
 * @param desired arguments that say what counts as up to date; undefined: what the group launches from; `nothing`: that is
 * not told
 */
export async function instancesOf(
  client: EssReader,
  regionId: string,
  scalingGroupId: string,
  desired?: EssArguments | "nothing",
): Promise<EssInstances | undefined> {
  const [group, instances] = await Promise.all([
    client.scalingGroup(scalingGroupId),
    describeInstances(client, { regionId, scalingGroupId }),
  ]);
  if (!group) return undefined;
  const weightOf = ({ weightedCapacity }: (typeof instances)[number]) => weightedCapacity || 1;
  return {
    desired: group.desiredCapacity ?? group.totalCapacity ?? instances.length,
    countsInstances: instances.every((instance) => weightOf(instance) === 1),
    instances: instances.flatMap((instance): GroupInstance[] => {
      const { instanceId: id = "", lifecycleState = "", healthStatus } = instance;
      const state = STATES[lifecycleState];
      const upToDate = desired === "nothing" ? undefined : matches(instance, group, desired ?? { scalingGroupId });
      const [healthy, weight] = [healthStatus !== "Unhealthy", weightOf(instance)];
      return state ? [{ id, state, healthy, weight, upToDate }] : [];
    }),
  };
}
