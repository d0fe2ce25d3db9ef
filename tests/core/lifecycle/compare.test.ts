import { ess } from "../../../src/clouds/ess/module";
import type { Refresh } from "../../../src/core/cloud";
import { diff, isSameRequest } from "../../../src/core/lifecycle/compare";

/** Every argument of the API with a value and another one. */
const CHANGES: Record<string, [unknown, unknown]> = {
  scalingGroupId: ["asg-1", "asg-2"],
  desiredConfigurationImageId: ["m-1", "m-2"],
  desiredConfigurationScalingConfigurationId: ["asc-1", "asc-2"],
  desiredConfigurationLaunchTemplateId: ["lt-1", "lt-2"],
  desiredConfigurationLaunchTemplateVersion: ["1", "2"],
  desiredConfigurationLaunchTemplateOverrides: [[{ instanceType: "a" }], [{ instanceType: "b" }]],
  desiredConfigurationContainers: [[{ name: "a", image: "x:1" }], [{ name: "a", image: "x:2" }]],
  minHealthyPercentage: [80, 90],
  maxHealthyPercentage: [120, 150],
  skipMatching: [true, false],
  checkpoints: [[{ percentage: 100 }], [{ percentage: 50 }, { percentage: 100 }]],
  checkpointPauseTime: [60, 5],
};
const POLICIES: Record<string, [unknown, unknown]> = {
  startOn: ["anyChange", "configurationChange"],
  waitForCompletion: [true, false],
  onTimeout: ["leave", "cancel"],
  onConflict: ["wait", "fail"],
  onDelete: ["retain", "cancel"],
  hold: [false, true],
  windows: [[{ schedule: "0 22 * * *", duration: "4h" }], [{ schedule: "0 22 * * SAT", duration: "4h" }]],
  freezes: [[], [{ from: "2026-12-20T00:00:00Z", to: "2027-01-05T00:00:00Z", reason: "year end" }]],
  mustFit: [true, false],
  outsideWindows: ["hold", "fail"],
  analysis: [
    { checks: [{ name: "errors", http: { url: "http://web/health" } }] },
    { checks: [{ name: "errors", http: { url: "http://web/health" } }], onFailure: "cancel" },
  ],
  rollout: [{ name: "a" }, { name: "b" }],
  connection: [{ region: "cn-hangzhou" }, { region: "cn-beijing" }],
};
const CONFIGURATION = Object.keys(CHANGES).filter((name) => name.startsWith("desired") || name === "scalingGroupId");

test("the table names every argument that there is", () => {
  const named = [...Object.keys(CHANGES), ...Object.keys(POLICIES), "status", "triggers"];
  expect(named.sort()).toEqual(Object.keys(ess.definition.arguments.shape).sort());
});

describe.each(Object.entries(CHANGES))("changing %s", (name, [before, after]) => {
  const recorded = { echoed: [], status: "Successful", [name]: before };

  test("starts a new refresh, by the default of startOn", () => {
    expect(diff(ess, recorded, { [name]: after })).toEqual({ replaces: [name], updates: [] });
  });

  test(`with startOn configurationChange ${CONFIGURATION.includes(name) ? "starts a new refresh" : "is kept for the next one"}`, () => {
    const asked = { startOn: "configurationChange", [name]: after };
    const replaces = CONFIGURATION.includes(name) ? [name] : [];
    const updates = CONFIGURATION.includes(name) ? [] : [name];
    expect(diff(ess, { ...recorded, startOn: "configurationChange" }, asked)).toEqual({ replaces, updates });
  });

  test("to what it was is no change", () => {
    expect(diff(ess, recorded, { [name]: before })).toEqual({ replaces: [], updates: [] });
  });
});

describe.each(Object.entries(POLICIES))("changing the policy %s", (name, [before, after]) => {
  test("is an update in place", () => {
    expect(diff(ess, { status: "Successful", [name]: before }, { [name]: after })).toEqual({
      replaces: [],
      updates: [name],
    });
  });

  test("by removing it goes back to the default", () => {
    expect(diff(ess, { status: "Successful", [name]: after }, {}).updates).toEqual([name]);
  });
});

test("naming a policy's default where it was left out is no change", () => {
  const defaults = {
    startOn: "anyChange",
    waitForCompletion: true,
    onTimeout: "leave",
    onConflict: "wait",
    onDelete: "retain",
  };
  expect(diff(ess, { status: "Successful" }, defaults)).toEqual({ replaces: [], updates: [] });
});

test.each([
  ["added", { a: 1 }, { a: 1, b: 2 }],
  ["removed", { a: 1, b: 2 }, { a: 1 }],
  ["changed", [1], [2]],
])("a trigger that is %s starts a new refresh", (_, before, after) => {
  expect(diff(ess, { status: "Successful", triggers: before }, { triggers: after }).replaces).toEqual(["triggers"]);
});

describe("what the state records of the outcome", () => {
  test.each(["Pending", "InProgress", "CheckpointPause", "Paused", "Cancelling", "RollbackInProgress"])(
    "%s is a change: an update attaches",
    (status) => {
      expect(diff(ess, { status }, {}).updates).toEqual(["status"]);
    },
  );

  test.each(["Failed", "RollbackFailed", "RollbackSuccessful", "Cancelled", "Whatever"])(
    "%s, not asked for, is a change: an update fails again",
    (status) => {
      expect(diff(ess, { status }, {}).updates).toEqual(["status"]);
      const accepted = status === "Whatever" ? ["waitForCompletion", "status"] : ["waitForCompletion"];
      expect(diff(ess, { status }, { waitForCompletion: false }).updates).toEqual(accepted);
    },
  );

  test("Cancelled, asked for, is no change, also when status is removed later", () => {
    const recorded = { status: "Cancelled", requestedStatus: "Cancelled" };
    expect(diff(ess, recorded, { status: "Cancelled" }).updates).toEqual([]);
    expect(diff(ess, recorded, {}).updates).toEqual([]);
    expect(diff(ess, recorded, { status: "RollbackSuccessful" }).updates).toEqual(["status"]);
  });
});

describe("a refresh that runs already asks for the same", () => {
  const args = { scalingGroupId: "asg-1", desiredConfigurationImageId: "m-1", minHealthyPercentage: 90 };
  const running = (echo: object) =>
    ({ arguments: { ...args, maxHealthyPercentage: 120, ...echo } }) as unknown as Refresh;

  test("when everything that was set is echoed, and the rest is what the service fills in", () =>
    expect(isSameRequest(ess, args, running({}))).toBe(true));

  test.each(Object.keys(args))("but not when %s differs", (name) =>
    expect(isSameRequest(ess, args, running({ [name]: "other" }))).toBe(false),
  );

  test("but not when it asks for more than the program does", () => {
    expect(isSameRequest(ess, args, running({ maxHealthyPercentage: 150 }))).toBe(false);
    expect(isSameRequest(ess, { scalingGroupId: "asg-1" }, running({ minHealthyPercentage: 80 }))).toBe(false);
  });
});
