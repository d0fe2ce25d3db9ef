import type { StartInstanceRefreshCommandInput } from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator } from "./awsEmulator";

let aws: AwsEmulator;
const template = { LaunchTemplateName: "web", Version: "1" };
const policy = (overrides: object[] = [], InstancesDistribution = {}) => ({
  DesiredConfiguration: {
    MixedInstancesPolicy: {
      LaunchTemplate: { LaunchTemplateSpecification: template, Overrides: overrides },
      InstancesDistribution,
    },
  },
});
const requirements = { VCpuCount: { Min: 1 }, MemoryMiB: { Min: 512 } };

beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one");
  await aws.createGroup("web");
  await aws.createGroup("required", {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: template,
        Overrides: [{ InstanceRequirements: { ...requirements, AllowedInstanceTypes: ["c5.*", "c5.large"] } }],
      },
    },
  });
});
afterAll(() => aws.close());

const desired = (LaunchTemplate: object) => ({ DesiredConfiguration: { LaunchTemplate } });
const preferences = (Preferences: StartInstanceRefreshCommandInput["Preferences"]) => ({ Preferences });

const refused: [what: string, request: object, message: string][] = [
  [
    "an unknown strategy",
    { Strategy: "Blue" },
    "'strategy' failed to satisfy constraint: Member must satisfy enum value set",
  ],
  [
    "less than 0 healthy",
    preferences({ MinHealthyPercentage: -1 }),
    "Value '-1' at 'preferences.minHealthyPercentage' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  [
    "more than 100 at least healthy",
    preferences({ MinHealthyPercentage: 101 }),
    "Member must have value less than or equal to 100",
  ],
  [
    "less than 100 at most healthy",
    preferences({ MinHealthyPercentage: 90, MaxHealthyPercentage: 99 }),
    "Member must have value greater than or equal to 100",
  ],
  [
    "more than 200 at most healthy",
    preferences({ MinHealthyPercentage: 100, MaxHealthyPercentage: 201 }),
    "Member must have value less than or equal to 200",
  ],
  ["a maximum alone", preferences({ MaxHealthyPercentage: 110 }), "you must also specify MinHealthyPercentage"],
  [
    "a range of more than 100",
    preferences({ MinHealthyPercentage: 50, MaxHealthyPercentage: 151 }),
    "cannot be greater than 100",
  ],
  ["a negative warm-up", preferences({ InstanceWarmup: -1 }), "preferences.instanceWarmup"],
  ["a checkpoint of 0", preferences({ CheckpointPercentages: [0, 100] }), "preferences.checkpointPercentages.1.member"],
  ["a checkpoint of 101", preferences({ CheckpointPercentages: [101] }), "preferences.checkpointPercentages.1.member"],
  ["descending checkpoints", preferences({ CheckpointPercentages: [50, 20, 100] }), "ascending order"],
  ["a repeated checkpoint", preferences({ CheckpointPercentages: [50, 50] }), "unique"],
  ["a delay without checkpoints", preferences({ CheckpointDelay: 10 }), "you must also specify CheckpointPercentages"],
  [
    "a delay beyond two days",
    preferences({ CheckpointPercentages: [100], CheckpointDelay: 172_801 }),
    "preferences.checkpointDelay",
  ],
  ["a bake time beyond two days", preferences({ BakeTime: 172_801 }), "preferences.bakeTime"],
  [
    "an unknown treatment of protected instances",
    { Preferences: { ScaleInProtectedInstances: "Skip" } },
    "[Refresh, Ignore, Wait]",
  ],
  [
    "an unknown treatment of standby instances",
    { Preferences: { StandbyInstances: "Skip" } },
    "[Terminate, Ignore, Wait]",
  ],
  [
    "eleven alarms",
    preferences({ AlarmSpecification: { Alarms: Array.from({ length: 11 }, (_, index) => `a${index}`) } }),
    "preferences.alarmSpecification.alarms",
  ],
  [
    "an alarm without a name",
    preferences({ AlarmSpecification: { Alarms: [""] } }),
    "Member must have length greater than or equal to 1",
  ],
  [
    "a template by id and name",
    desired({ LaunchTemplateId: "lt-1", LaunchTemplateName: "web" }),
    "either LaunchTemplateId or LaunchTemplateName",
  ],
  ["a template that nobody named", desired({ Version: "1" }), "either LaunchTemplateId or LaunchTemplateName"],
  [
    "a template that is not there",
    desired({ LaunchTemplateName: "api" }),
    "You must use a valid fully-formed launch template.",
  ],
  [
    "a version that is not there",
    desired({ LaunchTemplateName: "web", Version: "9" }),
    "Could not find the specified version 9",
  ],
  [
    "a version that is none",
    desired({ LaunchTemplateName: "web", Version: "latest" }),
    "Invalid launch template version",
  ],
  [
    "a template's name with a colon",
    desired({ LaunchTemplateName: "a:bc" }),
    "Member must satisfy regular expression pattern",
  ],
  [
    "a template and a policy",
    { DesiredConfiguration: { LaunchTemplate: template, ...policy().DesiredConfiguration } },
    "either LaunchTemplate or MixedInstancesPolicy",
  ],
  [
    "a policy without a template",
    { DesiredConfiguration: { MixedInstancesPolicy: { InstancesDistribution: { OnDemandBaseCapacity: 1 } } } },
    "must contain a launch template",
  ],
  [
    "41 overrides",
    policy(Array.from({ length: 41 }, (_, index) => ({ InstanceType: `t${index}.micro` }))),
    "up to 40 instance types",
  ],
  ["a weight of 0", policy([{ InstanceType: "t3.micro", WeightedCapacity: "0" }]), "1 to 999"],
  ["a weight of 1000", policy([{ InstanceType: "t3.micro", WeightedCapacity: "1000" }]), "1 to 999"],
  [
    "a weight on one override only",
    policy([{ InstanceType: "t3.micro", WeightedCapacity: "1" }, { InstanceType: "t3.nano" }]),
    "for all of them",
  ],
  [
    "requirements beside a type",
    policy([{ InstanceType: "t3.micro", InstanceRequirements: requirements }]),
    "can't specify InstanceType",
  ],
  [
    "requirements that lack the memory",
    policy([{ InstanceRequirements: { VCpuCount: { Min: 1 } } }]),
    "overrides.1.member.instanceRequirements.memoryMiB' failed to satisfy constraint: Member must not be null",
  ],
  [
    "types allowed and excluded",
    policy([
      { InstanceRequirements: { ...requirements, AllowedInstanceTypes: ["c5.*"], ExcludedInstanceTypes: ["c4.*"] } },
    ]),
    "both AllowedInstanceTypes and ExcludedInstanceTypes",
  ],
  [
    "five sets of requirements",
    policy(Array.from({ length: 5 }, () => ({ InstanceRequirements: requirements }))),
    "up to four sets",
  ],
  [
    "an unknown on-demand strategy",
    policy([], { OnDemandAllocationStrategy: "cheap" }),
    "Invalid OnDemandAllocationStrategy",
  ],
  ["an unknown spot strategy", policy([], { SpotAllocationStrategy: "cheap" }), "Invalid SpotAllocationStrategy"],
  [
    "a priority among requirements",
    policy([{ InstanceRequirements: requirements }], { OnDemandAllocationStrategy: "prioritized" }),
    "prioritized can't be used",
  ],
  [
    "a spot priority among requirements",
    policy([{ InstanceRequirements: requirements }], { SpotAllocationStrategy: "capacity-optimized-prioritized" }),
    "prioritized can't be used",
  ],
  ["21 spot pools", policy([], { SpotInstancePools: 21 }), "1-20"],
  [
    "spot pools without lowest-price",
    policy([], { SpotInstancePools: 2, SpotAllocationStrategy: "capacity-optimized" }),
    "only available with the lowest-price",
  ],
  ["a negative base", policy([], { OnDemandBaseCapacity: -1 }), "OnDemandBaseCapacity"],
  ["101 percent on demand", policy([], { OnDemandPercentageAboveBaseCapacity: 101 }), "0-100"],
  [
    "a desired configuration of requirements",
    policy([{ InstanceRequirements: requirements }]),
    "not supported for an Auto Scaling group that uses InstanceRequirements",
  ],
  ["an image id that is none", policy([{ InstanceType: "t3.micro", ImageId: "one" }]), "overrides.1.member.imageId"],
  [
    "replacing root volumes of a group without a policy",
    { Strategy: "ReplaceRootVolume", ...policy([{ ImageId: "ami-two" }]) },
    "requires an Auto Scaling group with a MixedInstancesPolicy",
  ],
];

