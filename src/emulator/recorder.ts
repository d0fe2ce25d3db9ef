import type { Group, Sample } from "../simulation/model";
import { sample } from "../simulation/sample";
import type { Worlds } from "./world";

/** Enough for the refresh of a thousand instances, several times over. */
const mostSamples = 20_000;

/** Remembers how the capacity of every group went: for pictures, and only when somebody wants them. */
export interface Recorder {
  /** Records the groups that there are by now, too. */
  attach(): void;
  /** Since the group was attached, oldest first; none when it was not. */
  samplesOf(group: Group): readonly Sample[];
}

export function createRecorder(worlds: Worlds): Recorder {
  const recorded = new Map<Group, Sample[]>();
  return {
    attach: () => {
      for (const world of worlds.all()) {
        for (const group of world.groups.values()) {
          if (!recorded.has(group)) recorded.set(group, record(group));
        }
      }
    },
    samplesOf: (group) => recorded.get(group) ?? [],
  };
}

function record(group: Group): Sample[] {
  const samples = [sample(group)];
  group.observe = (seen) => {
    samples.push(seen);
    if (samples.length > mostSamples) samples.splice(0, mostSamples / 2);
  };
  return samples;
}
