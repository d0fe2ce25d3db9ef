import fc from "fast-check";
import { advance } from "../../src/simulation/advance";
import { bounds } from "../../src/simulation/bounds";
import {
  detachInstances,
  enterStandby,
  exitStandby,
  makeUnhealthy,
  setDesiredCapacity,
  setProtection,
  terminateInstance,
} from "../../src/simulation/capacity";
import { completeHook } from "../../src/simulation/lifecycleActions";
import type { Group, LifecycleHook, Preferences } from "../../src/simulation/model";
import { cancelRefresh, resumeRefresh, rollbackRefresh, suspendRefresh } from "../../src/simulation/refresh";
import { Refused } from "../../src/simulation/refused";
import { autoScalingRules, essRules } from "../../src/simulation/rules";
import { after, configuration, day, group, start } from "./rollout";

const ended = ["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"];
const rules = fc.constantFrom(autoScalingRules, essRules);
const mixed = configuration("after", {
  launchSeconds: [10, 90],
  instanceTypes: [
    { name: "m5.large", weight: 1 },
    { name: "m5.xlarge", weight: 2 },
  ],
});

const preferences: fc.Arbitrary<Preferences> = fc.record(
  {
    minHealthyPercentage: fc.integer({ min: 0, max: 100 }),
    maxHealthyPercentage: fc.integer({ min: 100, max: 200 }),
    warmupSeconds: fc.integer({ min: 0, max: 300 }),
    checkpoints: fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 })
      .map((list) => [...list.sort((a, b) => a - b), 100]),
    checkpointPauseSeconds: fc.integer({ min: 0, max: 600 }),
    bakeSeconds: fc.integer({ min: 0, max: 600 }),
    autoRollback: fc.boolean(),
    protectedInstances: fc.constantFrom("Refresh", "Ignore", "Wait"),
    standbyInstances: fc.constantFrom("Terminate", "Ignore", "Wait"),
  },
  { requiredKeys: [] },
);

type Step = (web: Group, pick: (list: readonly string[]) => string) => void;
const steps: Readonly<Record<string, Step>> = {
  wait: () => undefined,
  cancel: (web) => cancelRefresh(web),
  rollBack: (web) => rollbackRefresh(web),
  suspend: (web) => suspendRefresh(web),
  resume: (web) => resumeRefresh(web),
  protect: (web, pick) => setProtection(web, [pick([...web.instances.keys()])], true),
  unprotect: (web, pick) => setProtection(web, [pick([...web.instances.keys()])], false),
  standBy: (web, pick) => enterStandby(web, [pick([...web.instances.keys()])], { decrementDesiredCapacity: true }),
  return: (web, pick) => exitStandby(web, [pick([...web.instances.keys()])]),
  makeUnhealthy: (web, pick) => makeUnhealthy(web, pick([...web.instances.keys()])),
  terminate: (web, pick) =>
    terminateInstance(web, pick([...web.instances.keys()]), { decrementDesiredCapacity: pick(["", "x"]) === "x" }),
  detach: (web, pick) =>
    detachInstances(web, [pick([...web.instances.keys()])], { decrementDesiredCapacity: pick(["", "x"]) === "x" }),
  failToLaunch: (web) => {
    web.failingLaunches = { message: "No capacity.", remaining: 3 };
  },
  holdUp: (web, pick) => {
    const transition = pick(["Launching", "Terminating"]) as LifecycleHook["transition"];
    web.hooks.set(transition, { name: transition, transition, heartbeatSeconds: 60, defaultResult: "CONTINUE" });
  },
  abandon: (web) => {
    const [held] = [...web.instances.values()].filter(({ hooks }) => hooks.size > 0);
    if (held) completeHook(web, held.id, [...held.hooks.keys()][0] ?? "", "ABANDON");
  },
  scale: (web, pick) => setDesiredCapacity(web, Number(pick(["2", "5", "9", "15"]))),
};
const plan = fc.array(
  fc.record({
    seconds: fc.integer({ min: 0, max: 900 }),
    step: fc.constantFrom(...Object.keys(steps)),
    choice: fc.nat(),
  }),
  { maxLength: 12 },
);

