import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  type InstanceRefresh,
  StartInstanceRefreshCommand,
  type StartInstanceRefreshCommandInput,
} from "@aws-sdk/client-auto-scaling";
import { sign } from "aws4";
import { XMLParser } from "fast-xml-parser";
import { createEmulator, type Emulator } from "../../../src/emulator";

export const region = "eu-west-1";

const xml = new XMLParser({ parseTagValue: false, isArray: (name) => name === "item" });

/** An emulator whose time stands still unless a test moves it, and the vendor's own client for it. */
export interface AwsEmulator {
  readonly emulator: Emulator;
  readonly client: AutoScalingClient;
  /** Asks EC2, for which the package has no SDK, with a signed form; answers what is within the Response element. */
  ec2(operation: string, parameters?: Record<string, string>): Promise<Record<string, unknown>>;
  /** Asks CloudWatch, for which the package has no SDK either; answers what is within the result element. */
  cloudWatch(operation: string, parameters?: Record<string, string>): Promise<Record<string, unknown>>;
  /** A template of the group's name with an image in each version. */
  createTemplate(name: string, ...images: string[]): Promise<string>;
  /** A group of version 1 of a template of the same name, whose instances are in service and warm. */
  createGroup(name: string, settings?: Partial<CreateAutoScalingGroupCommandInput>): Promise<void>;
  start(name: string, request?: Partial<StartInstanceRefreshCommandInput>): Promise<string>;
  /** The newest refresh of a group. */
  refresh(name: string): Promise<InstanceRefresh>;
  group(name: string): Promise<Awaited<ReturnType<typeof describeGroup>>>;
  advance(seconds: number): void;
  /** Moves time on, ten seconds at a time, until the newest refresh has the status. */
  until(name: string, status: string): Promise<InstanceRefresh>;
  close(): Promise<void>;
}

export async function startAwsEmulator(options: Parameters<typeof createEmulator>[0] = {}): Promise<AwsEmulator> {
  const emulator = await createEmulator({ speed: 0, region, ...options });
  const credentials = { accessKeyId: emulator.accessKeyId, secretAccessKey: emulator.secretAccessKey };
  const client = new AutoScalingClient({ region, endpoint: emulator.url, credentials, maxAttempts: 1 });

  // The model tells when the next call is worth its time: one call for every ten seconds would be thousands.
  const modelStatus = (name: string) =>
    emulator.world(region).groups.get(`autoscaling/${name}`)?.refreshes.at(-1)?.status;

  const aws: AwsEmulator = {
    emulator,
    client,
    ec2: async (operation, parameters = {}) => {
      const body = new URLSearchParams({ Action: operation, Version: "2016-11-15", ...parameters }).toString();
      const { host } = new URL(emulator.url);
      const { headers } = sign({ service: "ec2", region, host, method: "POST", path: "/", body }, credentials);
      const answer = await fetch(emulator.url, { method: "POST", body, headers: headers as Record<string, string> });
      const parsed = xml.parse(await answer.text());
      if (!answer.ok)
        throw new Error(parsed.Response.Errors.Error.Code, { cause: parsed.Response.Errors.Error.Message });
      return parsed[`${operation}Response`];
    },
    cloudWatch: async (operation, parameters = {}) => {
      const body = new URLSearchParams({ Action: operation, Version: "2010-08-01", ...parameters }).toString();
      const { host } = new URL(emulator.url);
      const { headers } = sign({ service: "monitoring", region, host, method: "POST", path: "/", body }, credentials);
      const answer = await fetch(emulator.url, { method: "POST", body, headers: headers as Record<string, string> });
      const parsed = xml.parse(await answer.text());
      if (!answer.ok) throw new Error(parsed.ErrorResponse.Error.Code);
      return parsed[`${operation}Response`][`${operation}Result`] ?? {};
    },
    createTemplate: async (name, ...images) => {
      for (const [index, image] of images.entries()) {
        const operation = index === 0 ? "CreateLaunchTemplate" : "CreateLaunchTemplateVersion";
        await aws.ec2(operation, {
          LaunchTemplateName: name,
          "LaunchTemplateData.ImageId": image,
          "LaunchTemplateData.InstanceType": "t3.micro",
        });
      }
      return name;
    },
    createGroup: async (name, settings = {}) => {
      await client.send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: name,
          MinSize: 0,
          MaxSize: 10,
          DesiredCapacity: 4,
          AvailabilityZones: [`${region}a`, `${region}b`],
          ...(!settings.MixedInstancesPolicy &&
            !settings.LaunchConfigurationName && { LaunchTemplate: { LaunchTemplateName: name, Version: "1" } }),
          ...settings,
        }),
      );
      aws.advance(3600);
    },
    start: async (name, request = {}) => {
      const answer = await client.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: name, ...request }));
      return answer.InstanceRefreshId ?? "";
    },
    refresh: async (name) => {
      const answer = await client.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name }));
      const newest = answer.InstanceRefreshes?.[0];
      if (!newest) throw new Error(`${name} has no refresh`);
      return newest;
    },
    group: (name) => describeGroup(client, name),
    advance: (seconds) => emulator.clock.advance(seconds * 1000),
    until: async (name, status) => {
      let last = await aws.refresh(name);
      for (let calls = 0; last.Status !== status; calls++) {
        if (calls === 2000) throw new Error(`${name} is ${last.Status} (${last.StatusReason}) and never ${status}`);
        const before = modelStatus(name);
        do aws.advance(10);
        while (modelStatus(name) === before && ++calls < 2000);
        last = await aws.refresh(name);
      }
      return last;
    },
    close: async () => {
      client.destroy();
      await emulator.close();
    },
  };
  return aws;
}

/** The desired configuration that is a version of a template. */
export const version = (name: string, version: string) => ({
  DesiredConfiguration: { LaunchTemplate: { LaunchTemplateName: name, Version: version } },
});

async function describeGroup(client: AutoScalingClient, name: string) {
  const answer = await client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }));
  const group = answer.AutoScalingGroups?.[0];
  if (!group) throw new Error(`There is no group ${name}`);
  return group;
}
