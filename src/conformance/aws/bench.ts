/** AWS EC2 Auto Scaling: a launch template of three versions, a group, sometimes an alarm. */
import type { VendorAnswer, VendorCall } from "../../core/cloud";
import { type Bench, type Call, leftoverOf, prefixOf, TAG } from "../bench";
import { awsPrices } from "../prices";
import type { Frame } from "../view";
import { scenarios } from "./scenarios";
import { texts } from "./texts";

const service = "autoscaling";
const ended = /^(Successful|Failed|Cancelled|RollbackSuccessful|RollbackFailed)$/;

/** Turns the machine off when it boots: status checks find it. */
const POWER_OFF = Buffer.from("#!/bin/sh\npoweroff\n").toString("base64");

export const aws: Bench = {
  cloud: "aws",
  service,
  scenarios,
  machine: "t4g.nano",
  prices: awsPrices,
  creates: "Auto Scaling groups, launch templates, machines of EC2, and one alarm of CloudWatch",
  needsSecurityGroup: false,
  settleSeconds: 240,
  texts,

  async setUp(call, scenario, run, { image, subnet, machine, securityGroup }) {
    const group = `${prefixOf(run)}${scenario.name}`;
    const data = {
      "LaunchTemplateData.ImageId": image,
      "LaunchTemplateData.InstanceType": machine,
      // Nothing is public.
      "LaunchTemplateData.NetworkInterface.1.DeviceIndex": "0",
      "LaunchTemplateData.NetworkInterface.1.AssociatePublicIpAddress": "false",
      ...(securityGroup ? { "LaunchTemplateData.NetworkInterface.1.SecurityGroupId.1": securityGroup } : {}),
    };
    const make = async (operation: string, parameters: Record<string, string>, of = "ec2") =>
      needed(operation, await call({ service: of, operation, parameters }));
    await make("CreateLaunchTemplate", {
      LaunchTemplateName: group,
      "TagSpecification.1.ResourceType": "launch-template",
      "TagSpecification.1.Tag.1.Key": TAG,
      "TagSpecification.1.Tag.1.Value": run,
      ...data,
    });
    await make("CreateLaunchTemplateVersion", { LaunchTemplateName: group, VersionDescription: "second", ...data });
    await make("CreateLaunchTemplateVersion", {
      LaunchTemplateName: group,
      VersionDescription: "powers off",
      ...data,
      "LaunchTemplateData.UserData": POWER_OFF,
    });
    const names = { group, alarm: group, run };
    const usual: Record<string, string> = scenario.group?.[
      "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName"
    ]
      ? {}
      : { "LaunchTemplate.LaunchTemplateName": group, "LaunchTemplate.Version": "1" };
    const parameters: Record<string, string> = {
      AutoScalingGroupName: group,
      MinSize: "0",
      MaxSize: "4",
      DesiredCapacity: "2",
      HealthCheckGracePeriod: "60",
      VPCZoneIdentifier: subnet,
      "Tags.member.1.ResourceId": group,
      "Tags.member.1.ResourceType": "auto-scaling-group",
      "Tags.member.1.Key": TAG,
      "Tags.member.1.Value": run,
      "Tags.member.1.PropagateAtLaunch": "true",
      ...usual,
      ...scenario.group,
    };
    const filled = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        value.replaceAll("{group}", group).replaceAll("{machine}", machine),
      ]),
    );
    await make("CreateAutoScalingGroup", filled, service);
    return { ...names, machine, desired: filled.DesiredCapacity ?? "2" };
  },

  poll: ({ group = "" }) => [
    asked("DescribeInstanceRefreshes", { AutoScalingGroupName: group }),
    asked("DescribeAutoScalingGroups", { "AutoScalingGroupNames.member.1": group }),
  ],

  review: ({ group = "" }) => [asked("DescribeScalingActivities", { AutoScalingGroupName: group })],

  frame(at, refreshes, groups): Frame {
    const [newest] = list(refreshes, "InstanceRefreshes");
    const [group] = list(groups, "AutoScalingGroups");
    return {
      at,
      refresh: newest && {
        id: String(newest.InstanceRefreshId),
        status: String(newest.Status),
        reason: newest.StatusReason as string | undefined,
        percent: Number(newest.PercentageComplete ?? 0),
        ended: ended.test(String(newest.Status)),
        members: newest,
      },
      machines: list(group, "Instances").map((machine) => {
        const state = String(machine.LifecycleState);
        const template = (machine.LaunchTemplate ?? {}) as Record<string, unknown>;
        return {
          id: String(machine.InstanceId),
          state,
          inService: state === "InService",
          leaving: state.startsWith("Terminating"),
          version: String(template.Version ?? "none"),
        };
      }),
    };
  },

  async leftovers(call) {
    const groups = await paged(call, service, "DescribeAutoScalingGroups", "AutoScalingGroups", {
      "Filters.member.1.Name": "tag-key",
      "Filters.member.1.Values.member.1": TAG,
    });
    const templates = await paged(call, "ec2", "DescribeLaunchTemplates", "launchTemplates", {
      "Filter.1.Name": "tag-key",
      "Filter.1.Value.1": TAG,
    });
    const alarms = await paged(call, "monitoring", "DescribeAlarms", "MetricAlarms", {
      AlarmNamePrefix: "conformance-",
    });
    const found = [
      ...groups.map((each) =>
        leftoverOf("group", each.AutoScalingGroupName, runIn(list(each, "Tags"), "Key", "Value")),
      ),
      ...templates.map((each) =>
        leftoverOf("template", each.launchTemplateName, runIn(list(each, "tagSet"), "key", "value")),
      ),
    ];
    for (const alarm of alarms) {
      const parameters = { ResourceARN: String(alarm.AlarmArn) };
      const { body } = await call({ service: "monitoring", operation: "ListTagsForResource", parameters });
      found.push(leftoverOf("alarm", alarm.AlarmName, runIn(list(body, "Tags"), "Key", "Value")));
    }
    return found.flatMap((each) => each ?? []);
  },

  async remove(call, { kind, name }) {
    if (kind === "group")
      await call(asked("DeleteAutoScalingGroup", { AutoScalingGroupName: name, ForceDelete: "true" }));
    else if (kind === "template")
      await call({ service: "ec2", operation: "DeleteLaunchTemplate", parameters: { LaunchTemplateName: name } });
    else await call({ service: "monitoring", operation: "DeleteAlarms", parameters: { "AlarmNames.member.1": name } });
  },
};

