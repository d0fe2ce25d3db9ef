/** One rollout in virtual time: the real lifecycle with its analysis, over the model of a cloud and a measured service. */
import { judged } from "../src/app/checks/prometheus";
import { autoscaling } from "../src/clouds/autoscaling/module";
import { refreshOf as refreshOfAws } from "../src/clouds/autoscaling/refresh";
import { ess } from "../src/clouds/ess/module";
import { refreshOf as refreshOfEss } from "../src/clouds/ess/refresh";
import type { Measure } from "../src/core/analysis/policy";
import type { CloudApi, CloudModule, Refresh } from "../src/core/cloud";
import { Lifecycle } from "../src/core/lifecycle/lifecycle";
import { Scheduler } from "../src/core/polling/scheduler";
import { advance } from "../src/simulation/advance";
import { createGroup } from "../src/simulation/createGroup";
import type { Configuration, Group, Refresh as ModelRefresh, Preferences } from "../src/simulation/model";
import { createRandom } from "../src/simulation/random";
import { rollbackRefresh, startRefresh } from "../src/simulation/refresh";
import { autoScalingRules, essRules } from "../src/simulation/rules";
import { VirtualClock } from "../tests/virtualClock";
import { type Kind, LIMIT, MeasuredService, prometheusAnswer } from "./measuredService";

export type Cloud = "ess" | "autoscaling";

const INTERVAL = 30_000;

/** The check that all are measured by. */
const CHECK = {
  name: "errors",
  interval: "30s",
  failureLimit: 1,
  prometheus: { address: "http://prometheus:9090", query: "errors", max: LIMIT },
};

export interface Played {
  readonly stopped: boolean;
  /** Of a bad one: after its fault had set in, and by when it has to be. */
  readonly inTime: boolean;
  /** The same, but at a checkpoint already when it is reached, and not during its pause. */
  readonly beforePause: boolean;
  /** Milliseconds from the onset to the stop. */
  readonly delay: number | undefined;
}

export async function playRollout(cloud: Cloud, isBad: boolean, kind: Kind, seed: string): Promise<Played> {
  const { fraction: random, integer } = createRandom(seed);
  const clock = new VirtualClock();
  const size = Math.max(4, Math.ceil(60 ** random()));
  const launches = integer(20, 120);
  const configuration = (key: string): Configuration => ({
    key,
    healthy: true,
    launchSeconds: [launches, launches * 1.5],
    instanceTypes: [{ name: "small", weight: 1 }],
  });
  const checkpoints = [integer(5, 30), ...(random() < 0.5 ? [integer(40, 70)] : []), 100];
  const pauseMinutes = integer(3, 8);
  const preferences: Preferences = {
    minHealthyPercentage: integer(70, 100),
    maxHealthyPercentage: integer(110, 150),
    skipMatching: false,
    checkpoints,
    checkpointPauseSeconds: pauseMinutes * 60,
    bakeSeconds: cloud === "ess" ? 0 : 60 * integer(5, 10),
  };
  const group = createGroup({
    id: cloud === "ess" ? "asg-web" : "web",
    rules: cloud === "ess" ? essRules : autoScalingRules,
    now: clock.now(),
    seed,
    minSize: 0,
    maxSize: 2 * size,
    desiredCapacity: size,
    configuration: configuration("before"),
    warmupSeconds: cloud === "ess" ? 0 : integer(0, 120),
    running: true,
    recordActivities: false,
  });
  const lastPause = 1000 * ((cloud === "ess" ? preferences.checkpointPauseSeconds : preferences.bakeSeconds) ?? 0);
  const service = new MeasuredService(isBad, kind, createRandom(`${seed}: service`).fraction, lastPause);
  const reached: number[] = [];
  group.observe = ({ time, new: updated, inService, status }) => {
    if (status === "CheckpointPause" && statusBefore !== status) reached.push(time);
    statusBefore = status;
    if (inService > 0) service.see(time, updated / inService);
  };
  let statusBefore: ModelRefresh["status"] | undefined;

  const measure: Measure = async (check) => {
    advance(group, clock.now());
    const answer = service.answer(clock.now());
    if (answer === "none") return { outcome: "inconclusive", value: "ECONNREFUSED" };
    const { status, body } = prometheusAnswer(answer);
    return judged(status, body, check.prometheus ?? {});
  };
  const module = { ...(cloud === "ess" ? ess : autoscaling) } as unknown as CloudModule;
  const api = apiOf(cloud, group, clock, preferences, configuration("after"));
  const scheduler = new Scheduler({ clock, random });
  const lifecycle = new Lifecycle({ ...module, connect: async () => api }, { scheduler, clock, random, measure });
  const args = { ...argumentsOf(cloud, group.id), analysis: { checks: [CHECK] } };
  const call = {
    urn: "",
    settings: {},
    timeoutSeconds: 86_400,
    signal: new AbortController().signal,
    progress: () => {},
    notice: () => {},
  };
  const failure = await clock.until(lifecycle.create(args, call).then(() => undefined, String));
  const [refresh] = group.refreshes as [ModelRefresh];
  const stoppedAt = refresh.rollback?.startTime;
  const stopped = stoppedAt !== undefined;
  if (stopped !== (failure?.includes("The analysis of") ?? false))
    throw new Error(failure ?? "not stopped, and failed");

  const { onset } = service;
  if (!stopped || onset === undefined || stoppedAt < onset)
    return { stopped, inTime: false, beforePause: false, delay: undefined };
  const next = reached.find((at) => at >= onset);
  const within = stoppedAt <= onset + 3 * INTERVAL;
  // A checkpoint to come that was not reached: the rollout was stopped before it.
  const before = next === undefined && checkpointToCome(cloud, checkpoints, size, refresh);
  return {
    stopped,
    inTime: within || before || (next !== undefined && stoppedAt <= next + pauseMinutes * 60_000),
    beforePause: within || before || (next !== undefined && stoppedAt <= next),
    delay: stoppedAt - onset,
  };
}