function follow(
  web: Group,
  todo: readonly { seconds: number; step: string; choice: number }[],
  check: () => void,
): void {
  for (const { seconds, step, choice } of todo) {
    advance(web, web.now + seconds * 1000);
    try {
      steps[step]?.(web, (list) => list[choice % Math.max(1, list.length)] ?? "none");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    check();
  }
  advance(web, web.now + 60 * day);
  check();
}

test("whatever is done meanwhile, a refresh ends, and its percentage falls in a rollback only", () => {
  fc.assert(
    fc.property(rules, preferences, plan, fc.string(), (of, wished, todo, seed) => {
      const rollout = start(group({ rules: of, seed }), wished, { desired: mixed });
      let updated = 0;
      follow(rollout.group, todo, () => {
        expect(recount(rollout.group)).toEqual(rollout.group.engine.units);
        const { rollback, progress } = rollout.refresh;
        if (!rollback) expect(progress.updated).toBeGreaterThanOrEqual(updated);
        updated = progress.updated;
      });
      const { samples, refresh } = rollout;
      for (const [index, { percentage }] of samples.entries()) {
        const next = samples[index + 1] ?? { percentage, status: refresh.status };
        if (refresh.rollback === undefined) expect(next.percentage).toBeGreaterThanOrEqual(percentage);
        else if (next.status?.startsWith("Rollback")) expect(next.percentage).toBeLessThanOrEqual(percentage);
      }
      // A task that stays suspended stays so: AWS does not know of it, and the week of ESS ends it.
      if (refresh.status !== "Paused") expect(ended).toContain(refresh.status);
      if (refresh.status === "Successful") expect(refresh.progress.percentage).toBe(100);
      if (refresh.status === "RollbackSuccessful") expect(refresh.progress.percentage).toBe(0);
      expect(refresh.endTime === undefined).toBe(!ended.includes(refresh.status));
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("the same seed and the same calls give the same history, however often one looks in between", () => {
  fc.assert(
    fc.property(
      rules,
      preferences,
      plan,
      fc.string(),
      fc.integer({ min: 1, max: 5000 }),
      (of, wished, todo, seed, stride) => {
        const history = (look: (web: Group) => void) => {
          const rollout = start(group({ rules: of, seed }), wished, { desired: mixed });
          follow(rollout.group, todo, () => look(rollout.group));
          return { samples: rollout.samples, refresh: rollout.refresh.progress, activities: rollout.group.activities };
        };
        const looked = history((web) => {
          for (let count = 0; count < 20; count++) advance(web, web.now);
        });
        expect(looked).toEqual(history(() => undefined));
        const stepwise = (by: number) => {
          const rollout = start(group({ rules: of, seed }), wished, { desired: mixed });
          for (let time = 0; time < 3600_000; time += by * 1000) advance(rollout.group, time);
          advance(rollout.group, 3600_000);
          return rollout.samples;
        };
        expect(stepwise(stride)).toEqual(stepwise(3600));
      },
    ),
    { numRuns: 60, seed: 2 },
  );
});

test("100 percent means that nothing is left to replace, and the bounds are kept unless they leave no room at all", () => {
  fc.assert(
    fc.property(rules, preferences, fc.integer({ min: 1, max: 40 }), (of, wished, size) => {
      const web = group({ rules: of, desiredCapacity: size });
      const { least, most, terminatesFirst } = bounds(web, wished, after);
      const { samples } = start(web, wished);
      advance(web, 60 * day);
      const roomless = most <= least ? 1 : 0;
      for (const sample of samples) {
        if (sample.percentage === 100)
          expect({ old: sample.old, pending: sample.pending }).toEqual({ old: 0, pending: 0 });
        expect(sample.ready).toBeGreaterThanOrEqual(least - (terminatesFirst ? roomless : 0));
        expect(sample.total).toBeLessThanOrEqual(most + (terminatesFirst ? 0 : roomless));
      }
    }),
    { numRuns: 300, seed: 3 },
  );
});

/** The totals of the model, counted through. */
function recount(web: Group) {
  const units = { live: 0, inService: 0, ready: 0, warming: 0, outdated: 0, outdatedInService: 0 };
  for (const { state, ready, healthy, outdated, type } of web.instances.values()) {
    if (state === "Standby" || state === "Terminating") continue;
    units.live += type.weight;
    if (outdated) units.outdated += type.weight;
    if (state !== "InService") continue;
    units.inService += type.weight;
    if (outdated) units.outdatedInService += type.weight;
    if (ready) units.ready += type.weight;
    else if (healthy) units.warming += type.weight;
  }
  return units;
}
