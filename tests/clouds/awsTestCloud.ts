import aws4 from "aws4";
import { XMLParser } from "fast-xml-parser";
import { autoscaling } from "../../src/clouds/autoscaling/module";
import type { Emulator } from "../../src/emulator";
import type { TestCloud } from "./testCloud";

const REGION = "eu-west-1";

interface Group {
  LaunchTemplate: { LaunchTemplateName: string; Version: string };
  Instances: { InstanceId: string; LifecycleState: string; HealthStatus: string }[];
}

const LISTS = new Set(["InstanceRefreshes.member", "AutoScalingGroups.member", "Instances.member"]);
const xml = new XMLParser({ isArray: (_name, path) => [...LISTS].some((list) => String(path).endsWith(list)) });

/** EC2 Auto Scaling in the emulator, called as the service's documents say and not through this package. */
export function awsTestCloud(emulator: Emulator): TestCloud {
  const credentials = { accessKeyId: emulator.accessKeyId, secretAccessKey: emulator.secretAccessKey };

  async function call(
    service: "autoscaling" | "ec2" | "monitoring",
    version: string,
    action: string,
    parameters: Record<string, string> = {},
  ) {
    const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
    const { host } = new URL(emulator.url);
    const headers = { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" };
    const signed = aws4.sign({ service, region: REGION, host, method: "POST", path: "/", headers, body }, credentials);
    const answer = await fetch(emulator.url, {
      method: "POST",
      headers: signed.headers as Record<string, string>,
      body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${action}: ${text}`);
    return xml.parse(text)[`${action}Response`];
  }
  const autoScaling = (action: string, parameters: Record<string, string>) =>
    call("autoscaling", "2011-01-01", action, parameters);
  const ec2 = (action: string, parameters: Record<string, string>) => call("ec2", "2016-11-15", action, parameters);

  const cloudWatch = (action: string, parameters: Record<string, string>) =>
    call("monitoring", "2010-08-01", action, parameters);

  async function describe(group: string): Promise<Group> {
    const { DescribeAutoScalingGroupsResult: result } = await autoScaling("DescribeAutoScalingGroups", {
      "AutoScalingGroupNames.member.1": group,
    });
    const found = result.AutoScalingGroups.member[0];
    return { ...found, Instances: found.Instances?.member ?? [] };
  }

  /** A version of the group's template for the image: made when there is none yet. */
  const versions = new Map<string, string>();
  async function versionOf(group: string, image: string): Promise<string> {
    const key = `${group}/${image}`;
    const known = versions.get(key);
    if (known) return known;
    const made = await ec2("CreateLaunchTemplateVersion", {
      LaunchTemplateName: group,
      "LaunchTemplateData.ImageId": `ami-${image}`,
    });
    const version = String(made.launchTemplateVersion.versionNumber);
    versions.set(key, version);
    return version;
  }
  const template = (group: string, version: string) => ({
    desiredConfiguration: { launchTemplate: { name: group, version } },
  });

  return {
    cloud: autoscaling,
    settings: { region: REGION, endpoint: emulator.url, credentials },
    service: "autoscaling",
    call(operation, parameters) {
      const service = /Alarm/.test(operation) ? cloudWatch : /LaunchTemplate/.test(operation) ? ec2 : autoScaling;
      return service(operation, parameters as Record<string, string>);
    },
    async createGroup(instances) {
      const group = `web-${versions.size}`;
      await ec2("CreateLaunchTemplate", {
        LaunchTemplateName: group,
        "LaunchTemplateData.ImageId": "ami-first",
        "LaunchTemplateData.InstanceType": "m7.large",
      });
      versions.set(`${group}/first`, "1");
      await autoScaling("CreateAutoScalingGroup", {
        AutoScalingGroupName: group,
        MinSize: "0",
        MaxSize: String(instances * 3),
        DesiredCapacity: String(instances),
        "LaunchTemplate.LaunchTemplateName": group,
        "LaunchTemplate.Version": "1",
        "AvailabilityZones.member.1": `${REGION}a`,
      });
      emulator.clock.advance(3_600_000);
      return group;
    },
    async argumentsFor(group, image) {
      return { autoscalingGroupName: group, ...template(group, await versionOf(group, image)) };
    },
    async vagueArgumentsFor(group, image) {
      await versionOf(group, image);
      return { autoscalingGroupName: group, ...template(group, "$Latest") };
    },
    async startElsewhere(group, image, preferences = {}) {
      const started = await autoScaling("StartInstanceRefresh", {
        AutoScalingGroupName: group,
        "DesiredConfiguration.LaunchTemplate.LaunchTemplateName": group,
        "DesiredConfiguration.LaunchTemplate.Version": await versionOf(group, image),
        ...(preferences as Record<string, string>),
      });
      return `${group}/${started.StartInstanceRefreshResult.InstanceRefreshId}`;
    },
    cancelElsewhere: async (group) =>
      void (await autoScaling("CancelInstanceRefresh", { AutoScalingGroupName: group })),
    rollbackElsewhere: async (group) =>
      void (await autoScaling("RollbackInstanceRefresh", { AutoScalingGroupName: group })),
    pass: async (milliseconds) => emulator.clock.advance(milliseconds),
    async deleteGroup(group) {
      await autoScaling("DeleteAutoScalingGroup", { AutoScalingGroupName: group, ForceDelete: "true" });
      // Its instances end first.
      emulator.clock.advance(60_000);
    },
    async refreshes(group) {
      const { DescribeInstanceRefreshesResult: result } = await autoScaling("DescribeInstanceRefreshes", {
        AutoScalingGroupName: group,
      });
      const members: { InstanceRefreshId: string; Status: string; StatusReason?: string }[] =
        result.InstanceRefreshes?.member ?? [];
      return members.map(({ InstanceRefreshId, Status, StatusReason }) => ({
        id: `${group}/${InstanceRefreshId}`,
        status: Status,
        reason: StatusReason,
      }));
    },
    instances: async (group) => (await describe(group)).Instances.map(({ InstanceId }) => InstanceId).sort(),
    inService: async (group) =>
      (await describe(group)).Instances.filter(
        ({ LifecycleState, HealthStatus }) => LifecycleState === "InService" && HealthStatus === "Healthy",
      ).length,
    async launches(group) {
      const { LaunchTemplate } = await describe(group);
      return `${LaunchTemplate.LaunchTemplateName} version ${LaunchTemplate.Version}`;
    },
  };
}
