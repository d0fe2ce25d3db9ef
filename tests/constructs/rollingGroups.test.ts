import { autoscaling, ess } from "../../src/constructs";
import { inputsOf, registrationsOf } from "./mocked";

const REFRESH = {
  aws: "pulumi-nodejs:dynamic/autoscaling:InstanceRefresh",
  ess: "pulumi-nodejs:dynamic/ess:InstanceRefresh",
};
const GROUP = { aws: "aws:autoscaling/group:Group", ess: "alicloud:ess/scalingGroup:ScalingGroup" };
const TEMPLATE = {
  aws: "aws:ec2/launchTemplate:LaunchTemplate",
  ess: "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
};

describe("A group of EC2 Auto Scaling", () => {
  const launchTemplate = { imageId: "ami-1", instanceType: "t3.small" };
  const group = { minSize: 2, maxSize: 4, vpcZoneIdentifiers: ["subnet-1"] };

  test("is created on the first version of its template, by number", async () => {
    const registered = await registrationsOf(() => new autoscaling.RollingGroup("web", { launchTemplate, group }));
    expect(inputsOf(registered, TEMPLATE.aws)).toEqual(launchTemplate);
    expect(inputsOf(registered, GROUP.aws)).toEqual({ ...group, launchTemplate: { id: "web-id", version: "1" } });
  });

  test("is never moved to another version by an update of the group", async () => {
    const registered = await registrationsOf(() => new autoscaling.RollingGroup("web", { launchTemplate, group }));
    expect(registered.find(({ type }) => type === GROUP.aws)?.ignoreChanges).toEqual([
      "launchTemplate",
      "mixedInstancesPolicy",
    ]);
  });

  test("is brought to a version by a refresh that skips what runs it, and rolls itself back", async () => {
    const registered = await registrationsOf(() => new autoscaling.RollingGroup("web", { launchTemplate, group }));
    expect(inputsOf(registered, REFRESH.aws)).toEqual({
      autoscalingGroupName: "web",
      desiredConfiguration: { launchTemplate: { id: "web-id", version: "1" } },
      preferences: { skipMatching: true, autoRollback: true },
      connection: { region: "eu-west-1" },
    });
  });

  test("takes a mixed instances policy, which the group and the refresh are given alike", async () => {
    const instancesDistribution = { onDemandPercentageAboveBaseCapacity: 20 };
    const overrides = [{ instanceType: "t3.small" }, { instanceType: "t3a.small" }];
    const registered = await registrationsOf(
      () =>
        new autoscaling.RollingGroup("web", {
          launchTemplate,
          group,
          mixedInstancesPolicy: { instancesDistribution, overrides },
        }),
    );
    const mixedInstancesPolicy = {
      instancesDistribution,
      launchTemplate: { launchTemplateSpecification: { launchTemplateId: "web-id", version: "1" }, overrides },
    };
    expect(inputsOf(registered, GROUP.aws)).toEqual({ ...group, mixedInstancesPolicy });
    expect(inputsOf(registered, REFRESH.aws)).toMatchObject({ desiredConfiguration: { mixedInstancesPolicy } });
  });

  test("is refreshed as the program says, where it says something", async () => {
    const refresh = {
      preferences: { minHealthyPercentage: 90, autoRollback: false },
      waitForCompletion: false,
      connection: { profile: "stage" },
    };
    const registered = await registrationsOf(
      () => new autoscaling.RollingGroup("web", { launchTemplate, group, refresh }),
    );
    expect(inputsOf(registered, REFRESH.aws)).toMatchObject({
      ...refresh,
      preferences: { minHealthyPercentage: 90, autoRollback: false, skipMatching: true },
    });
  });

  test("has its underlying resources at hand, and each can be changed", async () => {
    let made: autoscaling.RollingGroup | undefined;
    const registered = await registrationsOf(() => {
      made = new autoscaling.RollingGroup("web", {
        launchTemplate,
        group,
        transform: {
          launchTemplate: (args) => {
            args.ebsOptimized = "true";
          },
          group: (args, opts) => {
            args.healthCheckType = "ELB";
            opts.ignoreChanges = [...(opts.ignoreChanges ?? []), "desiredCapacity"];
          },
          refresh: (args) => {
            args.onTimeout = "cancel";
          },
        },
      });
    });
    expect(inputsOf(registered, TEMPLATE.aws)).toMatchObject({ ebsOptimized: "true" });
    expect(inputsOf(registered, GROUP.aws)).toMatchObject({ healthCheckType: "ELB" });
    expect(registered.find(({ type }) => type === GROUP.aws)?.ignoreChanges).toContain("desiredCapacity");
    expect(inputsOf(registered, REFRESH.aws)).toMatchObject({ onTimeout: "cancel" });
    expect([made?.launchTemplate, made?.group, made?.refresh].map((each) => each?.constructor.name)).toEqual([
      "LaunchTemplate",
      "Group",
      "InstanceRefresh",
    ]);
  });
});

