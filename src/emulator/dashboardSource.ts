/** What the page shows of the emulator's groups, from the model itself. */
import type {
  DashboardGroup,
  DashboardInstance,
  DashboardPast,
  DashboardRefresh,
  DashboardSource,
  GroupDetails,
  InstanceKind,
  Stage,
} from "../dashboard/group";
import { bounds } from "../simulation/bounds";
import type { Activity, Group, Instance, Refresh, RefreshStatus } from "../simulation/model";
import type { Clock } from "./clock";
import type { Worlds } from "./world";

const CLOUDS: Readonly<Record<string, string>> = {
  ess: "Alibaba Cloud ESS",
  autoscaling: "Amazon EC2 Auto Scaling",
};

const STAGES: Readonly<Record<RefreshStatus, Stage>> = {
  Pending: "running",
  InProgress: "running",
  CheckpointPause: "running",
  Paused: "running",
  Baking: "running",
  Cancelling: "cancelling",
  RollbackInProgress: "rollingBack",
  Successful: "successful",
  Failed: "failed",
  Cancelled: "cancelled",
  RollbackSuccessful: "rolledBack",
  RollbackFailed: "rollbackFailed",
};

export function emulatorSource(worlds: Worlds, clock: Clock): DashboardSource {
  return {
    now: clock.now,
    get speed() {
      return clock.speed;
    },
    hasControls: true,
    groups: () =>
      worlds.all().flatMap(({ region, groups }) => [...groups].map(([key, group]) => groupOf(region, key, group))),
  };
}

function groupOf(region: string, key: string, group: Group): DashboardGroup {
  const [service = ""] = key.split("/");
  const refresh = group.refreshes.at(-1);
  return {
    id: `${region}/${key}`,
    name: key.slice(service.length + 1),
    cloud: CLOUDS[service] ?? service,
    region,
    stage: refresh && STAGES[refresh.status],
    problem: undefined,
    refresh: () => refresh && refreshOf(group, refresh),
    details: () => detailsOf(group, refresh),
  };
}

function refreshOf(group: Group, refresh: Refresh): DashboardRefresh {
  const { id, status, reason, startTime, endTime, progress } = refresh;
  const { timerEnds = {} } = group.engine.run ?? {};
  return {
    id,
    status,
    stage: STAGES[status],
    fraction: progress.percentage / 100,
    progress: progress.total > 0 ? `capacity ${progress.updated} of ${progress.total}` : "",
    reason: reason || undefined,
    startTime,
    endTime,
    estimatedEnd: estimatedEnd(group, refresh),
    pauseEnd: status === "CheckpointPause" ? timerEnds.PauseEnds : undefined,
  };
}

/** If it goes on as it went so far, with the pauses that it still has to make. */
function estimatedEnd(group: Group, { status, preferences, progress }: Refresh): number | undefined {
  const { run } = group.engine;
  const fraction = progress.percentage / 100;
  if (run?.direction !== "Forward" || STAGES[status] !== "running" || fraction <= 0) return undefined;
  const { bakeSeconds = 0, checkpoints = [], checkpointPauseSeconds = HOUR_S } = preferences;
  if (status === "Baking") return run.timerEnds.BakeEnds;
  if (fraction >= 1) return undefined;
  const worked = run.activeBefore + (run.activeSince === undefined ? 0 : group.now - run.activeSince);
  const pauses = checkpoints.length - run.checkpointsPassed - (group.rules.pausesAtLastCheckpoint ? 0 : 1);
  const pausing = Math.max(0, pauses) * checkpointPauseSeconds;
  const goesOn = run.timerEnds.PauseEnds ?? group.now;
  return goesOn + (worked / fraction) * (1 - fraction) + (pausing + bakeSeconds) * 1000;
}

const HOUR_S = 3_600;

function detailsOf(group: Group, refresh: Refresh | undefined): GroupDetails {
  const isBack = refresh?.rollback !== undefined;
  const instances = Array.from(
    group.instances.values(),
    (instance): DashboardInstance => ({
      id: instance.id,
      kind: kindOf(instance, isBack),
      weight: instance.type.weight,
    }),
  );
  const { desiredCapacity: desired } = group;
  return { desired, instances, past: refresh && pastOf(group, refresh) };
}

/** In a rollback, and after it, what is to be replaced is the new. */
function kindOf(instance: Instance, isBack: boolean): InstanceKind {
  if (instance.state === "Terminating") return "terminating";
  if (instance.state === "Standby") return "standby";
  if (instance.state !== "InService") return "launching";
  if (!instance.healthy) return "unhealthy";
  if (!instance.ready) return "warming";
  return instance.outdated === isBack ? "new" : "old";
}

/** By activities alone, as the clouds tell it: it is whole whenever the page is opened. */
function pastOf(group: Group, refresh: Refresh): DashboardPast {
  const { status, startTime, endTime, preferences, desired, previous, progress, rollback } = refresh;
  const since = group.activities.slice(group.activities.findLastIndex((each) => each.startTime < startTime) + 1);
  const instances = [...group.instances.values()];
  const counts = instances.every(({ type }) => type.weight === 1);
  const { least, most, terminatesFirst } = bounds(group, preferences, desired ?? previous);
  const { checkpoints = [], checkpointPauseSeconds = HOUR_S, bakeSeconds = 0 } = preferences;
  const pausedAt = group.rules.pausesAtLastCheckpoint ? checkpoints : checkpoints.slice(0, -1);
  return {
    start: startTime,
    end: endTime ?? group.now,
    activities: since.flatMap(pastActivity),
    resolution: 1,
    inService: instances.filter(({ state }) => state === "InService").length,
    floor: counts ? least : undefined,
    ceiling: counts && !terminatesFirst ? most : undefined,
    warmupSeconds: preferences.warmupSeconds ?? group.warmupSeconds,
    rollback: rollback?.startTime,
    stage: STAGES[status],
    total: progress.total,
    plannedPauses: {
      checkpoints: pausedAt.map((percentage) => percentage / 100),
      checkpointSeconds: checkpointPauseSeconds,
      bakeSeconds,
    },
    failures: since.flatMap(({ status: how, startTime: time, message, cause }) =>
      how === "Failed" ? { time, text: message ?? cause } : [],
    ),
  };
}

const KINDS: Readonly<Record<Activity["kind"], DashboardPast["activities"][number]["kind"]>> = {
  Launch: "Launch",
  Terminate: "Terminate",
  ReplaceRootVolume: "ReplaceRootVolume",
  Detach: "Leave",
  EnterStandby: "Leave",
  ExitStandby: "Join",
  Attach: "Join",
};

function pastActivity(activity: Activity): DashboardPast["activities"] {
  const { kind, instanceId, startTime: start, endTime: end, status } = activity;
  const failed = status === "Failed" || status === "Cancelled";
  return instanceId === undefined ? [] : [{ kind: KINDS[kind], instanceId, start, end, failed }];
}
