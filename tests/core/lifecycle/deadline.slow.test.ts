/** No call outlives the time to wait: each call of each operation is one that never answers, acted on or not. */
import type { CloudApi, CloudModule, Group } from "../../../src/core/cloud";
import { RefreshError } from "../../../src/core/lifecycle/errors";
import { Lifecycle, type Recorded } from "../../../src/core/lifecycle/lifecycle";
import { Scheduler } from "../../../src/core/polling/scheduler";
import { LifecycleHarness } from "../../clouds/lifecycleHarness";
import { seededRandom } from "../../seededRandom";

type CloudName = "ess" | "autoscaling";

/** Which call never answers, from 0 on, and whether it is acted on. */
interface Hang {
  call: number;
  isActedOn: boolean;
}

/** The same cloud, one call to which never answers; the names of the calls are kept in `calls`. */
function hanging(cloud: CloudModule, hang: Hang, calls: string[]): CloudModule {
  const made = async <T>(name: string, action: () => Promise<T>): Promise<T> => {
    calls.push(name);
    if (calls.length - 1 !== hang.call) return action();
    if (hang.isActedOn) await action();
    return new Promise<never>(() => {});
  };
  const groupOf = (group: Group | undefined) =>
    group && { ...group, runsDesired: () => made("runsDesired", () => group.runsDesired()) };
  const apiOf = (api: CloudApi): CloudApi => ({
    ...api,
    ...(api.readingOnce ? { readingOnce: () => apiOf((api.readingOnce as () => CloudApi)()) } : {}),
    account: () => made("account", () => api.account()),
    group: (args) => made("group", async () => groupOf(await api.group(args))),
    refreshes: (group) => made("refreshes", () => api.refreshes(group)),
    floatingVersionMadeAt: (args) => made("version", async () => api.floatingVersionMadeAt?.(args)),
    snapshot: (args) => made("snapshot", () => api.snapshot(args)),
    start: (args, token) => made("start", () => api.start(args, token)),
    cancel: (refresh, options) => made("cancel", () => api.cancel(refresh, options)),
    rollback: (refresh) => made("rollback", () => api.rollback(refresh)),
    source: { ...api.source, describe: (ids, signal) => made("describe", () => api.source.describe(ids, signal)) },
  });
  return { ...cloud, connect: (settings) => made("connect", async () => apiOf(await cloud.connect(settings))) };
}

const TIME_S = 7_200;
/** The call of `onTimeout` comes after the time to wait. */
const LAST_CALL_MS = 61_000;

type Operation = (
  harness: LifecycleHarness,
  args: Record<string, unknown>,
) => Promise<(lifecycle: Lifecycle) => Promise<unknown>>;

const recorded = (harness: LifecycleHarness, args: Record<string, unknown>): Promise<Recorded> =>
  harness.lifecycle.create({ ...args, waitForCompletion: false }, harness.call());
const call = (harness: LifecycleHarness, timeoutSeconds = TIME_S) => harness.call(timeoutSeconds);

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "create in a window": async (harness, args) => {
    const windows = [{ schedule: "0 0 * * *", duration: "24h" }];
    return (lifecycle) => lifecycle.create({ ...args, windows, mustFit: true }, call(harness));
  },
  "create of a version that is left open": async (harness) => {
    const args = await harness.cloud.vagueArgumentsFor(harness.group, "second");
    await recorded(harness, args);
    return (lifecycle) => lifecycle.create(args, call(harness));
  },
  "create beside another refresh, which it cancels": async (harness, args) => {
    await harness.cloud.startElsewhere(harness.group, "third");
    return (lifecycle) => lifecycle.create({ ...args, onConflict: "cancel" }, call(harness));
  },
  "create that has run out of time": async (harness, args) => (lifecycle) =>
    lifecycle.create({ ...args, onTimeout: "rollback" }, call(harness, 30)),
  "a preview": async (harness, args) => (lifecycle) => lifecycle.preview(args, call(harness), () => false),
  "an import": async (harness, args) => {
    const id = await harness.cloud.startElsewhere(harness.group, "second");
    return (lifecycle) => lifecycle.adopt(id, args, call(harness));
  },
  "an update that attaches": async (harness, args) => {
    const before = await recorded(harness, args);
    return (lifecycle) => lifecycle.update(before, args, call(harness));
  },
  "an update that cancels": async (harness, args) => {
    const before = await recorded(harness, args);
    return (lifecycle) => lifecycle.update(before, { ...args, status: "Cancelled" }, call(harness));
  },
  "a read of a group that is gone": async (harness, args) => {
    const before = await recorded(harness, args);
    await harness.cloud.deleteGroup(harness.group);
    harness.emulator.clock.advance(3_600_000);
    return (lifecycle) => lifecycle.read(before.id, before.properties, {}, call(harness));
  },
  "an update after the group is gone": async (harness, args) => {
    const before = await recorded(harness, args);
    await harness.cloud.deleteGroup(harness.group);
    harness.emulator.clock.advance(3_600_000);
    return (lifecycle) => lifecycle.update(before, args, call(harness));
  },
  "a delete that rolls back": async (harness, args) => {
    const before = await recorded(harness, { ...args, onDelete: "rollback" });
    return (lifecycle) => lifecycle.delete(before, call(harness));
  },
};

/** Plays the operation with one call that never answers: the calls that it made, and how late it ended. */
async function play(name: CloudName, operation: Operation, hang: Hang) {
  const harness = await LifecycleHarness.start(name, 2);
  try {
    const run = await operation(harness, await harness.cloud.argumentsFor(harness.group, "second"));
    const { clock, cloud } = harness;
    const random = seededRandom(7);
    const calls: string[] = [];
    const lifecycle = new Lifecycle(hanging(clock.watched(cloud.cloud), hang, calls), {
      scheduler: new Scheduler({ clock, random }),
      clock,
      random,
      longestSeconds: async (api, args) => (await api.snapshot(args)) && 600,
    });
    const begun = clock.now();
    const error = await run(lifecycle).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error !== undefined && !(error instanceof RefreshError)) throw error;
    return { calls, lateMs: clock.now() - begun - TIME_S * 1_000, error };
  } finally {
    await harness.close();
  }
}

const CASES = (["ess", "autoscaling"] as const).flatMap((name) =>
  Object.keys(OPERATIONS).map((operation) => [name, operation] as const),
);

test.each(CASES)("%s: %s ends in time, whichever of its calls never answers", async (name, operation) => {
  const playWith = (hang: Hang) => play(name, OPERATIONS[operation] as Operation, hang);
  const { calls } = await playWith({ call: -1, isActedOn: false });
  expect(calls[0]).toBe("connect");
  const wrong: string[] = [];
  // Calls of one kind, one after the other, are described again and again: the first and the last of them are enough.
  const isBetween = (index: number) => calls[index - 1] === calls[index] && calls[index + 1] === calls[index];
  for (const index of calls.keys()) {
    if (isBetween(index)) continue;
    const acts = ["start", "cancel", "rollback"].includes(calls[index] as string);
    for (const isActedOn of acts ? [false, true] : [false]) {
      const { lateMs, error } = await playWith({ call: index, isActedOn });
      if (lateMs > LAST_CALL_MS) wrong.push(`${calls[index]} ${index}, ${isActedOn}: ${lateMs} ms late`);
      if (error !== undefined && !/Next: /.test(error.message))
        wrong.push(`${calls[index]} ${index}: ${error.message}`);
    }
  }
  expect(wrong).toEqual([]);
});
