import { drawCapacity } from "../../pictures/drawCapacity";
import type { Group, Instance } from "../../simulation/model";
import { sample } from "../../simulation/sample";
import { newestCurve } from "../capacityPicture";
import type { Clock } from "../clock";
import type { Recorder } from "../recorder";
import type { Worlds } from "../world";

/** A page with more tiles than this is no help to anybody. */
const mostTiles = 400;

export interface ViewParts {
  readonly worlds: Worlds;
  readonly clock: Clock;
  readonly recorder: Recorder;
}

/** All that the page shows, as JSON. */
export function view({ worlds, clock, recorder }: ViewParts): string {
  const groups = worlds
    .all()
    .flatMap(({ region, groups }) =>
      [...groups].map(([key, group]) => ({ region, key, ...groupView(group, key, recorder) })),
    );
  return JSON.stringify({ time: clock.now(), speed: clock.speed, groups });
}

function groupView(group: Group, key: string, recorder: Recorder) {
  const { total, ready } = sample(group);
  const refresh = group.refreshes.at(-1);
  const curve = newestCurve(group, recorder.samplesOf(group), key.slice(key.indexOf("/") + 1));
  const instances = [...group.instances.values()];
  return {
    desired: group.desiredCapacity,
    total,
    ready,
    refresh: refresh && {
      id: refresh.id,
      status: refresh.status,
      reason: refresh.reason,
      percentage: refresh.progress.percentage,
    },
    badLaunches: group.unhealthyLaunches !== undefined,
    tiles: instances
      .slice(0, mostTiles)
      .map((instance) => ({ id: instance.id, kind: kindOf(instance, refresh?.rollback !== undefined) })),
    hidden: Math.max(0, instances.length - mostTiles),
    curve: curve && drawCapacity(curve),
  };
}

/** In a rollback, and after it, what is to be replaced is the new. */
function kindOf(instance: Instance, isBack: boolean): string {
  if (instance.state === "Terminating") return "terminating";
  if (instance.state === "Standby") return "standby";
  if (instance.state !== "InService") return "launching";
  if (!instance.healthy) return "unhealthy";
  if (!instance.ready) return "warming";
  return instance.outdated === isBack ? "new" : "old";
}
