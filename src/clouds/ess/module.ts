/** Alibaba Cloud ESS as the lifecycle sees it. The SDK is loaded with the first connection. */

import type { Arguments, CloudApi, CloudModule, Refresh, Stage } from "../../core/cloud";
import { issue, type ValidationIssue } from "../../core/definition/arguments";
import { CloudError } from "../../core/lifecycle/errors";
import { definition, type EssArguments, isFloatingVersion } from "./arguments";
import { regionOf } from "./endpoint";
import { NOTHING_TO_REFRESH, toCloudError } from "./errors";
import type { DesiredConfiguration, EssClient, InstanceRefreshTask, RefreshOptions, ScalingGroup } from "./requests";

/** Ids that one DescribeInstanceRefreshes takes. */
const BATCH = 20;
const PAGE = 50;
/** Enough for every task that a group can have had in the time that the cloud remembers. */
const MOST_PAGES = 20;

const STAGES: Readonly<Record<string, Stage>> = {
  Pending: "running",
  InProgress: "running",
  Paused: "running",
  CheckpointPause: "running",
  Cancelling: "cancelling",
  RollbackInProgress: "rollingBack",
  Successful: "successful",
  Failed: "failed",
  Cancelled: "cancelled",
  RollbackSuccessful: "rolledBack",
  RollbackFailed: "rollbackFailed",
};

const DEFAULT_PAUSE_MIN = 60;
const SERVICE_DEFAULTS: Arguments = {
  minHealthyPercentage: 80,
  maxHealthyPercentage: 120,
  skipMatching: true,
  checkpointPauseTime: DEFAULT_PAUSE_MIN,
};

export const ess: CloudModule = {
  name: "Alibaba Cloud ESS",
  definition: definition as unknown as CloudModule["definition"],
  groupArgument: "scalingGroupId",
  startOnDefault: "anyChange",
  idempotentStart: true,
  statuses: STAGES,
  idForms: "`ir-…`, `asg-…:ir-…` or `region/ir-…`",
  parseId(id) {
    const [, region, task] = /^(?:([a-z][a-z0-9-]+)\/)?(?:asg-[^:/]+:)?(ir-[^:/]+)$/.exec(id) ?? [];
    return task ? { id: task, ...(region ? { region } : {}) } : undefined;
  },
  isExplicit(args) {
    const { desiredConfigurationLaunchTemplateId: template, desiredConfigurationLaunchTemplateVersion: version } =
      args as EssArguments;
    if (template !== undefined) return version !== undefined && !isFloatingVersion(version);
    const { desiredConfigurationImageId, desiredConfigurationScalingConfigurationId, desiredConfigurationContainers } =
      args as EssArguments;
    return [
      desiredConfigurationImageId,
      desiredConfigurationScalingConfigurationId,
      desiredConfigurationContainers?.[0],
    ].some((each) => each !== undefined);
  },
  withoutServiceDefaults(echo) {
    return Object.fromEntries(Object.entries(echo).filter(([name, value]) => value !== SERVICE_DEFAULTS[name]));
  },
  homeOf: ({ regionId }) => (typeof regionId === "string" ? { region: regionId } : {}),
  async connect(settings) {
    const region = regionOf(settings);
    const key = JSON.stringify(["ess", region, { ...settings, credentials: settings.credentials?.accessKeyId }]);
    const known = connections.get(key);
    if (known) return known;
    const { createClient } = await import("./client.js");
    const api = apiOver(createClient(region, settings), region, key);
    connections.set(key, api);
    return api;
  },
};

/** One per region and credentials, so that all waits of a process share one rate and one batch. */
const connections = new Map<string, CloudApi>();

/**
 * The API over a client: this package's, or one of the vendor's package `@alicloud/ess20220222`.
 * @param key tells apart who shares a rate limit
 */
