import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { apiOver } from "../../../src/clouds/autoscaling/api";
import { addressOf, askingOf } from "../../../src/clouds/autoscaling/services/query";
import { servicesOf } from "../../../src/clouds/autoscaling/services/services";
import { autoScalingGroup, type FakeClient, fakeClient } from "./fakeClient";
import { fault, result, type ScriptedServer, scriptedServer } from "./scriptedServer";

const desiredConfiguration = { launchTemplate: { id: "lt-1", version: "7" } };
const web = { autoscalingGroupName: "web" };
const specification = (Version?: string) => ({ LaunchTemplateId: "lt-1", ...(Version ? { Version } : {}) });
const requirements = { VCpuCount: { Min: 1 }, MemoryMiB: { Min: 1 } };

let client: FakeClient;
let server: ScriptedServer;
/** Answers of the other services, by action; a refusal where there is none. */
let others: Record<string, string>;

beforeEach(async () => {
  client = fakeClient();
  others = {};
  server = await scriptedServer(({ Action = "" }) => {
    const inner = others[Action];
    if (inner === undefined) return fault(403, "AccessDenied");
    return Action === "DescribeLaunchTemplateVersions" ? { body: inner } : result(Action, inner);
  });
});
afterEach(() => server.close());

const look = async (args: object, fields: Partial<AutoScalingGroup> = {}) => {
  client.groups = [autoScalingGroup(fields)];
  return apiOver(client, { endpoint: server.url }).group({ ...web, ...args });
};
const properties = async (args: object, fields: Partial<AutoScalingGroup> = {}) =>
  (await look(args, fields))?.obstacles.map(({ property }) => property);

test("a group that is not there is none", async () => {
  expect(await apiOver(client, {}).group(web)).toBeUndefined();
});

test("a group of another name that begins alike is not it", async () => {
  client.groups = [autoScalingGroup({ AutoScalingGroupName: "web-2" })];
  expect(await apiOver(client, {}).group(web)).toBeUndefined();
});

