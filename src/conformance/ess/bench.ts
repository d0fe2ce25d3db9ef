/** Alibaba Cloud ESS: a group with three scaling configurations. */
import type { VendorAnswer, VendorCall } from "../../core/cloud";
import { type Bench, type Call, leftoverOf, prefixOf, TAG } from "../bench";
import { essPrices } from "../prices";
import type { Frame } from "../view";
import { scenarios } from "./scenarios";
import { texts } from "./texts";

const service = "ess";
const ended = /^(Successful|Failed|Cancelled|RollbackSuccessful|RollbackFailed)$/;

/** Turns the machine off when it boots: its health check finds it. */
const POWER_OFF = Buffer.from("#!/bin/sh\npoweroff\n").toString("base64");
/** Parameters of a scenario's group that begin so are of its configurations. */
const OF_CONFIGURATIONS = "Configuration.";

export const ess: Bench = {
  cloud: "ess",
  service,
  scenarios,
  machine: "ecs.t6-c1m1.large",
  prices: essPrices,
  creates: "scaling groups with their scaling configurations, and machines of ECS",
  needsSecurityGroup: true,
  settleSeconds: 60,
  texts,

  async setUp(call, scenario, run, { image, subnet, machine, securityGroup = "" }) {
    const name = `${prefixOf(run)}${scenario.name}`;
    const given = Object.entries(scenario.group ?? {});
    const ofConfigurations = given
      .filter(([key]) => key.startsWith(OF_CONFIGURATIONS))
      .map(([key, value]) => [key.slice(OF_CONFIGURATIONS.length), value.replaceAll("{machine}", machine)]);
    const make = async (operation: string, parameters: Record<string, string>) =>
      needed(operation, await call(asked(operation, parameters))).body as Members;
    const ofGroup = {
      ScalingGroupName: name,
      MinSize: "0",
      MaxSize: "4",
      DesiredCapacity: "2",
      "VSwitchIds.1": subnet,
      "Tags.1.Key": TAG,
      "Tags.1.Value": run,
      ...Object.fromEntries(given.filter(([key]) => !key.startsWith(OF_CONFIGURATIONS))),
    };
    const group = String((await make("CreateScalingGroup", ofGroup)).ScalingGroupId);
    const configuration = async (of: string, more: Record<string, string> = {}) => {
      const parameters = {
        ScalingGroupId: group,
        ScalingConfigurationName: `${name}-${of}`,
        ImageId: image,
        InstanceType: machine,
        SecurityGroupId: securityGroup,
        // Nothing is public.
        InternetMaxBandwidthOut: "0",
        Tags: JSON.stringify({ [TAG]: run }),
        ...Object.fromEntries(ofConfigurations),
        ...more,
      };
      return String((await make("CreateScalingConfiguration", parameters)).ScalingConfigurationId);
    };
    const first = await configuration("one");
    const second = await configuration("two");
    // The emulator goes by the name.
    const broken = await configuration("unhealthy", { UserData: POWER_OFF });
    await make("EnableScalingGroup", { ScalingGroupId: group, ActiveScalingConfigurationId: first });
    return { group, name, one: first, two: second, broken, machine, image, run, desired: ofGroup.DesiredCapacity };
  },

  poll: ({ group = "" }) => [
    asked("DescribeInstanceRefreshes", { ScalingGroupId: group }),
    asked("DescribeScalingInstances", { ScalingGroupId: group, PageSize: "50" }),
  ],

  review: ({ group = "" }) => [
    asked("DescribeScalingGroups", { "ScalingGroupIds.1": group }),
    asked("DescribeScalingActivities", { ScalingGroupId: group, PageSize: "50" }),
  ],

  frame(at, refreshes, instances): Frame {
    const [newest] = list(refreshes, "InstanceRefreshTasks");
    const total = Number(newest?.TotalNeedUpdateCapacity ?? 0);
    return {
      at,
      refresh: newest && {
        id: String(newest.InstanceRefreshTaskId),
        status: String(newest.Status),
        reason: newest.Detail as string | undefined,
        percent: total === 0 ? 0 : Math.round((Number(newest.FinishedUpdateCapacity) / total) * 100),
        ended: ended.test(String(newest.Status)),
        members: newest,
      },
      machines: list(instances, "ScalingInstances").map((machine) => {
        const state = String(machine.LifecycleState);
        return {
          id: String(machine.InstanceId),
          state,
          inService: state === "InService" || state === "Protected",
          leaving: state.startsWith("Removing"),
          version: String(machine.ScalingConfigurationId ?? "none"),
        };
      }),
    };
  },

  async leftovers(call) {
    const tagged = new Map<string, string>();
    for (let token = ""; ; ) {
      const answer = await call(
        asked("ListTagResources", {
          ResourceType: "scalinggroup",
          "Tags.1.Key": TAG,
          ...(token ? { NextToken: token } : {}),
        }),
      );
      const body = needed("ListTagResources", answer).body as Members;
      for (const { ResourceId, TagKey, TagValue } of list(body, "TagResources"))
        if (TagKey === TAG) tagged.set(String(ResourceId), String(TagValue));
      token = String(body.NextToken ?? "");
      if (!token) break;
    }
    const found = [];
    for (const [id, run] of tagged) {
      const answer = await call(asked("DescribeScalingGroups", { "ScalingGroupIds.1": id }));
      const [group] = list(needed("DescribeScalingGroups", answer).body, "ScalingGroups");
      found.push(leftoverOf("group", group?.ScalingGroupName, run, id));
    }
    return found.flatMap((each) => each ?? []);
  },

  async remove(call, { name }) {
    const group = { ScalingGroupId: name };
    const gone = await call(asked("DeleteScalingGroup", { ...group, ForceDelete: "true" }));
    if (gone.status < 400) return;
    // What may stand in the way; it is tried again after that.
    await call(asked("SetGroupDeletionProtection", { ...group, GroupDeletionProtection: "false" }));
    await cancelRefresh(call, group);
    await call(asked("DeleteScalingGroup", { ...group, ForceDelete: "true" }));
  },
};

async function cancelRefresh(call: Call, group: { readonly ScalingGroupId: string }): Promise<void> {
  const { body } = await call(asked("DescribeInstanceRefreshes", group));
  const [newest] = list(body, "InstanceRefreshTasks");
  if (!newest || ended.test(String(newest.Status))) return;
  const task = { InstanceRefreshTaskId: String(newest.InstanceRefreshTaskId) };
  await call(asked("CancelInstanceRefresh", { ...group, ...task }));
}

type Members = Readonly<Record<string, unknown>>;

function asked(operation: string, parameters: Record<string, string>): VendorCall {
  return { service, operation, parameters };
}

function list(body: unknown, name: string): Members[] {
  const found = (body as Members | undefined)?.[name];
  return Array.isArray(found) ? (found as Members[]) : [];
}

function needed(operation: string, answer: VendorAnswer): VendorAnswer {
  if (answer.status < 400) return answer;
  const { Code, Message } = answer.body as Members;
  throw new Error(`${operation} was refused: ${Message} (${Code})`);
}
