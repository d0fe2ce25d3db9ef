import fc from "fast-check";
import { definition } from "../../../src/clouds/ess/definition";
import { checkArguments } from "../../../src/core/definition/arguments";

const group = { scalingGroupId: "asg-1" };
const check = (inputs: Record<string, unknown>, isUnknown?: (value: unknown) => boolean) =>
  checkArguments(definition, inputs, isUnknown).failures.map(({ property }) => property);
const reasons = (inputs: Record<string, unknown>) =>
  checkArguments(definition, inputs).failures.map(({ reason }) => reason);
const container = (fields: object) => ({ ...group, desiredConfigurationContainers: [{ name: "web", ...fields }] });

describe("arguments that are accepted", () => {
  test.each<[string, Record<string, unknown>]>([
    ["the group alone", group],
    [
      "an image with every preference",
      {
        ...group,
        desiredConfigurationImageId: "m-1",
        minHealthyPercentage: 90,
        maxHealthyPercentage: 150,
        skipMatching: false,
        checkpoints: [{ percentage: 50 }, { percentage: 70 }, { percentage: 100 }],
        checkpointPauseTime: 1,
      },
    ],
    ["a scaling configuration", { ...group, desiredConfigurationScalingConfigurationId: "asc-1" }],
    [
      "a launch template by Default, with overrides",
      {
        ...group,
        desiredConfigurationLaunchTemplateId: "lt-1",
        desiredConfigurationLaunchTemplateVersion: "Default",
        desiredConfigurationLaunchTemplateOverrides: [{ instanceType: "ecs.g7.large" }],
      },
    ],
    [
      "containers with commands, args and variables",
      container({
        image: "nginx:1",
        commands: ["sleep"],
        args: ["100"],
        environmentVars: [
          { key: "PATH", value: "" },
          { key: "_x1", value: "y" },
        ],
      }),
    ],
    [
      "the bounds of the numbers",
      {
        ...group,
        minHealthyPercentage: 0,
        maxHealthyPercentage: 200,
        checkpointPauseTime: 2880,
        checkpoints: [{ percentage: 100 }],
      },
    ],
    [
      "every policy",
      {
        ...group,
        status: "Cancelled",
        triggers: { build: 7 },
        startOn: "configurationChange",
        waitForCompletion: false,
        onTimeout: "cancel",
        onConflict: "rollback",
        onDelete: "rollback",
        connection: { region: "cn-hangzhou", profile: "p", endpoint: "http://127.0.0.1:1", role: "acs:ram::1:role/r" },
      },
    ],
    ["null, which counts as left out", { ...group, minHealthyPercentage: null, connection: null }],
    ["what begins with __, which belongs to the host", { ...group, __urn: 7 }],
  ])("%s", (_, inputs) => expect(reasons(inputs)).toEqual([]));
});