test.each(refused)("the service refuses %s", async (_, request, message) => {
  await expect(aws.start("web", request as StartInstanceRefreshCommandInput)).rejects.toMatchObject({
    name: "ValidationError",
    $metadata: { httpStatusCode: 400 },
    message: expect.stringContaining(message),
  });
});

test("every broken constraint is in one error", async () => {
  const request = { Preferences: { MinHealthyPercentage: 101, BakeTime: -1 }, Strategy: "Blue" };
  await expect(aws.start("", request as StartInstanceRefreshCommandInput)).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringMatching(/^4 validation errors detected: .*autoScalingGroupName.*; .*strategy.*; .*; /),
  });
});

test("a number that is none is malformed", async () => {
  const request = { Preferences: { MinHealthyPercentage: "many" } } as unknown as StartInstanceRefreshCommandInput;
  await expect(aws.start("web", request)).rejects.toMatchObject({ name: "MalformedInput" });
});

test("a group that uses instance requirements takes neither skip matching nor a desired configuration", async () => {
  await expect(aws.start("required", preferences({ SkipMatching: true }))).rejects.toThrow(
    "SkipMatching is not supported",
  );
  await expect(aws.start("required", desired(template))).rejects.toThrow("A desired configuration is not supported");
  await aws.start("required");
  await aws.until("required", "Successful");
  expect((await aws.group("required")).Instances?.[0]?.InstanceType).toBe("c5.large");
});

test("a group that is not there has no refreshes", async () => {
  await expect(aws.start("nobody")).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("not found"),
  });
  await expect(aws.refresh("nobody")).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("not found"),
  });
});

test("nothing that was refused has started", async () => {
  await expect(aws.refresh("web")).rejects.toThrow("web has no refresh");
});
