import fc from "fast-check";
import type { AutoScalingArguments } from "../../../src/clouds/autoscaling/arguments";
import { definition } from "../../../src/clouds/autoscaling/definition";
import { checkArguments } from "../../../src/core/definition/arguments";

const group = { autoscalingGroupName: "web" };
const check = (inputs: Record<string, unknown>, isUnknown?: (value: unknown) => boolean) =>
  checkArguments(definition, inputs, isUnknown).failures.map(({ property }) => property);
const reasons = (inputs: Record<string, unknown>) =>
  checkArguments(definition, inputs).failures.map(({ reason }) => reason);

const desired = (desiredConfiguration: object) => ({ ...group, desiredConfiguration });
const template = desired({ launchTemplate: { id: "lt-1", version: "7" } });
const preferring = (preferences: object) => ({ ...group, preferences });
const mixed = (policy: object) => desired({ mixedInstancesPolicy: policy });
const launchTemplateSpecification = { launchTemplateId: "lt-1", version: "7" };
const overriding = (...overrides: object[]) => mixed({ launchTemplate: { launchTemplateSpecification, overrides } });
const needs = { vcpuCount: { min: 2 }, memoryMib: { min: 1024 } };
const requiring = (requirements: object) => overriding({ instanceRequirements: { ...needs, ...requirements } });
const distributing = (instancesDistribution: object, ...overrides: object[]) =>
  mixed({ launchTemplate: { launchTemplateSpecification, overrides }, instancesDistribution });

const POLICY = "desiredConfiguration.mixedInstancesPolicy";
const OVERRIDES = `${POLICY}.launchTemplate.overrides`;
const REQUIREMENTS = `${OVERRIDES}[0].instanceRequirements`;
const DISTRIBUTION = `${POLICY}.instancesDistribution`;

const many = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index));