describe("arguments that are refused, each at its path", () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ["no group", {}, ["scalingGroupId"]],
    ["an empty group", { scalingGroupId: "" }, ["scalingGroupId"]],
    [
      "percentages out of range",
      { ...group, minHealthyPercentage: -1, maxHealthyPercentage: 201 },
      ["minHealthyPercentage", "maxHealthyPercentage"],
    ],
    ["a maximum below 100", { ...group, maxHealthyPercentage: 99 }, ["maxHealthyPercentage"]],
    ["a fraction of a percent", { ...group, minHealthyPercentage: 89.5 }, ["minHealthyPercentage"]],
    ["a pause of 0, and one of more than two days", { ...group, checkpointPauseTime: 0 }, ["checkpointPauseTime"]],
    ["a pause of 2881 minutes", { ...group, checkpointPauseTime: 2881 }, ["checkpointPauseTime"]],
    [
      "checkpoints that do not ascend",
      { ...group, checkpoints: [{ percentage: 50 }, { percentage: 50 }, { percentage: 100 }] },
      ["checkpoints[1].percentage"],
    ],
    [
      "checkpoints that do not end at 100",
      { ...group, checkpoints: [{ percentage: 50 }] },
      ["checkpoints[0].percentage"],
    ],
    [
      "a checkpoint without a percentage",
      { ...group, checkpoints: [{}, { percentage: 100 }] },
      ["checkpoints[0].percentage"],
    ],
    [
      "a checkpoint out of range",
      { ...group, checkpoints: [{ percentage: 0 }, { percentage: 100 }] },
      ["checkpoints[0].percentage"],
    ],
    [
      "two desired configurations",
      { ...group, desiredConfigurationImageId: "m-1", desiredConfigurationScalingConfigurationId: "asc-1" },
      ["desiredConfigurationScalingConfigurationId"],
    ],
    [
      "an image, a template and containers",
      { ...container({}), desiredConfigurationImageId: "m-1", desiredConfigurationLaunchTemplateId: "lt-1" },
      ["desiredConfigurationLaunchTemplateId", "desiredConfigurationContainers"],
    ],
    [
      "a version and overrides without a template",
      {
        ...group,
        desiredConfigurationLaunchTemplateVersion: "1",
        desiredConfigurationLaunchTemplateOverrides: [{ instanceType: "x" }],
      },
      ["desiredConfigurationLaunchTemplateVersion", "desiredConfigurationLaunchTemplateOverrides"],
    ],
    [
      "a version that is neither a number nor Default nor Latest",
      { ...group, desiredConfigurationLaunchTemplateId: "lt-1", desiredConfigurationLaunchTemplateVersion: "$Latest" },
      ["desiredConfigurationLaunchTemplateVersion"],
    ],
    ["21 commands", container({ commands: Array(21).fill("x") }), ["desiredConfigurationContainers[0].commands"]],
    [
      "a command of 257 characters",
      container({ commands: ["x".repeat(257)] }),
      ["desiredConfigurationContainers[0].commands[0]"],
    ],
    ["11 args", container({ args: Array(11).fill("x") }), ["desiredConfigurationContainers[0].args"]],
    [
      "a variable that begins with a digit",
      container({ environmentVars: [{ key: "1x" }] }),
      ["desiredConfigurationContainers[0].environmentVars[0].key"],
    ],
    [
      "a variable's name of 129 characters",
      container({ environmentVars: [{ key: "x".repeat(129) }] }),
      ["desiredConfigurationContainers[0].environmentVars[0].key"],
    ],
    [
      "a variable's value of 257 characters",
      container({ environmentVars: [{ key: "x", value: "y".repeat(257) }] }),
      ["desiredConfigurationContainers[0].environmentVars[0].value"],
    ],
    [
      "a rollback of Latest",
      {
        ...group,
        desiredConfigurationLaunchTemplateId: "lt-1",
        desiredConfigurationLaunchTemplateVersion: "Latest",
        status: "RollbackSuccessful",
        onTimeout: "rollback",
        onDelete: "rollback",
      },
      ["status", "onTimeout", "onDelete"],
    ],
    ["a status that cannot be asked for", { ...group, status: "Paused" }, ["status"]],
    [
      "an unknown policy",
      { ...group, onConflict: "ignore", onDelete: "x", onTimeout: "x", startOn: "x", waitForCompletion: "x" },
      ["startOn", "waitForCompletion", "onTimeout", "onConflict", "onDelete"],
    ],
    ["a secret in connection", { ...group, connection: { accessKey: "x" } }, ["connection.accessKey"]],
    ["an argument that does not exist", { ...group, minHealthyPercent: 90 }, ["minHealthyPercent"]],
  ])("%s", (_, inputs, properties) => expect(check(inputs)).toEqual(properties));
});

