import { block, deactivate, unblock } from "./activity";
import { bounds, heaviest, portion } from "./bounds";
import { nextCandidate, retire } from "./candidates";
import { end, succeed } from "./ending";
import { canLaunch, launch, replaceRootVolume, terminate } from "./instances";
import { cause, fill, keepCapacity } from "./keepCapacity";
import type { Group, Instance, Run } from "./model";
import { recordProgress } from "./progress";
import { alarmWithoutData, explain, suspendedProcess } from "./reasons";
import { setTimer } from "./timers";
import { replaceWarmPool } from "./warmPool";

// fact: aws-default-checkpoint-delay
const defaultPauseSeconds = 3600;

/** Does what can be done now. What it costs is what it does: nothing is counted through. */
export function proceed(group: Group): void {
  const { run } = group.engine;
  if (run?.cancel) cancelWhenSettled(group, run);
  else if (run?.activeSince !== undefined) {
    replace(group, run);
    fill(group);
    heedLaunches(group, run);
    recordProgress(group, run);
    conclude(group, run);
  }
  keepCapacity(group);
  if (group.engine.run === run && run) explain(group, run);
}

/** Launches that fail hold the run up, until one does not. */
function heedLaunches(group: Group, run: Run): void {
  const failing = group.now < group.engine.noLaunchBefore && run.launchFailure !== "";
  if (failing) block(group, run, "Launches");
  else if (run.blockedBy === "Launches" && group.engine.units.live >= group.desiredCapacity) unblock(run);
}

function replace(group: Group, run: Run): void {
  const { units } = group.engine;
  if (suspendedProcess(group) !== undefined || alarmWithoutData(group, run) !== undefined) return;
  const { least, most, terminatesFirst } = bounds(group, run.refresh.preferences, run.target);
  const inPlace = run.refresh.strategy === "ReplaceRootVolume";

  for (let instance = nextCandidate(run); instance && window(run) > 0; instance = nextCandidate(run)) {
    // What cannot be launched again is not terminated.
    if (!inPlace && !canLaunch(group) && units.live <= group.desiredCapacity) break;
    if (instance.ready && units.ready - instance.type.weight < least) break;
    retireOne(group, run, instance);
  }
  const weight = heaviest(run.target);
  const mayLaunch = () => canLaunch(group) && (units.live < group.desiredCapacity || units.live + weight <= most);
  while (!inPlace && units.live - liveWindow(group, run) < group.desiredCapacity && mayLaunch()) {
    launch(group, run.target, cause(run), run);
  }
  // The bounds leave no room, and nothing is under way that could make some: one instance goes beyond them.
  const stuck = nextCandidate(run);
  if (!stuck || window(run) <= 0 || units.ready < units.live || (!inPlace && !canLaunch(group))) return;
  if (inPlace || terminatesFirst) retireOne(group, run, stuck);
  else launch(group, run.target, cause(run), run);
}

function retireOne(group: Group, run: Run, instance: Instance): void {
  retire(run, instance);
  if (run.refresh.strategy === "ReplaceRootVolume") replaceRootVolume(group, instance, cause(run), run);
  else terminate(group, instance, cause(run));
}

/** Units that may still go before the next checkpoint, or the end. */
function window(run: Run): number {
  return checkpointUnits(run) - run.gone;
}

/** Those of them that are live and need not be waited for. */
function liveWindow(group: Group, run: Run): number {
  return Math.max(0, Math.min(window(run), group.engine.units.outdated - run.waitingUnits));
}

function checkpointUnits(run: Run): number {
  const { checkpoints = [] } = run.refresh.preferences;
  const next = run.direction === "Forward" ? checkpoints[run.checkpointsPassed] : undefined;
  return next === undefined ? run.total : Math.ceil(portion(run.total, next));
}

function conclude(group: Group, run: Run): void {
  const { units } = group.engine;
  const { checkpoints = [], checkpointPauseSeconds = defaultPauseSeconds } = run.refresh.preferences;
  const next = checkpoints[run.checkpointsPassed];
  const { percentage } = run.refresh.progress;
  if (run.direction === "Forward" && next !== undefined && percentage >= next) {
    run.checkpointsPassed = checkpoints.filter((checkpoint) => checkpoint <= percentage).length;
    const last = run.checkpointsPassed === checkpoints.length;
    if (!last || group.rules.pausesAtLastCheckpoint) {
      const reached = checkpoints[run.checkpointsPassed - 1];
      deactivate(group, run, "CheckpointPause", group.rules.texts.atCheckpoint(reached ?? 0));
      setTimer(group, run, "PauseEnds", checkpointPauseSeconds);
      return;
    }
  }
  if (units.ready < units.live || units.live < group.desiredCapacity) return;
  const passedLast =
    run.direction === "Forward" && checkpoints.length > 0 && run.checkpointsPassed === checkpoints.length;
  const candidate = nextCandidate(run);
  // fact: aws-warm-pool-checkpoints
  if (passedLast && (checkpoints.at(-1) ?? 100) < 100) bakeOrSucceed(group, run);
  else if (passedLast || (!candidate && run.waiting.size === 0)) {
    const done = replaceWarmPool(group, run);
    recordProgress(group, run);
    if (done) bakeOrSucceed(group, run);
  } else if (!candidate) block(group, run, "Waiting");
  else if (run.blockedBy === "Waiting") unblock(run);
}

function bakeOrSucceed(group: Group, run: Run): void {
  const { bakeSeconds = 0 } = run.refresh.preferences;
  if (run.direction === "Back" || bakeSeconds === 0) succeed(group, run);
  else {
    deactivate(group, run, "Baking", group.rules.texts.baking);
    setTimer(group, run, "BakeEnds", bakeSeconds);
  }
}

function cancelWhenSettled(group: Group, run: Run): void {
  if (!run.cancel?.settled || (group.engine.transitioning > 0 && !run.cancel.atOnce)) return;
  end(group, run, "Cancelled", group.rules.texts.cancelled(!run.cancel.atOnce));
}