describe("arguments that are accepted", () => {
  test.each<[string, Record<string, unknown>]>([
    ["the group alone", group],
    ["a group's name with slashes and spaces", { autoscalingGroupName: "a/b c/d" }],
    ["a launch template by id", template],
    ["a launch template by name, its version as a number", desired({ launchTemplate: { name: "web", version: 7 } })],
    ["the latest version", desired({ launchTemplate: { name: "web", version: "$Latest" } })],
    ["no version, which means the default one", desired({ launchTemplate: { name: "web" } })],
    [
      "a desired $Latest that is rolled back automatically",
      { ...desired({ launchTemplate: { name: "web", version: "$Latest" } }), preferences: { autoRollback: true } },
    ],
    [
      "every preference",
      {
        ...template,
        strategy: "Rolling",
        preferences: {
          minHealthyPercentage: 90,
          maxHealthyPercentage: 190,
          instanceWarmup: 0,
          checkpointPercentages: [1, 50, 100],
          checkpointDelay: 172_800,
          skipMatching: true,
          autoRollback: true,
          scaleInProtectedInstances: "Refresh",
          standbyInstances: "Terminate",
          alarmSpecification: { alarms: many(10, (index) => ({ index })).map((_, index) => `alarm ${index}`) },
          bakeTime: 172_800,
        },
      },
    ],
    [
      "numbers in strings, as aws.autoscaling.Group has them",
      preferring({ instanceWarmup: "300", checkpointDelay: "3600", checkpointPercentages: [100], bakeTime: "60" }),
    ],
    ["checkpoints that end before all is replaced", preferring({ checkpointPercentages: [10, 20] })],
    [
      "forty types with weights",
      overriding(...many(40, (index) => ({ instanceType: `m${index}.large`, weightedCapacity: String(index + 1) }))),
    ],
    ["weights as numbers", overriding({ instanceType: "m5.large", weightedCapacity: 999 })],
    ["four sets of requirements", overriding(...many(4, () => ({ instanceRequirements: needs })))],
    [
      "every requirement",
      requiring({
        cpuManufacturers: ["apple"],
        memoryGibPerVcpu: { min: 0.5, max: 8.5 },
        excludedInstanceTypes: ["c5*", "m5a.*"],
        instanceGenerations: ["current", "previous"],
        spotMaxPricePercentageOverLowestPrice: 999_999,
        onDemandMaxPricePercentageOverLowestPrice: 0,
        bareMetal: "included",
        burstablePerformance: "required",
        requireHibernateSupport: true,
        networkInterfaceCount: { min: 1 },
        localStorage: "required",
        localStorageTypes: ["ssd"],
        totalLocalStorageGb: { max: 100.5 },
        baselineEbsBandwidthMbps: { min: 10, max: 10 },
        acceleratorTypes: ["gpu"],
        acceleratorCount: { max: 0 },
        acceleratorManufacturers: ["nvidia"],
        acceleratorNames: ["t4"],
        acceleratorTotalMemoryMib: { min: 1 },
        networkBandwidthGbps: { min: 0.1 },
        baselinePerformanceFactors: { cpu: { references: [{ instanceFamily: "c6i" }] } },
      }),
    ],
    [
      "every part of a distribution",
      distributing({
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: 0,
        onDemandPercentageAboveBaseCapacity: 100,
        spotAllocationStrategy: "lowest-price",
        spotInstancePools: 20,
        spotMaxPrice: "0.001",
        distributionSegments: [{ targetCapacityTypes: ["capacity-block", "on-demand"] }],
      }),
    ],
    [
      "no pools, said as aws.autoscaling.Group says it",
      distributing({ spotAllocationStrategy: "capacity-optimized", spotInstancePools: 0 }),
    ],
    ["no highest price, said with an empty string", distributing({ spotMaxPrice: "" })],
    [
      "root volumes with an image each",
      { ...overriding({ instanceType: "c5.large", imageId: "ami-1" }), strategy: "ReplaceRootVolume" },
    ],
    [
      "every policy",
      {
        ...template,
        status: "RollbackSuccessful",
        triggers: ["x"],
        startOn: "anyChange",
        waitForCompletion: false,
        onTimeout: "rollback",
        onConflict: "cancel",
        onDelete: "rollback",
      },
    ],
    ["a rollback of another's refresh, which needs no desired configuration", { ...group, onConflict: "rollback" }],
    [
      "null, which counts as left out",
      { ...group, preferences: { minHealthyPercentage: null }, desiredConfiguration: null },
    ],
  ])("%s", (_, inputs) => expect(reasons(inputs)).toEqual([]));
});

/** Name of the vendor's page or operation, what is wrong, and where the vendor says so. */
type Row = [source: string, what: string, inputs: Record<string, unknown>, properties: string[]];