/** Whether a checkpoint was still ahead when the rollback began. */
function checkpointToCome(cloud: Cloud, checkpoints: readonly number[], size: number, { rollback }: ModelRefresh) {
  const updated = ((rollback?.updatedOnRollback ?? 0) * 100) / size;
  return (cloud === "ess" ? checkpoints : checkpoints.slice(0, -1)).some((checkpoint) => checkpoint > updated);
}

function argumentsOf(cloud: Cloud, group: string): Record<string, unknown> {
  return cloud === "ess"
    ? { scalingGroupId: group, desiredConfigurationImageId: "m-2" }
    : { autoscalingGroupName: group, desiredConfiguration: { launchTemplate: { id: "lt-1", version: "2" } } };
}

function apiOf(cloud: Cloud, group: Group, clock: VirtualClock, preferences: Preferences, desired: Configuration) {
  const now = () => {
    advance(group, clock.now());
    return group;
  };
  const seen = () => now().refreshes.map((refresh) => described(cloud, group.id, refresh));
  const api: Partial<CloudApi> = {
    region: "region",
    account: async () => undefined,
    group: async () => ({
      obstacles: [],
      warnings: [],
      unchecked: [],
      capacity: { desired: group.desiredCapacity, inService: group.desiredCapacity, pending: 0 },
      launchesFrom: "before",
      runsDesired: async () => false,
    }),
    refreshes: async () => seen(),
    start: async () => {
      startRefresh(now(), { id: cloud === "ess" ? "ir-1" : "1", desired, preferences });
      return seen()[0]?.id;
    },
    rollback: async () => void rollbackRefresh(now()),
    source: {
      key: "model",
      batch: cloud === "ess" ? 20 : 1,
      describe: async () => new Map(seen().map((refresh) => [refresh.id, refresh])),
      classify: () => "final",
    },
  };
  return api as CloudApi;
}

/** The refresh as the cloud's client reads it. */
function described(
  cloud: Cloud,
  group: string,
  { id, status, startTime, progress, preferences }: ModelRefresh,
): Refresh {
  const { checkpoints = [], checkpointPauseSeconds = 0, bakeSeconds = 0 } = preferences;
  if (cloud === "ess")
    return refreshOfEss(
      {
        instanceRefreshTaskId: id,
        scalingGroupId: group,
        status,
        startTime: new Date(startTime).toISOString(),
        finishedUpdateCapacity: progress.updated,
        totalNeedUpdateCapacity: progress.total,
        checkpoints: checkpoints.map((percentage) => ({ percentage })),
        checkpointPauseTime: checkpointPauseSeconds / 60,
      } as never,
      "region",
    );
  return refreshOfAws(
    {
      InstanceRefreshId: id,
      Status: status === "CheckpointPause" ? "InProgress" : (status as "InProgress"),
      StartTime: new Date(startTime),
      PercentageComplete: progress.percentage,
      InstancesToUpdate: progress.instancesToUpdate,
      Preferences: {
        CheckpointPercentages: [...checkpoints],
        CheckpointDelay: checkpointPauseSeconds,
        BakeTime: bakeSeconds,
      },
    },
    group,
    { region: "region", account: undefined },
  );
}
