/** Checked by `npm run types`: objects of `aws.autoscaling.Group` are accepted as they are, and mistakes are not. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { InstanceRefreshArgs, InstanceRefreshState } from "../../src/pulumi/autoscaling/types";

type Group = aws.types.input.autoscaling.GroupMixedInstancesPolicy;
type Preferences = aws.types.input.autoscaling.GroupInstanceRefreshPreferences;

declare const group: aws.autoscaling.Group;
declare const template: aws.ec2.LaunchTemplate;
declare const policy: Group;
declare const preferences: Preferences;
declare const groupArgs: aws.autoscaling.GroupArgs;
declare const text: pulumi.Output<string>;

/** What is given to the group's constructor. */
export const asGiven: InstanceRefreshArgs[] = [
  { autoscalingGroupName: group.name, desiredConfiguration: { mixedInstancesPolicy: policy }, preferences },
  { autoscalingGroupName: text, desiredConfiguration: { launchTemplate: { id: template.id, version: "7" } } },
  {
    autoscalingGroupName: "web",
    desiredConfiguration: { launchTemplate: { name: text, version: template.latestVersion } },
  },
];

/** The same, wrapped in outputs and inputs, as a component passes it on. */
export const asPassedOn: InstanceRefreshArgs = {
  autoscalingGroupName: group.name,
  desiredConfiguration: {
    mixedInstancesPolicy: groupArgs.mixedInstancesPolicy,
    launchTemplate: groupArgs.launchTemplate,
  },
};
declare const wrapped: pulumi.Output<Preferences>;
declare const strategy: pulumi.Input<string>;
export const inOutputs: InstanceRefreshArgs = { autoscalingGroupName: "web", strategy, preferences: wrapped };

/** What the bridged provider lacks. */
export const more: InstanceRefreshArgs = {
  autoscalingGroupName: "web",
  strategy: "ReplaceRootVolume",
  desiredConfiguration: {
    mixedInstancesPolicy: {
      launchTemplate: {
        overrides: [
          { imageId: "ami-1", weightedCapacity: 2 },
          {
            instanceRequirements: {
              vcpuCount: { min: 1 },
              memoryMib: { min: 1 },
              baselinePerformanceFactors: { cpu: { references: [{ instanceFamily: "c6i" }] } },
            },
          },
        ],
      },
      instancesDistribution: { distributionSegments: [{ targetCapacityTypes: ["capacity-block"] }] },
    },
  },
  preferences: { bakeTime: 600, alarmSpecification: { alarms: ["errors"] } },
};

export const mistakes: InstanceRefreshArgs[] = [
  // @ts-expect-error the group is required
  {},
  // @ts-expect-error a policy of this library has no other words
  { autoscalingGroupName: "web", onTimeout: "ignore" },
  // @ts-expect-error there is no such preference
  { autoscalingGroupName: "web", preferences: { minHealthy: 90 } },
  // @ts-expect-error a percentage is a number
  { autoscalingGroupName: "web", preferences: { minHealthyPercentage: "90" } },
];

/** Outputs are plain, whatever was an input. */
export function outputs(state: InstanceRefreshState): pulumi.Output<unknown>[] {
  const percentages: pulumi.Output<number[] | undefined> = state.preferences.apply(
    (given) => given?.checkpointPercentages,
  );
  const live: pulumi.Output<number | undefined> = state.progressDetails.apply(
    (it) => it?.livePoolProgress?.percentageComplete,
  );
  return [percentages, live];
}