describe("what would only fail later is seen before", () => {
  const rollback = { desiredConfiguration, preferences: { autoRollback: true } };
  const typed = (Overrides: object[]) => ({
    LaunchTemplate: undefined,
    MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: specification("6"), Overrides } },
  });

  test.each<[string, object, Partial<AutoScalingGroup>, string[]]>([
    ["nothing, of a group with a numbered version", rollback, {}, []],
    ["a group that is being deleted", {}, { Status: "Delete in progress" }, ["autoscalingGroupName"]],
    [
      "automatic rollback to $Latest",
      rollback,
      { LaunchTemplate: specification("$Latest") },
      ["preferences.autoRollback"],
    ],
    [
      "automatic rollback to $Default",
      rollback,
      { LaunchTemplate: specification("$Default") },
      ["preferences.autoRollback"],
    ],
    [
      "automatic rollback to a version left out",
      rollback,
      { LaunchTemplate: specification() },
      ["preferences.autoRollback"],
    ],
    [
      "automatic rollback to $Latest in an override",
      rollback,
      typed([{ LaunchTemplateSpecification: specification("$Latest") }]),
      ["preferences.autoRollback"],
    ],
    [
      "every other request to roll back",
      { desiredConfiguration, status: "RollbackSuccessful", onTimeout: "rollback", onDelete: "rollback" },
      { LaunchTemplate: specification("$Latest") },
      ["status", "onTimeout", "onDelete"],
    ],
    [
      "no request to roll back from $Latest",
      { desiredConfiguration },
      { LaunchTemplate: specification("$Latest") },
      [],
    ],
    [
      "skip matching and a desired configuration with instance requirements",
      { desiredConfiguration, preferences: { skipMatching: true } },
      typed([{ InstanceRequirements: requirements }]),
      ["preferences.skipMatching", "desiredConfiguration"],
    ],
    ["neither of them with instance requirements", {}, typed([{ InstanceRequirements: requirements }]), []],
    ["root volumes of a group without a policy", { strategy: "ReplaceRootVolume" }, {}, ["strategy"]],
    ["root volumes of a group with one", { strategy: "ReplaceRootVolume" }, typed([{ ImageId: "ami-1" }]), []],
    [
      "root volumes of a group with a warm pool",
      { strategy: "ReplaceRootVolume" },
      { ...typed([{ ImageId: "ami-1" }]), WarmPoolConfiguration: { MinSize: 1 } },
      ["strategy"],
    ],
    [
      "root volumes of a version that is left to the service",
      {
        strategy: "ReplaceRootVolume",
        desiredConfiguration: {
          mixedInstancesPolicy: {
            launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1", version: "$Latest" } },
          },
        },
      },
      typed([{ ImageId: "ami-1" }]),
      ["strategy"],
    ],
  ])("%s", async (_, args, fields, expected) => expect(await properties(args, fields)).toEqual(expected));

  test("an image that is a parameter, where EC2 may be asked", async () => {
    const version = (imageId: string) =>
      `<DescribeLaunchTemplateVersionsResponse><launchTemplateVersionSet><item><launchTemplateData><imageId>${imageId}</imageId></launchTemplateData></item></launchTemplateVersionSet></DescribeLaunchTemplateVersionsResponse>`;
    others.DescribeLaunchTemplateVersions = version("resolve:ssm:/images/web");
    const [failure] = (await look(rollback))?.obstacles ?? [];
    expect(failure).toMatchObject({ property: "preferences.autoRollback" });
    expect(failure?.reason).toMatch(/parameter of Systems Manager.*save a version with an image id/);
    expect(server.requests).toContainEqual(
      expect.objectContaining({ service: "ec2", LaunchTemplateId: "lt-1", "LaunchTemplateVersion.1": "6" }),
    );
    others.DescribeLaunchTemplateVersions = version("ami-1");
    expect(await properties(rollback)).toEqual([]);
  });

  test("alarms that would refuse the start, where CloudWatch may be asked", async () => {
    const alarm = (name: string, state: string) =>
      `<member><AlarmName>${name}</AlarmName><StateValue>${state}</StateValue></member>`;
    others.DescribeAlarms = `<MetricAlarms>${alarm("calm", "OK")}${alarm("loud", "ALARM")}</MetricAlarms><CompositeAlarms>${alarm("new", "INSUFFICIENT_DATA")}</CompositeAlarms>`;
    const args = { preferences: { alarmSpecification: { alarms: ["calm", "loud", "new", "gone"] } } };
    const failures = (await look(args))?.obstacles ?? [];
    expect(failures.map(({ property }) => property)).toEqual(
      [1, 2, 3].map((index) => `preferences.alarmSpecification.alarms[${index}]`),
    );
    expect(failures.map(({ reason }) => reason).join("\n")).toMatch(
      /loud.*ALARM.*new.*INSUFFICIENT_DATA.*gone.*no such alarm/s,
    );
    expect(server.requests[0]).toMatchObject({ service: "monitoring", "AlarmNames.member.4": "gone" });
  });

  test("nothing is held against the arguments where the other services refuse to tell", async () => {
    expect(
      await properties({ ...rollback, preferences: { autoRollback: true, alarmSpecification: { alarms: ["a"] } } }),
    ).toEqual([]);
    // The saved template, the desired one, and the alarm.
    expect(server.requests).toHaveLength(3);
  });

  test("a version of a launch template that does not exist, where EC2 says so", async () => {
    others.DescribeLaunchTemplateVersions =
      "<Response><Errors><Error><Code>InvalidLaunchTemplateId.VersionNotFound</Code><Message>No.</Message></Error></Errors></Response>";
    const [failure] = (await look({ desiredConfiguration }))?.obstacles ?? [];
    expect(failure).toMatchObject({ property: "desiredConfiguration.launchTemplate" });
    expect(failure?.reason).toMatch(/names version `7` of launch template lt-1, which does not exist/);
  });

  test("a process of the group that is suspended and is needed", async () => {
    const suspended = (...names: string[]) => ({ SuspendedProcesses: names.map((ProcessName) => ({ ProcessName })) });
    expect(await properties({}, suspended("Launch", "AZRebalance"))).toEqual(["autoscalingGroupName"]);
    expect(await properties({}, suspended("AZRebalance", "ScheduledActions"))).toEqual([]);
  });

  test("skip matching on a group with a launch configuration", async () => {
    const fields = { LaunchTemplate: undefined, LaunchConfigurationName: "web-1" };
    expect(await properties({ preferences: { skipMatching: true } }, fields)).toEqual(["preferences.skipMatching"]);
  });

  test("the other services are not asked without need", async () => {
    await look({});
    expect(server.requests).toEqual([]);
  });
});

