import * as pulumi from "@pulumi/pulumi";
import { definition as autoscaling } from "../../src/clouds/autoscaling/definition";
import { definition as ess } from "../../src/clouds/ess/definition";
import { checkArguments } from "../../src/core/definition/arguments";
import { inputsOf, registrationsOf } from "../constructs/mocked";

/** The programs that a user would start from, run against Pulumi's mocks with the real provider packages. */
const run = (program: string, config: Record<string, string>) => {
  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(config).map(([name, value]) => [`project:${name}`, value])),
  );
  return registrationsOf(() => {
    jest.isolateModules(() => require(`../../examples/${program}/index.ts`));
  });
};
const ignored = (registered: Awaited<ReturnType<typeof run>>, type: string) =>
  registered.find((each) => each.type === type)?.ignoreChanges;

test("on AWS, a refresh carries the number of the newest version, and the group keeps the one that it has saved", async () => {
  const registered = await run("aws", { imageId: "ami-1", subnetIds: '["subnet-1"]', alarms: '["errors"]' });
  const template = { id: "web-id", version: "1" };
  expect(inputsOf(registered, "aws:autoscaling/group:Group")).toMatchObject({ launchTemplate: template });
  expect(ignored(registered, "aws:autoscaling/group:Group")).toEqual(["launchTemplate"]);
  const refresh = inputsOf(registered, "pulumi-nodejs:dynamic/autoscaling:InstanceRefresh");
  expect(refresh).toMatchObject({
    autoscalingGroupName: "web",
    desiredConfiguration: { launchTemplate: template },
    preferences: { autoRollback: true, alarmSpecification: { alarms: ["errors"] } },
  });
  expect(checkArguments(autoscaling, refresh).failures).toEqual([]);
});

test("on Alibaba Cloud, a refresh carries the number of the newest version, and the group keeps the one that it has saved", async () => {
  const registered = await run("alicloud", { imageId: "m-1", vswitchIds: '["vsw-1"]', securityGroupId: "sg-1" });
  expect(inputsOf(registered, "alicloud:ess/scalingGroup:ScalingGroup")).toMatchObject({
    launchTemplateId: "web-id",
    launchTemplateVersion: "1",
    multiAzPolicy: "PRIORITY",
  });
  expect(ignored(registered, "alicloud:ess/scalingGroup:ScalingGroup")).toEqual([
    "launchTemplateId",
    "launchTemplateVersion",
  ]);
  const refresh = inputsOf(registered, "pulumi-nodejs:dynamic/ess:InstanceRefresh");
  expect(refresh).toMatchObject({
    scalingGroupId: "web-id",
    desiredConfigurationLaunchTemplateId: "web-id",
    desiredConfigurationLaunchTemplateVersion: "1",
    checkpoints: [{ percentage: 25 }, { percentage: 100 }],
  });
  expect(checkArguments(ess, refresh).failures).toEqual([]);
});
