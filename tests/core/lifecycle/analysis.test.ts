import type { Measurement } from "../../../src/core/analysis/policy";
import type { Arguments } from "../../../src/core/cloud";
import type { Recorded } from "../../../src/core/lifecycle/lifecycle";
import { failureOf, LifecycleHarness, TEST_CLOUDS } from "../../clouds/lifecycleHarness";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const TOKEN = "Bearer a-secret-token";
const CHECKS = [
  {
    name: "errors",
    interval: "10s",
    failureLimit: 1,
    prometheus: { address: "http://127.0.0.1:9", query: "errors", max: 5, headers: { authorization: TOKEN } },
  },
];
const good: Measurement = { outcome: "passed", value: "1 (max 5)" };
const bad: Measurement = { outcome: "failed", value: "40 (max 5)" };
const unknown: Measurement = { outcome: "inconclusive", value: "no data" };

describe.each(Object.keys(TEST_CLOUDS))("%s, with an analysis", (name) => {
  let harness: LifecycleHarness;
  let args: Arguments;
  let measuredAt: number[];

  beforeEach(async () => {
    harness = await LifecycleHarness.start(name);
    args = await harness.cloud.argumentsFor(harness.group, "second");
    measuredAt = [];
  });
  afterEach(() => harness.close());

  /** Each measurement by its number, from 0. */
  const measure = (result: (index: number) => Measurement) => {
    harness.measure = async () => result(measuredAt.push(harness.clock.now()) - 1);
  };
  const create = (analysis: object, more: Arguments = {}) =>
    harness.lifecycle.create({ ...args, analysis: { checks: CHECKS, ...analysis }, ...more }, harness.call());
  const status = async () => (await harness.cloud.refreshes(harness.group))[0]?.status;
  const pauses: Arguments =
    name === "ess"
      ? { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 60 }
      : { preferences: { checkpointPercentages: [50, 100], checkpointDelay: "3600" } };

  test("a good rollout ends Successful, was measured all along, and the row shows what is measured", async () => {
    measure(() => good);
    const { properties } = await create({});
    expect(properties.status).toBe("Successful");
    expect(measuredAt.length).toBeGreaterThan(3);
    expect(new Set(measuredAt.slice(1).map((at, index) => at - (measuredAt[index] as number)))).toEqual(
      new Set([10_000]),
    );
    expect(harness.progress.at(-2)).toContain("; errors 1 (max 5) passed");
  });

  test("nothing is measured before the first instance is replaced", async () => {
    measure(() => good);
    const start = harness.clock.now();
    await create({});
    expect(measuredAt[0]).toBeGreaterThan(start + 20_000);
  });

  test("a bad one is rolled back, and the error says what was measured, what was done and how that ended", async () => {
    measure((index) => (index < 2 ? good : bad));
    const failure = await failureOf(create({}));
    expect(failure).toMatchObject({ code: "analysisFailed", group: harness.group });
    expect(failure.partialState?.properties.status).toBe("RollbackSuccessful");
    expect(await status()).toBe("RollbackSuccessful");
    expect(measuredAt.length).toBe(4);
    for (const part of [
      String(failure.refreshId),
      harness.group,
      "check errors failed 2 times, and `failureLimit` is 1",
      `${new Date(measuredAt[3] as number).toISOString()} 40 (max 5) (failed)`,
      "was rolled back, and ended RollbackSuccessful",
      "Next: ",
    ])
      expect(failure.message).toContain(part);
    expect([failure.message, ...harness.progress, ...harness.notices].join()).not.toContain("secret");
  });

  test.each([
    ["cancel", "Cancelled"],
    ["fail", "InProgress"],
  ])("onFailure: %s leaves it %s", async (onFailure, ended) => {
    measure(() => bad);
    const failure = await failureOf(create({ onFailure }));
    expect(failure.code).toBe("analysisFailed");
    expect(await status()).toBe(ended);
    expect(failure.partialState?.properties.status).toBe(ended);
  });

  test("the error names the measurements and a rollback that the cloud refuses", async () => {
    measure(() => bad);
    harness.emulator.faultInjection.add({ operations: [`${name}:RollbackInstanceRefresh`], kind: "AccessDenied" });
    const failure = await failureOf(create({}));
    expect(failure.code).toBe("analysisFailed");
    expect(failure.message).toContain("That could not be done: ");
    expect(failure.message).toContain("40 (max 5) (failed)");
    expect(failure.partialState?.id).toBe(failure.refreshId);
  });

  test("five inconclusive measurements in a row fail it where that is asked, and do nothing otherwise", async () => {
    measure(() => unknown);
    expect((await create({})).properties.status).toBe("Successful");
    measuredAt = [];
    args = await harness.cloud.argumentsFor(harness.group, "third");
    harness.newProcess();
    const failure = await failureOf(create({ onInconclusive: "fail" }));
    // Four intervals, each with its repeated measurements, and the fifth begins.
    expect((measuredAt.at(-1) as number) - (measuredAt[0] as number)).toBe(40_000);
    expect(failure.message).toContain("inconclusive 5 times in a row");
  });

  test("a measurement that an outage of its source prevents is repeated until it is over, and then the interval goes on", async () => {
    measure((index) => (index >= 1 && index < 4 ? unknown : bad));
    const analysis = { checks: CHECKS.map((check) => ({ ...check, interval: "60s", failureLimit: 2 })) };
    const failure = await failureOf(create(analysis, pauses));
    const [first = 0] = measuredAt;
    expect(measuredAt.map((at) => (at - first) / 1_000)).toEqual([0, 60, 70, 80, 90, 120]);
    expect(failure.message).toContain("check errors failed 3 times");
    // What a repeated measurement takes the place of is not told.
    expect(failure.message).not.toContain("no data");
  });

  test("a run that was killed measures at once when it attaches again, and needs no initial delay", async () => {
    measure(() => good);
    const started = await create({}, { ...pauses, waitForCompletion: false });
    expect(measuredAt).toEqual([]);
    harness.emulator.clock.advance(1_200_000);
    harness.newProcess();
    const now = harness.clock.now();
    const analysis = { checks: CHECKS.map((check) => ({ ...check, initialDelay: "1h" })) };
    measure(() => bad);
    const failure = await failureOf(
      harness.lifecycle.update(started, { ...args, ...pauses, analysis }, harness.call()),
    );
    expect(failure.code).toBe("analysisFailed");
    expect((measuredAt[0] as number) - now).toBeLessThan(1_000);
  });

  test("a changed analysis starts nothing", async () => {
    const created: Recorded = await create({});
    const asked = { ...args, analysis: { checks: CHECKS, onFailure: "fail" } };
    expect(harness.lifecycle.diff(created, asked, harness.urn)).toEqual({ replaces: [], updates: ["analysis"] });
    await harness.lifecycle.update(created, asked, harness.call());
    expect(harness.count("StartInstanceRefresh")).toBe(1);
  });

  test("an analysis that a preview does not know yet starts nothing either", async () => {
    const created = await create({});
    for (const analysis of [UNKNOWN, { checks: UNKNOWN }, { checks: [{ ...CHECKS[0], interval: UNKNOWN }] }])
      expect(harness.lifecycle.diff(created, { ...args, analysis }, harness.urn).updates).toEqual(["analysis"]);
  });

  test("without waiting nothing is measured, and the preview says so", async () => {
    const asked = { ...args, waitForCompletion: false, analysis: { checks: CHECKS } };
    const { warnings } = await harness.lifecycle.preview(asked, harness.call(), () => false);
    expect(warnings.join()).toContain("measures nothing, because");
  });

  test("the error says of a rollback whose end is not seen in time that it is under way", async () => {
    // The time to wait is over some seconds after the failure.
    const begun = harness.clock.now();
    measure(() => bad);
    await failureOf(create({}));
    const seconds = ((measuredAt[1] as number) + 5_000 - begun) / 1000;
    await harness.close();
    harness = await LifecycleHarness.start(name);
    args = await harness.cloud.argumentsFor(harness.group, "second");
    measure(() => bad);
    const failure = await failureOf(
      harness.lifecycle.create({ ...args, analysis: { checks: CHECKS } }, harness.call(seconds)),
    );
    expect(failure.message).toContain("The refresh is being rolled back; its end was not seen: ");
    expect(failure.partialState?.id).toBe(failure.refreshId);
  });

  test("it is measured through the pause at a checkpoint", async () => {
    measure(() => good);
    await create({ checks: CHECKS.map((check) => ({ ...check, interval: "5m" })) }, pauses);
    const inPause = measuredAt.filter((at) => at > (measuredAt[0] as number) + 1_800_000);
    expect(inPause.length).toBeGreaterThan(5);
  });

  test("what turns bad after the last instance, in the bake time or the last pause, is rolled back", async () => {
    const isOver = (line: string) => /^(Baking|CheckpointPause), 100 %/.test(line);
    measure(() => (harness.progress.some(isOver) ? bad : good));
    const waits = name === "ess" ? pauses : { preferences: { bakeTime: 3_600 } };
    const failure = await failureOf(create({}, waits));
    expect(failure).toMatchObject({ code: "analysisFailed", group: harness.group });
    expect(await status()).toBe("RollbackSuccessful");
  });

  test("promote goes on where the cloud can, and the preview says so where it cannot", async () => {
    measure(() => good);
    const begun = harness.clock.now();
    const asked = { ...args, ...pauses, analysis: { checks: CHECKS, promote: true } };
    const { warnings } = await harness.lifecycle.preview(asked, harness.call(), () => false);
    expect(warnings.some((line) => line.includes("cannot cut a pause short"))).toBe(name === "autoscaling");
    // Only what passes at a checkpoint counts there: half an hour at each of the two, less than the pause of an hour.
    const checks = CHECKS.map((check) => ({ ...check, interval: "1m", successCount: 30 }));
    const { properties } = await create({ promote: true, checks }, pauses);
    expect(properties.status).toBe("Successful");
    if (name === "ess") {
      expect(harness.clock.now() - begun).toBeGreaterThan(3_480_000);
      expect(harness.clock.now() - begun).toBeLessThan(5_400_000);
    } else expect(harness.clock.now() - begun).toBeGreaterThan(3_600_000);
  });
});