export function apiOver(client: EssClient, region: string, key = `ess/${region}`): CloudApi {
  async function call<T>(operation: string, action: () => Promise<{ body?: T }>): Promise<T> {
    try {
      const { body } = await action();
      if (!body) throw new SyntaxError("the answer is empty");
      return body;
    } catch (error) {
      throw toCloudError(operation, error);
    }
  }

  const describe = async (filter: { scalingGroupId?: string; instanceRefreshTaskIds?: string[] }) => {
    const tasks: InstanceRefreshTask[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const body = await call("DescribeInstanceRefreshes", () =>
        client.describeInstanceRefreshes({
          regionId: region,
          ...filter,
          maxResults: PAGE,
          ...(nextToken ? { nextToken } : {}),
        }),
      );
      if (!Array.isArray(body.instanceRefreshTasks))
        throw toCloudError("DescribeInstanceRefreshes", new SyntaxError("no list of tasks in the answer"));
      tasks.push(...body.instanceRefreshTasks);
      nextToken = body.nextToken || undefined;
      if (!nextToken) break;
    }
    return tasks.map((task) => refreshOf(task, region));
  };

  const task = (refresh: Refresh) => ({
    regionId: region,
    scalingGroupId: refresh.group,
    instanceRefreshTaskId: refresh.id,
  });

  return {
    region,
    account: async () => undefined,
    async group(args) {
      const { scalingGroupId } = args as EssArguments;
      const body = await call("DescribeScalingGroups", () =>
        client.describeScalingGroups({ regionId: region, scalingGroupIds: [scalingGroupId] }),
      );
      const group = body.scalingGroups?.find((each) => each.scalingGroupId === scalingGroupId);
      return (
        group && {
          obstacles: obstacles(group, args as EssArguments),
          runsDesired: () => runsDesired(group, args as EssArguments),
        }
      );
    },
    async refreshes(group) {
      const found = await describe({ scalingGroupId: group });
      return found.sort((a, b) => (b.startTime ?? "￿").localeCompare(a.startTime ?? "￿"));
    },
    source: {
      key,
      batch: BATCH,
      describe: async (ids) =>
        new Map((await describe({ instanceRefreshTaskIds: [...ids] })).map((refresh) => [refresh.id, refresh])),
      classify: (error) => (error instanceof CloudError ? error.kind : "final"),
    },
    async start(args, clientToken) {
      const request = {
        ...optionsOf(args as EssArguments),
        regionId: region,
        scalingGroupId: (args as EssArguments).scalingGroupId,
        clientToken,
      };
      try {
        const { instanceRefreshTaskId } = await call("StartInstanceRefresh", () =>
          client.startInstanceRefresh(request),
        );
        if (instanceRefreshTaskId) return instanceRefreshTaskId;
      } catch (error) {
        if (error instanceof CloudError && error.code === NOTHING_TO_REFRESH) return undefined;
        throw error;
      }
      throw toCloudError("StartInstanceRefresh", new SyntaxError("no id in the answer"));
    },
    cancel: async (refresh) =>
      void (await call("CancelInstanceRefresh", () => client.cancelInstanceRefresh(task(refresh)))),
    rollback: async (refresh) =>
      void (await call("RollbackInstanceRefresh", () => client.rollbackInstanceRefresh(task(refresh)))),
  };

  async function runsDesired(group: ScalingGroup, args: EssArguments): Promise<boolean> {
    if (args.desiredConfigurationScalingConfigurationId !== undefined) {
      return group.activeScalingConfigurationId === args.desiredConfigurationScalingConfigurationId;
    }
    if (args.desiredConfigurationLaunchTemplateId !== undefined) {
      const { desiredConfigurationLaunchTemplateId: id, desiredConfigurationLaunchTemplateVersion: version } = args;
      return group.launchTemplateId === id && group.launchTemplateVersion === version;
    }
    const active = group.activeScalingConfigurationId;
    if (args.desiredConfigurationImageId === undefined || active === undefined) return false;
    const { scalingConfigurations } = await call("DescribeScalingConfigurations", () =>
      client.describeScalingConfigurations({ regionId: region, scalingConfigurationIds: [active] }),
    );
    const configuration = scalingConfigurations?.find((each) => each.scalingConfigurationId === active);
    return configuration?.imageId === args.desiredConfigurationImageId;
  }
}

