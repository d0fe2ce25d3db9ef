import fc from "fast-check";
import { same, withoutServiceDefaults } from "../../../src/clouds/autoscaling/echo";
import { autoscaling } from "../../../src/clouds/autoscaling/module";
import { echoedArguments, startRequest } from "../../../src/clouds/autoscaling/wire";
import { refreshId } from "./fakeClient";

const desired = (version: unknown, more = {}) => ({
  launchTemplate: { id: "lt-1", ...(version ? { version } : {}), ...more },
});
const policy = (instancesDistribution: object, ...overrides: object[]) => ({
  mixedInstancesPolicy: { launchTemplate: { overrides }, instancesDistribution },
});

describe("two spellings of one argument", () => {
  test.each<[string, string, unknown, unknown, boolean]>([
    ["nothing asked", "preferences", undefined, { skipMatching: true }, true],
    [
      "the default, left out in the echo",
      "preferences",
      { skipMatching: false, checkpointDelay: 3600 },
      undefined,
      true,
    ],
    ["another than the default, left out in the echo", "preferences", { skipMatching: true }, {}, false],
    ["the strategy by default", "strategy", "Rolling", undefined, true],
    ["a number in a string", "preferences", { instanceWarmup: "300" }, { instanceWarmup: 300 }, true],
    ["another number", "preferences", { instanceWarmup: "300" }, { instanceWarmup: 301 }, false],
    ["a version as a number", "desiredConfiguration", desired(7), desired("7"), true],
    ["the default version, left out", "desiredConfiguration", desired("$Default"), desired(undefined), true],
    ["the default version, and a number", "desiredConfiguration", desired("$Default"), desired("7"), false],
    ["the latest version, left out", "desiredConfiguration", desired("$Latest"), desired(undefined), false],
    [
      "a template by id, echoed with its name",
      "desiredConfiguration",
      desired("7"),
      desired("7", { name: "web" }),
      true,
    ],
    [
      "a template by name, recorded by id only",
      "desiredConfiguration",
      { launchTemplate: { name: "web" } },
      desired("7"),
      false,
    ],
    [
      "alarms in another order",
      "preferences",
      { alarmSpecification: { alarms: ["b", "a"] } },
      { alarmSpecification: { alarms: ["a", "b"] } },
      true,
    ],
    [
      "checkpoints in another order",
      "preferences",
      { checkpointPercentages: [50, 100] },
      { checkpointPercentages: [100, 50] },
      false,
    ],
    [
      "one checkpoint less",
      "preferences",
      { checkpointPercentages: [50] },
      { checkpointPercentages: [50, 100] },
      false,
    ],
    ["an empty list, left out", "preferences", { checkpointPercentages: [] }, {}, true],
    ["no pools, left out", "desiredConfiguration", policy({ spotInstancePools: 0 }), policy({}), true],
    ["no highest price, left out", "desiredConfiguration", policy({ spotMaxPrice: "" }), policy({}), true],
    [
      "no highest price, and one",
      "desiredConfiguration",
      policy({ spotMaxPrice: "" }),
      policy({ spotMaxPrice: "1" }),
      false,
    ],
    [
      "overrides in another order",
      "desiredConfiguration",
      policy({}, { instanceType: "a" }, { instanceType: "b" }),
      policy({}, { instanceType: "b" }, { instanceType: "a" }),
      false,
    ],
    ["an argument that there is not", "color", "red", "red", false],
  ])("%s", (_, argument, asked, other, expected) => expect(same(argument, asked, other)).toBe(expected));
});

