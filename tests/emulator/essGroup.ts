import type { Emulator } from "../../src/emulator";
import { type Answer, type Call, essClient } from "./essClient";

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A group of ten that is in service since a minute. */
export async function essGroup(emulator: Emulator, call: Call = essClient(emulator), group: Answer = {}) {
  const { ScalingGroupId } = await call("CreateScalingGroup", {
    MinSize: 0,
    MaxSize: 20,
    DesiredCapacity: 10,
    ...group,
  });
  const { ScalingConfigurationId } = await call("CreateScalingConfiguration", {
    ScalingGroupId,
    ImageId: "m-1",
    InstanceType: "ecs.g7.large",
  });
  await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
  emulator.clock.advance(minute);
  return new EssGroup(emulator, call, ScalingGroupId as string, ScalingConfigurationId as string);
}

/** The little that tests ask of a group, in the vendor's words. */
export class EssGroup {
  constructor(
    readonly emulator: Emulator,
    readonly call: Call,
    readonly id: string,
    readonly configurationId: string,
  ) {}

  async start(request: Answer = { DesiredConfiguration: { ImageId: "m-2" } }): Promise<string> {
    const answer = await this.call("StartInstanceRefresh", { ScalingGroupId: this.id, ...request });
    return answer.InstanceRefreshTaskId as string;
  }

  on(operation: "Cancel" | "Rollback" | "Suspend" | "Resume", task: string): Promise<Answer> {
    return this.call(`${operation}InstanceRefresh`, { ScalingGroupId: this.id, InstanceRefreshTaskId: task });
  }

  async tasks(): Promise<Answer[]> {
    const { InstanceRefreshTasks } = await this.call("DescribeInstanceRefreshes", { ScalingGroupId: this.id });
    return InstanceRefreshTasks as Answer[];
  }

  async task(): Promise<Answer> {
    return (await this.tasks())[0] ?? {};
  }

  async describe(): Promise<Answer> {
    const { ScalingGroups } = await this.call("DescribeScalingGroups", { ScalingGroupIds: [this.id] });
    return (ScalingGroups as Answer[])[0] ?? {};
  }

  async instances(filter: Answer = {}): Promise<Answer[]> {
    const request = { ScalingGroupId: this.id, PageSize: 50, ...filter };
    return (await this.call("DescribeScalingInstances", request)).ScalingInstances as Answer[];
  }

  /** Advances until the status is another, and answers which; gives up after a month. */
  async nextStatus(): Promise<string> {
    const { Status } = await this.task();
    for (let waited = 0; waited < 30 * day; waited += 5 * second) {
      this.emulator.clock.advance(5 * second);
      const now = this.emulator.world(this.emulator.region).groups.get(`ess/${this.id}`)?.refreshes.at(-1)?.status;
      if (now !== Status) return now as string;
    }
    throw new Error(`It stays ${Status}.`);
  }
}
