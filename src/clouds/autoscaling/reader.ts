/** What describes: the client, which looks groups up in batches, and for one preview asks for each fact once. */
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { ConnectionSettings } from "../../core/cloud";
import { once } from "../../core/once";
import { batchedLookup } from "../common/batchedLookup";
import type { AutoScalingClient } from "./requests";
import { type Ask, askingOf } from "./services/query";

/** Groups that one DescribeAutoScalingGroups takes, and that a page of its answer has. */
// fact: aws-describe-groups
const MOST_GROUPS = 50;

/** The most that a page has. Who asks for the refreshes of a group asks for so many, so that one answer serves all. */
export const PAGE_OF_REFRESHES = 100;

export interface AutoScalingReader extends AutoScalingClient {
  /** Undefined when there is no such group. */
  autoScalingGroup(name: string): Promise<AutoScalingGroup | undefined>;
  /** Asks another service. */
  readonly ask: Ask;
}

export function readerOf(client: AutoScalingClient, settings: ConnectionSettings): AutoScalingReader {
  const autoScalingGroup = batchedLookup((names) => groupsNamed(client, names), MOST_GROUPS);
  return { ...client, autoScalingGroup, ask: askingOf(client, settings) };
}

async function groupsNamed(client: AutoScalingClient, names: readonly string[]) {
  const found = new Map<string, AutoScalingGroup>();
  let NextToken: string | undefined;
  do {
    const request = { AutoScalingGroupNames: [...names], ...(NextToken ? { NextToken } : {}) };
    const answer = await client.describeAutoScalingGroups(request);
    for (const group of answer.AutoScalingGroups ?? []) found.set(group.AutoScalingGroupName ?? "", group);
    ({ NextToken } = answer);
  } while (NextToken && found.size < names.length);
  return found;
}

export function readingOnce(reader: AutoScalingReader): AutoScalingReader {
  const refreshes = once(reader.describeInstanceRefreshes);
  return {
    ...reader,
    autoScalingGroup: once(reader.autoScalingGroup),
    // What can be stopped is not shared.
    describeInstanceRefreshes: (request, signal) =>
      signal ? reader.describeInstanceRefreshes(request, signal) : refreshes(request),
    describeScalingActivities: once(reader.describeScalingActivities),
    describeLifecycleHooks: once(reader.describeLifecycleHooks),
    describeWarmPool: once(reader.describeWarmPool),
    ask: once(reader.ask),
  };
}