/** What the service would refuse, or could not do, on this group. */
function obstacles(group: ScalingGroup, args: EssArguments): ValidationIssue[] {
  const found: ValidationIssue[] = [];
  const id = args.scalingGroupId;
  if (group.multiAZPolicy !== undefined && group.multiAZPolicy.toUpperCase() !== "PRIORITY") {
    found.push(
      issue(
        "scalingGroupId",
        id,
        `the group's scaling policy is ${group.multiAZPolicy}; instance refreshes need a group with PRIORITY`,
      ),
    );
  }
  if (group.scalingPolicy === "recycle" || group.scalingPolicy === "forceRecycle") {
    found.push(
      issue(
        "scalingGroupId",
        id,
        `the group's reclaim mode is ${group.scalingPolicy}; instance refreshes need a group that releases instances`,
      ),
    );
  }
  if (args.desiredConfigurationImageId !== undefined && group.launchTemplateId) {
    found.push(
      issue(
        "desiredConfigurationImageId",
        args.desiredConfigurationImageId,
        "the group launches from a launch template: set `desiredConfigurationLaunchTemplateId` and its version instead",
      ),
    );
  }
  if (args.desiredConfigurationContainers !== undefined && group.groupType === "ECS") {
    found.push({
      property: "desiredConfigurationContainers",
      reason: "`desiredConfigurationContainers` is set, but the group is of type ECS; it needs one of type ECI",
    });
  }
  return found;
}

/** The arguments of the program as the request has them; nothing is filled in. */
function optionsOf(args: EssArguments): RefreshOptions {
  const desiredConfiguration = given<DesiredConfiguration>({
    imageId: args.desiredConfigurationImageId,
    scalingConfigurationId: args.desiredConfigurationScalingConfigurationId,
    launchTemplateId: args.desiredConfigurationLaunchTemplateId,
    launchTemplateVersion: args.desiredConfigurationLaunchTemplateVersion,
    launchTemplateOverrides: args.desiredConfigurationLaunchTemplateOverrides,
    containers: args.desiredConfigurationContainers,
  });
  const { minHealthyPercentage, maxHealthyPercentage, skipMatching, checkpoints, checkpointPauseTime } = args;
  return given({
    minHealthyPercentage,
    maxHealthyPercentage,
    skipMatching,
    checkpoints,
    checkpointPauseTime,
    desiredConfiguration,
  });
}

function refreshOf(task: InstanceRefreshTask, region: string): Refresh {
  const { desiredConfiguration: desired = {}, finishedUpdateCapacity: replaced, totalNeedUpdateCapacity: total } = task;
  const status = task.status ?? "";
  const stage = STAGES[status] ?? "unknown";
  const fraction =
    stage === "successful" ? 1 : replaced !== undefined && total ? Math.min(replaced / total, 1) : undefined;
  return given<Refresh>({
    id: task.instanceRefreshTaskId ?? "",
    group: task.scalingGroupId ?? "",
    status,
    stage,
    ended: stage !== "running" && stage !== "cancelling" && stage !== "rollingBack",
    fraction,
    pauseMilliseconds:
      status === "CheckpointPause" ? (task.checkpointPauseTime ?? DEFAULT_PAUSE_MIN) * 60_000 : undefined,
    reason: task.detail || undefined,
    replaced,
    total,
    startTime: task.startTime,
    arguments: given<Arguments>({
      scalingGroupId: task.scalingGroupId,
      desiredConfigurationImageId: desired.imageId,
      desiredConfigurationScalingConfigurationId: desired.scalingConfigurationId,
      desiredConfigurationLaunchTemplateId: desired.launchTemplateId,
      desiredConfigurationLaunchTemplateVersion: desired.launchTemplateVersion,
      desiredConfigurationLaunchTemplateOverrides: desired.launchTemplateOverrides,
      desiredConfigurationContainers: desired.containers,
      minHealthyPercentage: task.minHealthyPercentage,
      maxHealthyPercentage: task.maxHealthyPercentage,
      skipMatching: task.skipMatching,
      checkpoints: task.checkpoints,
      checkpointPauseTime: task.checkpointPauseTime,
    }),
    outputs: given<Arguments>({
      detail: task.detail,
      startTime: task.startTime,
      endTime: task.endTime,
      finishedUpdateCapacity: replaced,
      totalNeedUpdateCapacity: total,
      regionId: task.regionId ?? region,
    }),
  });
}

/** Less what is undefined, empty text, or an empty list: that is how the wire says that nothing was set. */
function given<Target extends object>(values: { [K in keyof Target]: Target[K] | undefined }): Target {
  const isSet = (value: unknown) =>
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isSet(value))) as Target;
}
