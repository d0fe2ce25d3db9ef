import type { CloudKey } from "../../src/clouds";
import type { Arguments, ConnectionSettings } from "../../src/core/cloud";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator";

/** A group of ten in each cloud, on an emulator whose time stands still until it is advanced. */
export async function emulatedGroups(options: EmulatorOptions = {}): Promise<Emulator> {
  return createEmulator({
    speed: 0,
    region: "cn-hangzhou",
    startTime: Date.UTC(2026, 0, 1),
    groups: [
      {
        service: "ess",
        ScalingGroupId: "asg-web",
        DesiredCapacity: 10,
        ScalingConfiguration: { ScalingConfigurationId: "asc-1", ImageId: "m-1", InstanceType: "ecs.g7.large" },
      },
      {
        service: "autoscaling",
        AutoScalingGroupName: "web",
        MinSize: 0,
        MaxSize: 20,
        DesiredCapacity: 10,
        DefaultInstanceWarmup: 30,
        LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
        LaunchTemplateVersions: [
          { ImageId: "ami-1", InstanceType: "m5.large" },
          { ImageId: "ami-2", InstanceType: "m5.large" },
        ],
      },
    ],
    ...options,
  });
}

/** How a client reaches the emulator. */
export function settingsFor({ url, region, accessKeyId, secretAccessKey }: Emulator): ConnectionSettings {
  return { region, endpoint: url, credentials: { accessKeyId, secretAccessKey } };
}

/** A refresh to something new, in both clouds. */
export const newVersions: Readonly<Record<CloudKey, Arguments>> = {
  ess: {
    skipMatching: false,
    scalingGroupId: "asg-web",
    desiredConfigurationImageId: "m-2",
    minHealthyPercentage: 80,
    maxHealthyPercentage: 100,
  },
  autoscaling: {
    autoscalingGroupName: "web",
    desiredConfiguration: { launchTemplate: { name: "web", version: "2" } },
    preferences: { minHealthyPercentage: 80, maxHealthyPercentage: 100 },
  },
};
