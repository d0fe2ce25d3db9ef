/** The pauses that a refresh was asked to make, as the cloud echoes its arguments. */

import type { CloudName } from "../../app/lifecycles";
import type { Arguments } from "../cloud";

export interface PlannedPauses {
  /** Ascending, 0 to 1: those at which it pauses. */
  readonly checkpoints: readonly number[];
  /** Of each, in seconds. */
  readonly pauseSeconds: number;
  /** After everything is replaced, in seconds. */
  readonly bakeSeconds: number;
}

const HOUR_S = 3_600;
const MINUTE_S = 60;

export function plannedPauses(cloud: CloudName, args: Arguments): PlannedPauses {
  return cloud === "ess" ? ofEss(args) : ofAutoScaling(args);
}

function ofEss(args: Arguments): PlannedPauses {
  const { checkpoints = [], checkpointPauseTime = 60 } = args as {
    checkpoints?: readonly { percentage?: number }[];
    checkpointPauseTime?: number;
  };
  return {
    checkpoints: checkpoints.map(({ percentage = 100 }) => percentage / 100),
    pauseSeconds: checkpointPauseTime * MINUTE_S,
    bakeSeconds: 0,
  };
}

function ofAutoScaling(args: Arguments): PlannedPauses {
  const {
    checkpointPercentages = [],
    checkpointDelay = HOUR_S,
    bakeTime = 0,
  } = (args.preferences ?? {}) as {
    checkpointPercentages?: readonly number[];
    checkpointDelay?: number | string;
    bakeTime?: number | string;
  };
  return {
    // At the last one it does not pause: it ends.
    checkpoints: checkpointPercentages.slice(0, -1).map((percentage) => percentage / 100),
    pauseSeconds: Number(checkpointDelay),
    bakeSeconds: Number(bakeTime),
  };
}