describe("A group of ESS", () => {
  const launchTemplate = { imageId: "m-1", instanceType: "ecs.g7.large" };
  const group = { minSize: 2, maxSize: 4, desiredCapacity: 3, vswitchIds: ["vsw-1"] };

  test("is created on the first version of its template, by number, and never moved by an update", async () => {
    const registered = await registrationsOf(() => new ess.RollingGroup("web", { launchTemplate, group }));
    expect(inputsOf(registered, TEMPLATE.ess)).toEqual(launchTemplate);
    expect(inputsOf(registered, GROUP.ess)).toEqual({
      ...group,
      launchTemplateId: "web-id",
      launchTemplateVersion: "1",
    });
    expect(registered.find(({ type }) => type === GROUP.ess)?.ignoreChanges).toEqual([
      "launchTemplateId",
      "launchTemplateVersion",
      "launchTemplateOverrides",
    ]);
  });

  test("is brought to a version by a refresh that is rolled back when its time is over", async () => {
    const registered = await registrationsOf(() => new ess.RollingGroup("web", { launchTemplate, group }));
    expect(inputsOf(registered, REFRESH.ess)).toEqual({
      scalingGroupId: "web-id",
      desiredConfigurationLaunchTemplateId: "web-id",
      desiredConfigurationLaunchTemplateVersion: "1",
      onTimeout: "rollback",
      triggers: { launchTemplate: expect.stringMatching(/^[\w-]{43}$/) },
    });
  });

  test("shows at preview that a refresh follows: what a version holds is a trigger", async () => {
    const triggersOf = async (args: object, order: "as it is" | "reversed" = "as it is") => {
      const entries = Object.entries({ ...launchTemplate, ...args });
      const given = Object.fromEntries(order === "reversed" ? entries.reverse() : entries);
      const registered = await registrationsOf(() => new ess.RollingGroup("web", { launchTemplate: given, group }));
      return inputsOf(registered, REFRESH.ess).triggers;
    };
    const before = await triggersOf({});
    expect(await triggersOf({}, "reversed")).toEqual(before);
    expect(await triggersOf({ updateDefaultVersionNumber: true })).toEqual(before);
    expect(await triggersOf({ userData: "bmV3" })).not.toEqual(before);
  });

  test("can be sent back to an older version by its number, with triggers of the program's own", async () => {
    const refresh = { desiredConfigurationLaunchTemplateVersion: "1", triggers: ["again"], checkpointPauseTime: 5 };
    const registered = await registrationsOf(() => new ess.RollingGroup("web", { launchTemplate, group, refresh }));
    expect(inputsOf(registered, REFRESH.ess)).toMatchObject({
      desiredConfigurationLaunchTemplateVersion: "1",
      checkpointPauseTime: 5,
      triggers: { launchTemplate: expect.any(String), given: ["again"] },
    });
  });

  test("gives instance types to the group and to the refresh", async () => {
    const launchTemplateOverrides = [{ instanceType: "ecs.g7.xlarge" }];
    const registered = await registrationsOf(
      () => new ess.RollingGroup("web", { launchTemplate, group, launchTemplateOverrides }),
    );
    expect(inputsOf(registered, GROUP.ess)).toMatchObject({ launchTemplateOverrides });
    expect(inputsOf(registered, REFRESH.ess)).toMatchObject({
      desiredConfigurationLaunchTemplateOverrides: launchTemplateOverrides,
    });
  });
});

test("A program of one cloud does without the other's package; what is missing is named when it is needed", async () => {
  jest.resetModules();
  jest.doMock("@pulumi/aws/ec2/launchTemplate", () => {
    throw Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
  });
  const registered = await registrationsOf(() => {
    const launchTemplate = {};
    const group = { minSize: 0, maxSize: 0 };
    expect(() => new autoscaling.RollingGroup("web", { launchTemplate, group })).toThrow(
      "autoscaling.RollingGroup needs the package @pulumi/aws: run `npm install @pulumi/aws`",
    );
    new ess.RollingGroup("web", { launchTemplate, group });
  });
  expect(registered.map(({ type }) => type)).toContain(GROUP.ess);
});