test("onInconclusive: pause suspends a refresh of ESS, says what to do, and goes on when somebody resumes it", async () => {
  const harness = await LifecycleHarness.start("ess");
  const args = await harness.cloud.argumentsFor(harness.group, "second");
  let count = 0;
  // Six times in each of four intervals, and once in the fifth.
  harness.measure = async () => (count++ < 25 ? unknown : good);
  const analysis = { checks: CHECKS, onInconclusive: "pause" };
  const failure = await failureOf(harness.lifecycle.create({ ...args, analysis }, harness.call(7_200)));
  expect(failure.code).toBe("timedOut");
  expect((await harness.cloud.refreshes(harness.group))[0]?.status).toBe("Paused");
  expect(harness.notices.join()).toContain("instance-refresh resume");
  const task = { ScalingGroupId: harness.group, InstanceRefreshTaskId: failure.refreshId };
  await harness.cloud.call("ResumeInstanceRefresh", task);
  harness.newProcess();
  const suspended = failure.partialState as Recorded;
  const { status } = await harness.lifecycle.update(suspended, { ...args, analysis }, harness.call());
  expect(status).toBe("Successful");
  await harness.close();
});

describe("an analysis that could not do what it says is refused before any call", () => {
  const reasons = async (name: string, more: object, analysis: object) => {
    const harness = await LifecycleHarness.start(name);
    const args = { ...(await harness.cloud.argumentsFor(harness.group, "second")), ...more };
    const { failures } = harness.lifecycle.check({ ...args, analysis: { checks: CHECKS, ...analysis } });
    await harness.close();
    return failures.map(({ reason }) => reason).join("\n");
  };

  test.each([
    ["autoscaling", { desiredConfiguration: undefined }, {}, '`analysis.onFailure` is "rollback"; only a refresh with'],
    [
      "ess",
      {
        desiredConfigurationImageId: undefined,
        desiredConfigurationScalingConfigurationId: undefined,
        desiredConfigurationLaunchTemplateId: "lt-1",
        desiredConfigurationLaunchTemplateVersion: "Latest",
      },
      {},
      "cannot be rolled back: give the version as a number",
    ],
    ["autoscaling", {}, { onInconclusive: "pause" }, "cannot suspend a refresh"],
    ["ess", {}, { checks: [{ name: "a" }] }, "`analysis.checks[0]` has none of"],
    ["ess", {}, { checks: [...CHECKS, ...CHECKS] }, "another check has this name"],
    [
      "ess",
      {},
      { checks: [{ ...CHECKS[0], interval: "0s" }] },
      '`analysis.checks[0].interval` is "0s"; it must be a duration',
    ],
    [
      "ess",
      {},
      { checks: [{ name: "a", prometheus: { address: "http://a", query: "b" } }] },
      "give `min`, `max` or both",
    ],
    ["ess", {}, { checks: { name: "a", http: { headers: { authorization: TOKEN } } } }, "its value is not shown"],
    ["ess", {}, { checks: [{ name: "a", http: { url: "http://a", headers: TOKEN } }] }, "its value is not shown"],
  ])("%s %j %j", async (name, more, analysis, reason) => {
    const found = await reasons(name, more, analysis);
    expect(found).toContain(reason);
    expect(found).not.toContain("secret-token");
  });

  test("without a rollback nothing needs one", async () => {
    expect(await reasons("autoscaling", { desiredConfiguration: undefined }, { onFailure: "cancel" })).toBe("");
  });
});
