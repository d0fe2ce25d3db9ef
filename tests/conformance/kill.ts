/** Plays a scenario that is killed at one of its calls, and says what of it is left in the emulated cloud. */
import type { Bench } from "../../src/conformance/bench";
import { leftoversOf, removeAll } from "../../src/conformance/cleanUp";
import { type Player, play } from "../../src/conformance/play";
import { playerOn } from "../../src/conformance/replay";
import type { Scenario } from "../../src/conformance/scenario";
import { createEmulator, type Emulator } from "../../src/emulator";
import { awsRegion } from "../../src/emulator/aws/region";

const TAG = "instance-refresh-conformance";

/** With groups that have nothing to do with the kit, though they look like its own. */
export async function emulatorWithForeignGroups(): Promise<Emulator> {
  const auto = (AutoScalingGroupName: string, Tags: { Key: string; Value: string }[]) => ({
    service: "autoscaling" as const,
    AutoScalingGroupName,
    MinSize: 0,
    MaxSize: 1,
    ...(Tags.length > 0 ? { Tags } : {}),
    LaunchTemplate: { LaunchTemplateName: AutoScalingGroupName },
    LaunchTemplateVersions: [{ ImageId: "ami-1" }],
  });
  const scaling = (ScalingGroupId: string, ScalingGroupName: string, Tags: { Key: string; Value: string }[]) => ({
    service: "ess" as const,
    ScalingGroupId,
    ScalingGroupName,
    DesiredCapacity: 1,
    Tags,
    ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
  });
  return createEmulator({
    speed: 0,
    region: "eu-west-1",
    startTime: Date.UTC(2026, 0, 1),
    groups: [
      // The name without the tag, another tag, another value of the tag.
      auto("conformance-emulated-plain-2", []),
      auto("conformance-emulated", [{ Key: `${TAG}-2`, Value: "emulated" }]),
      auto("web", [{ Key: TAG, Value: "emulated" }]),
      scaling("asg-web", "web", [{ Key: TAG, Value: "emulated" }]),
      scaling("asg-other", "conformance-emulated-plain-2", [{ Key: `${TAG}-2`, Value: "emulated" }]),
    ],
  });
}

/** Everything in the region, by its kind and name. */
export function everything(emulator: Emulator): string[] {
  const world = emulator.world(emulator.region);
  const { launchTemplates, alarms } = awsRegion(world);
  const own = launchTemplates.all().map(({ name }) => `template/${name}`);
  return [...world.groups.keys(), ...own, ...[...alarms.keys()].map((name) => `alarm/${name}`)].sort();
}

class Killed extends Error {}

/** @returns how many calls it made; undefined when it ended before it could be killed */
export async function playUntil(emulator: Emulator, bench: Bench, scenario: Scenario, calls: number): Promise<boolean> {
  const player = await playerOn(emulator, bench);
  let left = calls;
  const api: Player["api"] = {
    ...player.api,
    async call(call) {
      if (left < 0) throw new Killed("the process is gone");
      left--;
      // Every other one is killed after the service has acted.
      if (left >= 0 || calls % 2 === 1) {
        const answer = await player.api.call(call);
        if (left >= 0) return answer;
      }
      throw new Killed("the process is gone");
    },
  };
  try {
    await play({ ...player, api }, scenario);
    // The clean-up swallows what it meets.
    return left >= 0;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

/** As the next run or `conformance clean` does, in another process. */
export async function cleanUp(emulator: Emulator, bench: Bench): Promise<number> {
  const player = await playerOn(emulator, bench);
  const found = await leftoversOf(player);
  await removeAll(player);
  return found.length;
}
