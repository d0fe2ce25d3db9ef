/** A client of the SDK that answers from memory, for what the API above it does with the answers. */
import type { AutoScalingGroup, InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AutoScalingClient } from "../../../src/clouds/autoscaling/requests";
import { CloudClock } from "../../../src/clouds/common/cloudClock";
import { CloudError } from "../../../src/core/cloud";

export const refreshId = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;

export interface FakeClient extends AutoScalingClient {
  /** Every call, such as `["CancelInstanceRefresh", {…}]`. */
  readonly calls: [operation: string, request: object][];
  groups: AutoScalingGroup[];
  /** The newest first. */
  refreshes: InstanceRefresh[];
  /** Thrown by the next call of the operation. */
  readonly faults: Map<string, Error>;
  /** How many refreshes a page of Describe holds. */
  pageSize: number;
}

const $metadata = {};

export function fakeClient(hostname = "autoscaling.eu-west-1.amazonaws.com"): FakeClient {
  const client: FakeClient = {
    region: "eu-west-1",
    hostname,
    clock: new CloudClock(),
    handler: new NodeHttpHandler(),
    calls: [],
    groups: [],
    refreshes: [],
    faults: new Map(),
    pageSize: 100,
    credentials: async () => ({ accessKeyId: "key", secretAccessKey: "secret" }),
    startInstanceRefresh: async (request) => {
      record("StartInstanceRefresh", request);
      return { $metadata, InstanceRefreshId: refreshId(9) };
    },
    cancelInstanceRefresh: async (request) => {
      record("CancelInstanceRefresh", request);
      return { $metadata, InstanceRefreshId: running()?.InstanceRefreshId };
    },
    rollbackInstanceRefresh: async (request) => {
      record("RollbackInstanceRefresh", request);
      return { $metadata, InstanceRefreshId: running()?.InstanceRefreshId };
    },
    describeInstanceRefreshes: async (request) => {
      record("DescribeInstanceRefreshes", request);
      const { InstanceRefreshIds: ids, NextToken = "0" } = request;
      const found = client.refreshes.filter(({ InstanceRefreshId = "" }) => !ids || ids.includes(InstanceRefreshId));
      const from = Number(NextToken);
      const end = from + client.pageSize;
      const more = end < found.length ? { NextToken: String(end) } : {};
      return { $metadata, InstanceRefreshes: found.slice(from, end), ...more };
    },
    describeAutoScalingGroups: async (request) => {
      record("DescribeAutoScalingGroups", request);
      const names = request.AutoScalingGroupNames ?? [];
      const groups = client.groups.filter(({ AutoScalingGroupName = "" }) => names.includes(AutoScalingGroupName));
      return { $metadata, AutoScalingGroups: groups };
    },
    address: "https://autoscaling.eu-west-1.amazonaws.com",
    describeLifecycleHooks: async () => ({ $metadata, LifecycleHooks: [] }),
    describeWarmPool: async () => ({ $metadata, Instances: [] }),
    describeScalingActivities: async () => ({ $metadata, Activities: [] }),
  };
  const running = () => client.refreshes.find(({ Status }) => Status === "InProgress");
  function record(operation: string, request: object) {
    client.calls.push([operation, request]);
    const fault = client.faults.get(operation);
    client.faults.delete(operation);
    if (fault) throw fault;
  }
  return client;
}

/** A refusal as the client throws it. */
export function refusal(operation: string, code: string, status: number): CloudError {
  return new CloudError({
    operation,
    code,
    kind: code === "Throttling" ? "throttled" : status >= 500 ? "passing" : "final",
    message: "No.",
  });
}

export function autoScalingGroup(fields: Partial<AutoScalingGroup> = {}): AutoScalingGroup {
  return {
    AutoScalingGroupName: "web",
    AutoScalingGroupARN: "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:u:autoScalingGroupName/web",
    MinSize: 0,
    MaxSize: 4,
    DesiredCapacity: 2,
    DefaultCooldown: 300,
    AvailabilityZones: ["eu-west-1a"],
    HealthCheckType: "EC2",
    CreatedTime: new Date(0),
    LaunchTemplate: { LaunchTemplateId: "lt-1", LaunchTemplateName: "web", Version: "6" },
    ...fields,
  };
}