function asked(operation: string, parameters: Record<string, string>): VendorCall {
  return { service, operation, parameters };
}

type Members = Readonly<Record<string, unknown>>;

/** A list of an answer; an empty one is an empty text in XML. */
function list(body: unknown, name: string): Members[] {
  const found = (body as Members | undefined)?.[name];
  return Array.isArray(found) ? (found as Members[]) : [];
}

async function paged(
  call: Call,
  of: string,
  operation: string,
  member: string,
  parameters: Record<string, string>,
): Promise<Members[]> {
  const found: Members[] = [];
  for (let token: unknown; ; ) {
    const next: Record<string, string> = typeof token === "string" && token !== "" ? { NextToken: token } : {};
    const answer = needed(operation, await call({ service: of, operation, parameters: { ...parameters, ...next } }));
    const body = answer.body as Members;
    found.push(...list(body, member));
    token = body.NextToken ?? body.nextToken;
    if (!token) return found;
  }
}

function runIn(tags: readonly Members[], key: string, value: string): unknown {
  return tags.find((tag) => tag[key] === TAG)?.[value];
}

function needed(operation: string, answer: VendorAnswer): VendorAnswer {
  if (answer.status < 400) return answer;
  const { Code, Message } = answer.body as Members;
  throw new Error(`${operation} was refused: ${Message} (${Code})`);
}