describe("arguments that are refused, each at its path", () => {
  test.each<Row>([
    ["StartInstanceRefresh", "no group", {}, ["autoscalingGroupName"]],
    ["StartInstanceRefresh", "an empty name", { autoscalingGroupName: "" }, ["autoscalingGroupName"]],
    ["StartInstanceRefresh", "a name of 256", { autoscalingGroupName: "g".repeat(256) }, ["autoscalingGroupName"]],
    [
      "StartInstanceRefresh",
      "a name that XML cannot carry",
      { autoscalingGroupName: "g\u0000" },
      ["autoscalingGroupName"],
    ],
    ["StartInstanceRefresh", "an unknown strategy", { ...group, strategy: "Fast" }, ["strategy"]],
    ["StartInstanceRefresh", "an unknown argument", { ...group, minHealthyPercentage: 90 }, ["minHealthyPercentage"]],
    [
      "DesiredConfiguration",
      "both configurations",
      desired({
        launchTemplate: { id: "lt-1" },
        mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification } },
      }),
      [POLICY],
    ],
    ["DesiredConfiguration", "neither", desired({}), ["desiredConfiguration"]],
    [
      "LaunchTemplateSpecification",
      "no template",
      desired({ launchTemplate: { version: "1" } }),
      ["desiredConfiguration.launchTemplate"],
    ],
    [
      "LaunchTemplateSpecification",
      "id and name",
      desired({ launchTemplate: { id: "lt-1", name: "web" } }),
      ["desiredConfiguration.launchTemplate"],
    ],
    [
      "LaunchTemplateSpecification",
      "id and name in a policy",
      mixed({
        launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1", launchTemplateName: "web" } },
      }),
      [`${POLICY}.launchTemplate.launchTemplateSpecification`],
    ],
    [
      "LaunchTemplateSpecification",
      "neither in an override",
      overriding({ launchTemplateSpecification: {} }),
      [`${OVERRIDES}[0].launchTemplateSpecification`],
    ],
    [
      "LaunchTemplateSpecification",
      "a version that is no number",
      desired({ launchTemplate: { id: "lt-1", version: "Latest" } }),
      ["desiredConfiguration.launchTemplate.version"],
    ],
    [
      "LaunchTemplateSpecification",
      "version 0",
      desired({ launchTemplate: { id: "lt-1", version: 0 } }),
      ["desiredConfiguration.launchTemplate.version"],
    ],
    [
      "LaunchTemplateSpecification",
      "a name of two letters",
      desired({ launchTemplate: { name: "ab" } }),
      ["desiredConfiguration.launchTemplate.name"],
    ],
    [
      "LaunchTemplateSpecification",
      "a name with a space",
      desired({ launchTemplate: { name: "a b c" } }),
      ["desiredConfiguration.launchTemplate.name"],
    ],
    [
      "LaunchTemplateSpecification",
      "an id of 256",
      desired({ launchTemplate: { id: "l".repeat(256) } }),
      ["desiredConfiguration.launchTemplate.id"],
    ],
    [
      "LaunchTemplateOverrides",
      "41 instance types",
      overriding(...many(41, (index) => ({ instanceType: `m${index}` }))),
      [OVERRIDES],
    ],
    [
      "LaunchTemplateOverrides",
      "a type of 256",
      overriding({ instanceType: "m".repeat(256) }),
      [`${OVERRIDES}[0].instanceType`],
    ],
    [
      "LaunchTemplateOverrides",
      "21 launch templates",
      overriding(...many(20, (index) => ({ launchTemplateSpecification: { launchTemplateName: `web-${index}` } }))),
      [OVERRIDES],
    ],
    [
      "LaunchTemplateOverrides",
      "a weight of 0",
      overriding({ weightedCapacity: "0" }),
      [`${OVERRIDES}[0].weightedCapacity`],
    ],
    [
      "LaunchTemplateOverrides",
      "a weight of 1000",
      overriding({ weightedCapacity: 1000 }),
      [`${OVERRIDES}[0].weightedCapacity`],
    ],
    [
      "LaunchTemplateOverrides",
      "a weight on one of two",
      overriding({ weightedCapacity: "1" }, {}),
      [`${OVERRIDES}[1].weightedCapacity`],
    ],
    [
      "LaunchTemplateOverrides",
      "type and requirements",
      overriding({ instanceType: "m5.large", instanceRequirements: needs }),
      [`${OVERRIDES}[0].instanceType`],
    ],
    [
      "LaunchTemplateOverrides",
      "five sets of requirements",
      overriding(...many(5, () => ({ instanceRequirements: needs }))),
      [OVERRIDES],
    ],
    ["LaunchTemplateOverrides", "an image that is none", overriding({ imageId: "m-1" }), [`${OVERRIDES}[0].imageId`]],
    [
      "InstanceRequirements",
      "no vCPUs",
      overriding({ instanceRequirements: { memoryMib: { min: 1 } } }),
      [`${REQUIREMENTS}.vcpuCount.min`],
    ],
    [
      "InstanceRequirements",
      "no least number of vCPUs",
      requiring({ vcpuCount: { max: 1 } }),
      [`${REQUIREMENTS}.vcpuCount.min`],
    ],
    [
      "InstanceRequirements",
      "no memory",
      overriding({ instanceRequirements: { vcpuCount: { min: 1 } } }),
      [`${REQUIREMENTS}.memoryMib.min`],
    ],
    ["InstanceRequirements", "no least memory", requiring({ memoryMib: {} }), [`${REQUIREMENTS}.memoryMib.min`]],
    [
      "InstanceRequirements",
      "a negative number",
      requiring({ vcpuCount: { min: -1 } }),
      [`${REQUIREMENTS}.vcpuCount.min`],
    ],
    [
      "InstanceRequirements",
      "a broken number of interfaces",
      requiring({ networkInterfaceCount: { min: 1.5 } }),
      [`${REQUIREMENTS}.networkInterfaceCount.min`],
    ],
    [
      "InstanceRequirements",
      "an unknown maker of CPUs",
      requiring({ cpuManufacturers: ["zilog"] }),
      [`${REQUIREMENTS}.cpuManufacturers[0]`],
    ],
    [
      "InstanceRequirements",
      "an unknown generation",
      requiring({ instanceGenerations: ["next"] }),
      [`${REQUIREMENTS}.instanceGenerations[0]`],
    ],
    [
      "InstanceRequirements",
      "an unknown presence of bare metal",
      requiring({ bareMetal: "yes" }),
      [`${REQUIREMENTS}.bareMetal`],
    ],
    [
      "InstanceRequirements",
      "an unknown presence of burstable types",
      requiring({ burstablePerformance: "yes" }),
      [`${REQUIREMENTS}.burstablePerformance`],
    ],
    [
      "InstanceRequirements",
      "an unknown presence of local storage",
      requiring({ localStorage: "yes" }),
      [`${REQUIREMENTS}.localStorage`],
    ],
    [
      "InstanceRequirements",
      "an unknown kind of local storage",
      requiring({ localStorageTypes: ["tape"] }),
      [`${REQUIREMENTS}.localStorageTypes[0]`],
    ],
    [
      "InstanceRequirements",
      "an unknown kind of accelerator",
      requiring({ acceleratorTypes: ["tpu"] }),
      [`${REQUIREMENTS}.acceleratorTypes[0]`],
    ],
    [
      "InstanceRequirements",
      "an unknown maker of accelerators",
      requiring({ acceleratorManufacturers: ["3dfx"] }),
      [`${REQUIREMENTS}.acceleratorManufacturers[0]`],
    ],
    [
      "InstanceRequirements",
      "an unknown accelerator",
      requiring({ acceleratorNames: ["voodoo"] }),
      [`${REQUIREMENTS}.acceleratorNames[0]`],
    ],
    [
      "InstanceRequirements",
      "types allowed and left out",
      requiring({ allowedInstanceTypes: ["m*"], excludedInstanceTypes: ["c*"] }),
      [`${REQUIREMENTS}.excludedInstanceTypes`],
    ],
    [
      "InstanceRequirements",
      "a pattern of 31",
      requiring({ allowedInstanceTypes: ["m".repeat(31)] }),
      [`${REQUIREMENTS}.allowedInstanceTypes[0]`],
    ],
    [
      "InstanceRequirements",
      "a pattern with a question mark",
      requiring({ excludedInstanceTypes: ["m?"] }),
      [`${REQUIREMENTS}.excludedInstanceTypes[0]`],
    ],
    [
      "InstanceRequirements",
      "401 types",
      requiring({ allowedInstanceTypes: many(401, () => ({})).map(() => "m5*") }),
      [`${REQUIREMENTS}.allowedInstanceTypes`],
    ],
    [
      "InstanceRequirements",
      "two price protections for Spot",
      requiring({ spotMaxPricePercentageOverLowestPrice: 1, maxSpotPriceAsPercentageOfOptimalOnDemandPrice: 1 }),
      [`${REQUIREMENTS}.spotMaxPricePercentageOverLowestPrice`],
    ],
    [
      "InstanceRequirements",
      "a range that ends before it begins",
      requiring({ acceleratorCount: { min: 2, max: 1 } }),
      [`${REQUIREMENTS}.acceleratorCount.min`],
    ],
    [
      "CpuPerformanceFactorRequest",
      "two families",
      requiring({
        baselinePerformanceFactors: { cpu: { references: [{ instanceFamily: "c6i" }, { instanceFamily: "m6i" }] } },
      }),
      [`${REQUIREMENTS}.baselinePerformanceFactors.cpu.references`],
    ],
    [
      "InstancesDistribution",
      "an unknown strategy for On-Demand",
      distributing({ onDemandAllocationStrategy: "diversified" }),
      [`${DISTRIBUTION}.onDemandAllocationStrategy`],
    ],
    [
      "InstancesDistribution",
      "priorities for On-Demand with requirements",
      distributing({ onDemandAllocationStrategy: "prioritized" }, { instanceRequirements: needs }),
      [`${DISTRIBUTION}.onDemandAllocationStrategy`],
    ],
    [
      "InstancesDistribution",
      "an unknown strategy for Spot",
      distributing({ spotAllocationStrategy: "diversified" }),
      [`${DISTRIBUTION}.spotAllocationStrategy`],
    ],
    [
      "InstancesDistribution",
      "priorities for Spot with requirements",
      distributing({ spotAllocationStrategy: "capacity-optimized-prioritized" }, { instanceRequirements: needs }),
      [`${DISTRIBUTION}.spotAllocationStrategy`],
    ],
    [
      "InstancesDistribution",
      "a negative base",
      distributing({ onDemandBaseCapacity: -1 }),
      [`${DISTRIBUTION}.onDemandBaseCapacity`],
    ],
    [
      "InstancesDistribution",
      "101 percent On-Demand",
      distributing({ onDemandPercentageAboveBaseCapacity: 101 }),
      [`${DISTRIBUTION}.onDemandPercentageAboveBaseCapacity`],
    ],
    [
      "InstancesDistribution",
      "21 pools",
      distributing({ spotInstancePools: 21 }),
      [`${DISTRIBUTION}.spotInstancePools`],
    ],
    [
      "InstancesDistribution",
      "pools with another strategy",
      distributing({ spotInstancePools: 2, spotAllocationStrategy: "capacity-optimized" }),
      [`${DISTRIBUTION}.spotInstancePools`],
    ],
    [
      "InstancesDistribution",
      "a price below 0.001",
      distributing({ spotMaxPrice: "0.0009" }),
      [`${DISTRIBUTION}.spotMaxPrice`],
    ],
    [
      "InstancesDistribution",
      "a price that is no number",
      distributing({ spotMaxPrice: "$1" }),
      [`${DISTRIBUTION}.spotMaxPrice`],
    ],
    [
      "DistributionSegment",
      "an unknown kind of capacity",
      distributing({ distributionSegments: [{ targetCapacityTypes: ["spot"] }] }),
      [`${DISTRIBUTION}.distributionSegments[0].targetCapacityTypes[0]`],
    ],
    [
      "RefreshPreferences",
      "a minimum of 101",
      preferring({ minHealthyPercentage: 101 }),
      ["preferences.minHealthyPercentage"],
    ],
    [
      "RefreshPreferences",
      "a minimum of -1",
      preferring({ minHealthyPercentage: -1 }),
      ["preferences.minHealthyPercentage"],
    ],
    [
      "RefreshPreferences",
      "a maximum of 99",
      preferring({ minHealthyPercentage: 90, maxHealthyPercentage: 99 }),
      ["preferences.maxHealthyPercentage"],
    ],
    [
      "RefreshPreferences",
      "a maximum of 201",
      preferring({ minHealthyPercentage: 100, maxHealthyPercentage: 201 }),
      ["preferences.maxHealthyPercentage"],
    ],
    [
      "RefreshPreferences",
      "a maximum without a minimum",
      preferring({ maxHealthyPercentage: 150 }),
      ["preferences.minHealthyPercentage"],
    ],
    [
      "RefreshPreferences",
      "more than 100 between them",
      preferring({ minHealthyPercentage: 50, maxHealthyPercentage: 151 }),
      ["preferences.maxHealthyPercentage"],
    ],
    ["RefreshPreferences", "a negative warm-up", preferring({ instanceWarmup: -1 }), ["preferences.instanceWarmup"]],
    ["RefreshPreferences", "a warm-up in words", preferring({ instanceWarmup: "5m" }), ["preferences.instanceWarmup"]],
    [
      "RefreshPreferences",
      "a checkpoint at 0",
      preferring({ checkpointPercentages: [0] }),
      ["preferences.checkpointPercentages[0]"],
    ],
    [
      "RefreshPreferences",
      "a checkpoint at 101",
      preferring({ checkpointPercentages: [101] }),
      ["preferences.checkpointPercentages[0]"],
    ],
    [
      "RefreshPreferences",
      "a checkpoint twice",
      preferring({ checkpointPercentages: [50, 50] }),
      ["preferences.checkpointPercentages[1]"],
    ],
    [
      "RefreshPreferences",
      "descending checkpoints",
      preferring({ checkpointPercentages: [50, 20, 100] }),
      ["preferences.checkpointPercentages[1]"],
    ],
    [
      "RefreshPreferences",
      "a delay without checkpoints",
      preferring({ checkpointDelay: 60 }),
      ["preferences.checkpointDelay"],
    ],
    [
      "RefreshPreferences",
      "a delay of more than two days",
      preferring({ checkpointDelay: "172801", checkpointPercentages: [100] }),
      ["preferences.checkpointDelay"],
    ],
    [
      "RefreshPreferences",
      "a bake time of more than two days",
      preferring({ bakeTime: 172_801 }),
      ["preferences.bakeTime"],
    ],
    [
      "RefreshPreferences",
      "an unknown word for protected instances",
      preferring({ scaleInProtectedInstances: "Terminate" }),
      ["preferences.scaleInProtectedInstances"],
    ],
    [
      "RefreshPreferences",
      "an unknown word for standby instances",
      preferring({ standbyInstances: "Refresh" }),
      ["preferences.standbyInstances"],
    ],
    [
      "AlarmSpecification",
      "eleven alarms",
      preferring({ alarmSpecification: { alarms: many(11, () => ({})).map(() => "a") } }),
      ["preferences.alarmSpecification.alarms"],
    ],
    [
      "AlarmSpecification",
      "an alarm without a name",
      preferring({ alarmSpecification: { alarms: [""] } }),
      ["preferences.alarmSpecification.alarms[0]"],
    ],
    [
      "AlarmSpecification",
      "an alarm's name of 256",
      preferring({ alarmSpecification: { alarms: ["a".repeat(256)] } }),
      ["preferences.alarmSpecification.alarms[0]"],
    ],
    [
      "RollbackInstanceRefresh",
      "an automatic rollback of nothing",
      preferring({ autoRollback: true }),
      ["preferences.autoRollback"],
    ],
    ["RollbackInstanceRefresh", "a rollback of nothing", { ...group, status: "RollbackSuccessful" }, ["status"]],
    [
      "RollbackInstanceRefresh",
      "a rollback of nothing when time is over",
      { ...group, onTimeout: "rollback" },
      ["onTimeout"],
    ],
    ["RollbackInstanceRefresh", "a rollback of nothing at the end", { ...group, onDelete: "rollback" }, ["onDelete"]],
    ["ReplaceRootVolume", "no desired policy", { ...group, strategy: "ReplaceRootVolume" }, [OVERRIDES]],
    ["ReplaceRootVolume", "a launch template", { ...template, strategy: "ReplaceRootVolume" }, [OVERRIDES]],
    [
      "ReplaceRootVolume",
      "an override without an image",
      { ...overriding({ imageId: "ami-1" }, { instanceType: "m5.large" }), strategy: "ReplaceRootVolume" },
      [`${OVERRIDES}[1].imageId`],
    ],
  ])("%s: %s", (_, __, inputs, properties) => expect(check(inputs)).toEqual(properties));

  test("all at once, each with its value and what would be right", () => {
    expect(reasons({ ...preferring({ minHealthyPercentage: 101, instanceWarmup: "5m" }), strategy: "Fast" })).toEqual([
      '`strategy` is "Fast"; it must be one of `Rolling`, `ReplaceRootVolume`',
      "`preferences.minHealthyPercentage` is 101; it must be a whole number from 0 to 100 (%)",
      '`preferences.instanceWarmup` is "5m"; it must be a whole number of at least 0 (s), or one in a string',
    ]);
  });

  test("a trigger is never printed", () => {
    expect(reasons({ ...group, triggers: "s3cret" }).join()).not.toContain("s3cret");
    expect(check({ ...group, triggers: "s3cret" })).toEqual(["triggers"]);
  });
});