test("an import leaves out what the service had filled in, and one of the two names of a template", () => {
  expect(
    withoutServiceDefaults({
      autoscalingGroupName: "web",
      strategy: "Rolling",
      desiredConfiguration: {
        launchTemplate: { id: "lt-1", name: "web", version: "7" },
        ...policy({ onDemandBaseCapacity: 0, spotInstancePools: 3 }, { instanceType: "a" }),
      },
      preferences: { minHealthyPercentage: 90, skipMatching: false, autoRollback: false, standbyInstances: "Wait" },
    }),
  ).toEqual({
    autoscalingGroupName: "web",
    desiredConfiguration: {
      launchTemplate: { id: "lt-1", version: "7" },
      mixedInstancesPolicy: {
        launchTemplate: { overrides: [{ instanceType: "a" }] },
        instancesDistribution: { spotInstancePools: 3 },
      },
    },
    preferences: { minHealthyPercentage: 90 },
  });
});

describe("what is explicit", () => {
  const within = (version: unknown, ...overrides: object[]) => ({
    mixedInstancesPolicy: {
      launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1", version }, overrides },
    },
  });
  const own = (version: unknown) => ({ launchTemplateSpecification: { launchTemplateId: "lt-2", version } });
  test.each<[string, unknown, boolean]>([
    ["a numbered version", desired("7"), true],
    ["the latest version", desired("$Latest"), false],
    ["no version", desired(undefined), false],
    ["nothing", undefined, false],
    ["a policy with a numbered version", within(7, { instanceType: "a" }), true],
    ["a policy with the latest version in an override", within("7", own("$Latest")), false],
    [
      "a policy whose overrides all have a version of their own",
      { mixedInstancesPolicy: { launchTemplate: { overrides: [own("1"), own("2")] } } },
      true,
    ],
    [
      "a policy one of whose overrides is left to the group",
      { mixedInstancesPolicy: { launchTemplate: { overrides: [own("1"), {}] } } },
      false,
    ],
    ["a policy without a template", policy({ onDemandBaseCapacity: 1 }), false],
  ])("%s", (_, desiredConfiguration, expected) =>
    expect(
      autoscaling.isExplicit({
        autoscalingGroupName: "web",
        ...(desiredConfiguration ? { desiredConfiguration } : {}),
      }),
    ).toBe(expected),
  );
});

test("what was asked is found in its echo", () => {
  const whole = (max: number) => fc.integer({ min: 0, max });
  const preferences = fc.record(
    {
      minHealthyPercentage: whole(100),
      instanceWarmup: fc.oneof(whole(900), whole(900).map(String)),
      checkpointPercentages: fc.uniqueArray(fc.integer({ min: 1, max: 100 })),
      skipMatching: fc.boolean(),
      standbyInstances: fc.constantFrom("Wait" as const, "Ignore" as const),
      bakeTime: fc.oneof(whole(900), whole(900).map(String)),
    },
    { requiredKeys: [] },
  );
  const template = fc.record({
    id: fc.constant("lt-1"),
    version: fc.oneof(fc.integer({ min: 1 }), fc.constant("$Latest")),
  });
  const args = fc.record(
    { desiredConfiguration: fc.record({ launchTemplate: template }), preferences },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(args, (asked) => {
      const { AutoScalingGroupName, Strategy, DesiredConfiguration, Preferences } = startRequest({
        autoscalingGroupName: "web",
        ...asked,
      });
      const echo = echoedArguments({ AutoScalingGroupName, Strategy, DesiredConfiguration, Preferences });
      for (const [name, value] of Object.entries(asked)) {
        expect(same(name, value, echo[name as keyof typeof echo])).toBe(true);
        expect(same(name, value, withoutServiceDefaults(echo)[name])).toBe(true);
      }
    }),
    { seed: 7 },
  );
});

describe("ids", () => {
  test("of any group are read back, also with slashes in its name", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.uuid(), (group, uuid) => {
        expect(autoscaling.parseId(`${group}/${uuid}`)).toEqual({ id: `${group}/${uuid}` });
      }),
      { seed: 7 },
    );
  });

  test.each(["web", refreshId(1), `/${refreshId(1)}`, "web/latest", `web/${refreshId(1)}/`, ""])("%j is none", (id) =>
    expect(autoscaling.parseId(id)).toBeUndefined(),
  );
});
