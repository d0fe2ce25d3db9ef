/** The demo's scaling group, as anybody would see it through the API of ESS. */
import Core, { $OpenApiUtil, OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";

interface Task {
  InstanceRefreshTaskId: string;
  Status: string;
  Detail?: string;
  FinishedUpdateCapacity: number;
  TotalNeedUpdateCapacity: number;
}

interface Instance {
  InstanceId: string;
  LifecycleState: string;
  HealthStatus: string;
}

export interface Access {
  url: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** How often the capacity is looked at while a refresh runs, in milliseconds. */
const LOOK_EVERY_MS = 100;

export class EssGroup {
  #core: Core;
  id = "";

  private constructor(
    access: Access,
    readonly region: string,
  ) {
    const endpoint = new URL(access.url).host;
    const { accessKeyId, secretAccessKey: accessKeySecret } = access;
    this.#core = new Core(
      new $OpenApiUtil.Config({ endpoint, protocol: "HTTP", regionId: region, accessKeyId, accessKeySecret }),
    );
  }

  /** Creates a group with running instances of an image. */
  static async create(access: Access, region: string, instances: number, imageId: string): Promise<EssGroup> {
    const group = new EssGroup(access, region);
    const size = { MinSize: 0, MaxSize: 2 * instances, DesiredCapacity: instances };
    const { ScalingGroupId } = await group.call<{ ScalingGroupId: string }>("CreateScalingGroup", {
      ScalingGroupName: "web",
      MultiAZPolicy: "PRIORITY",
      ...size,
    });
    group.id = ScalingGroupId;
    const configuration = { ScalingGroupId, ImageId: imageId, InstanceType: "ecs.g7.large" };
    const { ScalingConfigurationId } = await group.call<{ ScalingConfigurationId: string }>(
      "CreateScalingConfiguration",
      configuration,
    );
    await group.call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
    while ((await group.inService()) < instances) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    return group;
  }

  /** Its refreshes, the newest first. */
  async refreshes(): Promise<Task[]> {
    const { InstanceRefreshTasks } = await this.call<{ InstanceRefreshTasks: Task[] }>("DescribeInstanceRefreshes", {
      ScalingGroupId: this.id,
    });
    return InstanceRefreshTasks;
  }

  async newest(): Promise<Task> {
    const [task] = await this.refreshes();
    if (!task) throw new Error("the group has had no refresh");
    return task;
  }

  /** Starts a refresh as a colleague would, from outside Pulumi. */
  async start(imageId: string, preferences: Record<string, unknown>): Promise<string> {
    const request = { ScalingGroupId: this.id, DesiredConfiguration: { ImageId: imageId }, ...preferences };
    return (await this.call<Task>("StartInstanceRefresh", request)).InstanceRefreshTaskId;
  }

  async inService(): Promise<number> {
    return (await this.instances()).filter(
      (instance) => instance.LifecycleState === "InService" && instance.HealthStatus === "Healthy",
    ).length;
  }

  /** Ids of its instances, sorted: the same ones later mean that no machine was touched. */
  async instanceIds(): Promise<string[]> {
    return (await this.instances()).map(({ InstanceId }) => InstanceId).sort();
  }

  /** Image that the group launches from now. */
  async image(): Promise<string> {
    const { ScalingGroups } = await this.call<{ ScalingGroups: { ActiveScalingConfigurationId: string }[] }>(
      "DescribeScalingGroups",
      { ScalingGroupIds: [this.id] },
    );
    const { ScalingConfigurations } = await this.call<{ ScalingConfigurations: { ImageId: string }[] }>(
      "DescribeScalingConfigurations",
      {
        ScalingConfigurationIds: [ScalingGroups[0]?.ActiveScalingConfigurationId],
      },
    );
    return ScalingConfigurations[0]?.ImageId ?? "none";
  }

  /** Looks at the capacity until it is told to stop; then the lowest number of healthy instances that it saw. */
  watchCapacity(): { stop(): Promise<number> } {
    let lowest = Number.POSITIVE_INFINITY;
    let stopped = false;
    const watching = (async () => {
      while (!stopped) {
        lowest = Math.min(lowest, await this.inService());
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    })();
    return {
      async stop() {
        stopped = true;
        await watching;
        return lowest;
      },
    };
  }

  async instances(): Promise<Instance[]> {
    const { ScalingInstances } = await this.call<{ ScalingInstances: Instance[] }>("DescribeScalingInstances", {
      ScalingGroupId: this.id,
      PageSize: 50,
    });
    return ScalingInstances;
  }

  async call<Body>(action: string, request: Record<string, unknown>): Promise<Body> {
    const params = new $OpenApiUtil.Params({
      action,
      version: "2022-02-22",
      protocol: "HTTP",
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    const query = OpenApiUtil.query({ RegionId: this.region, ...request });
    const { body } = await this.#core.callApi(
      params,
      new $OpenApiUtil.OpenApiRequest({ query }),
      new RuntimeOptions({}),
    );
    return body as Body;
  }
}