describe("values that are not known before the deployment", () => {
  const isUnknown = (value: unknown) => value === "?";

  test("pass, and so does every rule that reads them", () => {
    expect(
      check(
        { autoscalingGroupName: "?", desiredConfiguration: { launchTemplate: { id: "?", version: "?" } } },
        isUnknown,
      ),
    ).toEqual([]);
    expect(check({ ...group, desiredConfiguration: "?", preferences: { autoRollback: true } }, isUnknown)).toEqual([]);
    expect(check({ ...overriding({ instanceType: "?", instanceRequirements: needs }) }, isUnknown)).toEqual([]);
  });

  test("do not hide the issues of others", () => {
    expect(check({ autoscalingGroupName: "?", preferences: { bakeTime: -1 } }, isUnknown)).toEqual([
      "preferences.bakeTime",
    ]);
  });
});

/** Anything, mostly beneath the names that there are. */
const names = [
  "autoscalingGroupName",
  "strategy",
  "desiredConfiguration",
  "launchTemplate",
  "mixedInstancesPolicy",
  "overrides",
  "instanceRequirements",
  "vcpuCount",
  "preferences",
  "checkpointPercentages",
  "alarmSpecification",
  "alarms",
  "status",
  "triggers",
  "version",
  "id",
];
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom("?", "", "$Latest", "7", 0, 50, -1, 1.5, Number.NaN, true, null, undefined),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 4 }),
}));

