import { z } from "zod";
import { launchTemplateSpecification, mixedInstancesPolicy } from "./launchConfigurationShapes";
import { boolean, integer, integerWithin, list, name, text } from "./members";

/** The requests of the four refresh operations. */

// fact: aws-two-days
const twoDays = 172_800;

const preferences = z.object({
  MinHealthyPercentage: integerWithin(0, 100).optional(),
  MaxHealthyPercentage: integerWithin(100, 200).optional(),
  InstanceWarmup: integerWithin(0).optional(),
  CheckpointPercentages: list(integerWithin(1, 100)).optional(),
  CheckpointDelay: integerWithin(0, twoDays).optional(),
  SkipMatching: boolean().optional(),
  AutoRollback: boolean().optional(),
  ScaleInProtectedInstances: z.enum(["Refresh", "Ignore", "Wait"]).optional(),
  StandbyInstances: z.enum(["Terminate", "Ignore", "Wait"]).optional(),
  AlarmSpecification: z.object({ Alarms: list(name(), { max: 10 }).optional() }).optional(),
  BakeTime: integerWithin(0, twoDays).optional(),
});

const desiredConfiguration = z.object({
  LaunchTemplate: launchTemplateSpecification.optional(),
  MixedInstancesPolicy: mixedInstancesPolicy.optional(),
});

export const startInstanceRefresh = z.object({
  AutoScalingGroupName: name(),
  Strategy: z.enum(["Rolling", "ReplaceRootVolume"]).optional(),
  DesiredConfiguration: desiredConfiguration.optional(),
  Preferences: preferences.optional(),
});

export const describeInstanceRefreshes = z.object({
  AutoScalingGroupName: name(),
  InstanceRefreshIds: list(name()).optional(),
  MaxRecords: integer().optional(),
  NextToken: text().optional(),
});

export const cancelInstanceRefresh = z.object({
  AutoScalingGroupName: name(),
  WaitForTransitioningInstances: boolean().optional(),
});

export const rollbackInstanceRefresh = z.object({ AutoScalingGroupName: name() });

export type StartInstanceRefresh = z.output<typeof startInstanceRefresh>;
export type Preferences = z.output<typeof preferences>;
export type DesiredConfiguration = z.output<typeof desiredConfiguration>;