describe("what is legal and rarely meant is warned of", () => {
  const warned = async (args: object, fields?: Partial<AutoScalingGroup>) =>
    ((await look(args, fields))?.warnings ?? []).join("\n");

  test("a version that is left to the service", async () => {
    for (const version of ["$Latest", "$Default", undefined])
      expect(await warned({ desiredConfiguration: { launchTemplate: { id: "lt-1", version } } })).toMatch(
        /will not be a change of this program.*Give the number/,
      );
    expect(await warned({ desiredConfiguration })).toBe("");
  });

  test("a rollback that can only return to what is rolled out", async () => {
    const saved = { launchTemplate: { id: "lt-1", version: "6" } };
    const args = { desiredConfiguration: saved, preferences: { autoRollback: true }, onTimeout: "rollback" };
    expect(await warned(args)).toMatch(
      /saved already, so that `preferences.autoRollback` and `onTimeout` can only return to the same.*ignoreChanges/,
    );
    expect(await warned({ ...args, desiredConfiguration })).toBe("");
  });

  test("a launch template that takes the place of a mixed instances policy", async () => {
    const fields = {
      LaunchTemplate: undefined,
      MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ InstanceType: "m5.large" }] } },
    };
    expect(await warned({ desiredConfiguration }, fields)).toMatch(/replaces it: instance types and Spot settings/);
  });
});

test.each(["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_AUTO_SCALING"])(
  "the account is asked at the address of %s",
  async (variable) => {
    others.GetCallerIdentity = "<Account>1</Account>";
    expect(await servicesOf(client, {}, { ask: askingOf(client, {}, { [variable]: server.url }) }).account()).toBe("1");
  },
);

test("without an address of one's own, the other services are at the vendor's, in the partition of the region", () => {
  const chinese = fakeClient("autoscaling.cn-north-1.amazonaws.com.cn");
  expect(addressOf("sts", chinese, {}, {}).href).toBe("https://sts.cn-north-1.amazonaws.com.cn/");
  expect(addressOf("cloudwatch", client, {}, {}).href).toBe("https://monitoring.eu-west-1.amazonaws.com/");
});

test("the account is asked of STS when no group tells it", async () => {
  others.GetCallerIdentity = "<Account>000123456789</Account>";
  expect(await apiOver(client, { endpoint: server.url }).account()).toBe("000123456789");
});

describe("whether the group runs what is desired", () => {
  const policy = (version: string) => ({
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: "lt-1", version },
      overrides: [{ instanceType: "m5.large", weightedCapacity: 2 }],
    },
  });
  const saved: Partial<AutoScalingGroup> = {
    LaunchTemplate: undefined,
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", LaunchTemplateName: "web", Version: "6" },
        Overrides: [{ InstanceType: "m5.large", WeightedCapacity: "2" }],
      },
      InstancesDistribution: { OnDemandBaseCapacity: 0, SpotInstancePools: 2 },
    },
  };

  test.each<[string, object, Partial<AutoScalingGroup>, boolean]>([
    ["the same template by id", { launchTemplate: { id: "lt-1", version: "6" } }, {}, true],
    ["the same template by name", { launchTemplate: { name: "web", version: 6 } }, {}, true],
    ["another version", desiredConfiguration, {}, false],
    ["another template", { launchTemplate: { name: "api", version: "6" } }, {}, false],
    ["a policy, of a group without one", { mixedInstancesPolicy: policy("6") }, {}, false],
    ["the same policy", { mixedInstancesPolicy: policy("6") }, saved, true],
    ["another version in the policy", { mixedInstancesPolicy: policy("7") }, saved, false],
  ])("%s", async (_, desired, fields, expected) => {
    const group = await look({ desiredConfiguration: desired }, fields);
    expect(await group?.runsDesired()).toBe(expected);
  });
});