test("whatever is given, check answers with failures at paths and never throws", () => {
  fc.assert(
    fc.property(anything.object, fc.boolean(), (inputs, hasGroup) => {
      const given = { ...(hasGroup ? group : {}), ...(inputs as Record<string, unknown>) };
      const { args, failures } = checkArguments<AutoScalingArguments>(definition, given, (value) => value === "?");
      for (const { property, reason } of failures) {
        expect(reason).toContain(`\`${property}\``);
        expect(reason.length).toBeLessThan(2_000);
      }
      if (failures.length === 0)
        expect(definition.arguments.safeParse(args).success || JSON.stringify(args).includes("?")).toBe(true);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("a pair of percentages is accepted if and only if the service would take it", () => {
  const percent = fc.option(fc.integer({ min: -5, max: 210 }), { nil: undefined });
  fc.assert(
    fc.property(percent, percent, (min, max) => {
      const inMin = min === undefined || (min >= 0 && min <= 100);
      const inMax = max === undefined || (max >= 100 && max <= 200);
      const together = max === undefined || (min !== undefined && max - min <= 100);
      expect(check(preferring({ minHealthyPercentage: min, maxHealthyPercentage: max })).length === 0).toBe(
        inMin && inMax && together,
      );
    }),
    { seed: 7 },
  );
});