test("a failure says the property, its value, and what would be right", () => {
  expect(
    reasons({
      ...group,
      minHealthyPercentage: 120,
      desiredConfigurationLaunchTemplateId: "lt-1",
      desiredConfigurationLaunchTemplateVersion: "v1",
      onConflict: "x",
    }),
  ).toEqual([
    '`desiredConfigurationLaunchTemplateVersion` is "v1"; it must be a number in a string, `Default` or `Latest`',
    "`minHealthyPercentage` is 120; it must be a whole number from 0 to 100 (%)",
    '`onConflict` is "x"; it must be one of `wait`, `fail`, `cancel`, `rollback`',
  ]);
});

test("a failure never shows the value of a sensitive argument", () => {
  const secret = "s3cret".repeat(50);
  const inputs = {
    ...container({ commands: [secret], args: secret, environmentVars: [{ key: "x", value: secret }] }),
    triggers: secret,
  };
  expect(check(inputs)).toHaveLength(4);
  expect(reasons(inputs).join()).not.toContain("s3cret");
});

test("a value that is not known at preview is let through, and so is every rule that reads it", () => {
  const isUnknown = (value: unknown) => value === "?";
  expect(
    check(
      {
        scalingGroupId: "?",
        minHealthyPercentage: "?",
        checkpoints: [{ percentage: 50 }, { percentage: "?" }],
        desiredConfigurationContainers: "?",
        desiredConfigurationImageId: "m-1",
        connection: { region: "?" },
      },
      isUnknown,
    ),
  ).toEqual([]);
  expect(check({ scalingGroupId: "?", maxHealthyPercentage: 1 }, isUnknown)).toEqual(["maxHealthyPercentage"]);
});

test("whatever is thrown at check gives clean inputs, or failures with paths, never an exception", () => {
  const names = [...Object.keys(definition.arguments.shape), "other"];
  const inputs = fc.dictionary(fc.constantFrom(...names), fc.anything({ maxDepth: 4, withNullPrototype: true }));
  fc.assert(
    fc.property(inputs, (given) => {
      const { failures } = checkArguments(definition, given);
      for (const { property, reason } of failures) expect(reason.startsWith(`\`${property}\``)).toBe(true);
      if (failures.length === 0) expect(given).toHaveProperty("scalingGroupId");
    }),
    { seed: 7, numRuns: 600 },
  );
});

test("windows and freezes that cannot be meant are refused all at once, each with what would be right", () => {
  const issues = reasons({
    ...group,
    windows: [
      { schedule: "0 25 * * *", duration: "4h" },
      { schedule: "0 22 * * *", duration: "0s", timeZone: "Mars/Base" },
      { schedule: "0 22 * * *", durations: "4h" },
    ],
    freezes: [
      { from: "2026-12-20T00:00:00Z", to: "2026-12-01T00:00:00Z", reason: "year end" },
      { from: "yesterday", to: "2027-01-05T00:00:00Z", reason: "" },
    ],
    outsideWindows: "later",
    rollout: { name: "web", maxConcurrent: 2, startOnly: true },
  });
  expect(issues.sort()).toEqual([
    expect.stringMatching(/^`freezes\[0\]\.to` is "2026-12-01T00:00:00Z"; it must be later than `from`/),
    expect.stringMatching(/^`freezes\[1\]\.from` is "yesterday"; it must be a time in ISO 8601/),
    expect.stringMatching(/^`freezes\[1\]\.reason` is ""/),
    expect.stringMatching(/^`outsideWindows` is "later"; it must be one of `hold`, `wait`, `fail`/),
    expect.stringMatching(/^`rollout\.startOnly` is true; it must be false or left out beside `maxConcurrent`/),
    expect.stringMatching(/^`windows\[0\]\.schedule` is "0 25 \* \* \*"; it must be a cron schedule of five fields/),
    expect.stringMatching(/^`windows\[1\]\.duration` is "0s"; it must be a duration/),
    expect.stringMatching(/^`windows\[1\]\.timeZone` is "Mars\/Base"; it must be the name of a time zone/),
    expect.stringMatching(/^`windows\[2\]\.duration` is missing/),
    expect.stringMatching(/^`windows\[2\]\.durations` is not an argument; did you mean `windows\[2\]\.duration`/),
  ]);
});
