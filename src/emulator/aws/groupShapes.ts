import { z } from "zod";
import { launchTemplateSpecification, mixedInstancesPolicy } from "./launchConfigurationShapes";
import { boolean, integer, integerWithin, list, name, text } from "./members";

/** The requests about groups and launch configurations. */

const instanceIds = list(text({ min: 1, max: 19 }));
/** The service has quotas instead; no machine of ours holds more. */
// fact: aws-largest-size
const largestSize = 100_000;

const describing = { MaxRecords: integer().optional(), NextToken: text().optional() };
const filters = list(z.object({ Name: text(), Values: list(text()).optional() }));

const tag = z.object({
  ResourceId: text().optional(),
  ResourceType: text().optional(),
  Key: text({ min: 1, max: 128 }),
  Value: text({ max: 256 }).optional(),
  PropagateAtLaunch: boolean().optional(),
});

const hook = {
  LifecycleHookName: name(),
  NotificationMetadata: text({ min: 1, max: 4000 }).optional(),
  HeartbeatTimeout: integerWithin(30, 7200).optional(),
  DefaultResult: z.enum(["CONTINUE", "ABANDON"]).optional(),
  NotificationTargetARN: text({ max: 255 }).optional(),
  RoleARN: name().optional(),
};
const transition = z.enum(["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"]);
const lifecycleHook = z.object({ ...hook, LifecycleTransition: transition });

/** What only a launch of machines looks at is kept and given back, as in the members that follow `Context`. */
const settings = {
  LaunchConfigurationName: name().optional(),
  LaunchTemplate: launchTemplateSpecification.optional(),
  MixedInstancesPolicy: mixedInstancesPolicy.optional(),
  DesiredCapacity: integerWithin(0, largestSize).optional(),
  DefaultCooldown: integer().optional(),
  AvailabilityZones: list(name()).optional(),
  HealthCheckType: text({ min: 1, max: 32 }).optional(),
  HealthCheckGracePeriod: integer().optional(),
  VPCZoneIdentifier: text({ min: 1, max: 5000 }).optional(),
  TerminationPolicies: list(text({ min: 1, max: 1600 })).optional(),
  NewInstancesProtectedFromScaleIn: boolean().optional(),
  DefaultInstanceWarmup: integerWithin(-1).optional(),
  InstanceMaintenancePolicy: z
    .object({
      MinHealthyPercentage: integerWithin(-1, 100).optional(),
      MaxHealthyPercentage: integerWithin(-1, 200).optional(),
    })
    .optional(),
  Context: text().optional(),
  PlacementGroup: text({ max: 255 }).optional(),
  ServiceLinkedRoleARN: text({ min: 1, max: 1600 }).optional(),
  MaxInstanceLifetime: integer().optional(),
  CapacityRebalance: boolean().optional(),
  DesiredCapacityType: name().optional(),
  AvailabilityZoneDistribution: z
    .object({
      CapacityDistributionStrategy: z
        .enum(["balanced-only", "balanced-best-effort", "reservations-then-balanced"])
        .optional(),
    })
    .optional(),
};

export const createAutoScalingGroup = z.object({
  AutoScalingGroupName: name(),
  MinSize: integerWithin(0, largestSize),
  MaxSize: integerWithin(0, largestSize),
  LoadBalancerNames: list(name()).optional(),
  TargetGroupARNs: list(text({ min: 1, max: 511 })).optional(),
  Tags: list(tag).optional(),
  LifecycleHookSpecificationList: list(lifecycleHook).optional(),
  ...settings,
});

export const updateAutoScalingGroup = z.object({
  AutoScalingGroupName: name(),
  MinSize: integerWithin(0, largestSize).optional(),
  MaxSize: integerWithin(0, largestSize).optional(),
  ...settings,
});

export const deleteAutoScalingGroup = z.object({ AutoScalingGroupName: name(), ForceDelete: boolean().optional() });

export const describeAutoScalingGroups = z.object({
  ...describing,
  AutoScalingGroupNames: list(name()).optional(),
  IncludeInstances: boolean().optional(),
  Filters: filters.optional(),
});

const optional = name().optional();

export const createLaunchConfiguration = z.object({
  LaunchConfigurationName: name(),
  ImageId: optional,
  InstanceType: optional,
  KeyName: optional,
  SecurityGroups: list(text()).optional(),
  UserData: text({ max: 21_847 }).optional(),
  InstanceMonitoring: z.object({ Enabled: boolean().optional() }).optional(),
  SpotPrice: optional,
  IamInstanceProfile: text({ min: 1, max: 1600 }).optional(),
  EbsOptimized: boolean().optional(),
  AssociatePublicIpAddress: boolean().optional(),
  PlacementTenancy: text({ min: 1, max: 64 }).optional(),
  MetadataOptions: z
    .object({
      HttpTokens: z.enum(["optional", "required"]).optional(),
      HttpPutResponseHopLimit: integerWithin(1, 64).optional(),
      HttpEndpoint: z.enum(["disabled", "enabled"]).optional(),
    })
    .optional(),
  BlockDeviceMappings: list(
    z.object({
      VirtualName: optional,
      DeviceName: name(),
      Ebs: z
        .object({
          SnapshotId: optional,
          VolumeSize: integerWithin(1, 16_384).optional(),
          VolumeType: optional,
          DeleteOnTermination: boolean().optional(),
          Iops: integerWithin(100, 20_000).optional(),
          Encrypted: boolean().optional(),
          Throughput: integerWithin(125, 1000).optional(),
        })
        .optional(),
      NoDevice: boolean().optional(),
    }),
  ).optional(),
});

export const describeLaunchConfigurations = z.object({
  ...describing,
  LaunchConfigurationNames: list(name()).optional(),
});

export const deleteLaunchConfiguration = z.object({ LaunchConfigurationName: name() });

export const setDesiredCapacity = z.object({
  AutoScalingGroupName: name(),
  DesiredCapacity: integerWithin(0, largestSize),
  HonorCooldown: boolean().optional(),
});

export const setInstanceProtection = z.object({
  InstanceIds: instanceIds,
  AutoScalingGroupName: name(),
  ProtectedFromScaleIn: boolean(),
});

export const enterStandby = z.object({
  InstanceIds: instanceIds.optional(),
  AutoScalingGroupName: name(),
  ShouldDecrementDesiredCapacity: boolean(),
});

export const exitStandby = z.object({ InstanceIds: instanceIds.optional(), AutoScalingGroupName: name() });

const terminatedIds = list(text({ min: 1, max: 19 }), { min: 1, max: 100 });

export const terminateInstance = z.object({
  InstanceId: text({ min: 1, max: 19 }).optional(),
  InstanceIds: terminatedIds.optional(),
  AutoScalingGroupName: name().optional(),
  ShouldDecrementDesiredCapacity: boolean(),
});

export const detachInstances = z.object({
  InstanceIds: instanceIds.optional(),
  AutoScalingGroupName: name(),
  ShouldDecrementDesiredCapacity: boolean(),
});

export const attachInstances = z.object({ InstanceIds: instanceIds.optional(), AutoScalingGroupName: name() });

export const setInstanceHealth = z.object({
  InstanceId: text({ min: 1, max: 19 }),
  HealthStatus: text({ min: 1, max: 32 }),
  ShouldRespectGracePeriod: boolean().optional(),
});

export const scalingProcesses = z.object({ AutoScalingGroupName: name(), ScalingProcesses: list(name()).optional() });

export const putLifecycleHook = z.object({
  ...hook,
  AutoScalingGroupName: name(),
  LifecycleTransition: transition.optional(),
});

export const describeLifecycleHooks = z.object({
  AutoScalingGroupName: name(),
  LifecycleHookNames: list(name(), { max: 50 }).optional(),
});

export const deleteLifecycleHook = z.object({ LifecycleHookName: name(), AutoScalingGroupName: name() });

const lifecycleAction = {
  LifecycleHookName: name(),
  AutoScalingGroupName: text({ min: 1, max: 1600 }),
  LifecycleActionToken: text({ min: 36, max: 36 }).optional(),
  InstanceId: text({ min: 1, max: 19 }).optional(),
};
export const completeLifecycleAction = z.object({
  ...lifecycleAction,
  LifecycleActionResult: z.enum(["CONTINUE", "ABANDON"]),
});
export const recordLifecycleActionHeartbeat = z.object(lifecycleAction);

export const putWarmPool = z.object({
  AutoScalingGroupName: name(),
  MaxGroupPreparedCapacity: integerWithin(-1).optional(),
  MinSize: integerWithin(0).optional(),
  PoolState: z.enum(["Stopped", "Running", "Hibernated"]).optional(),
  InstanceReusePolicy: z.object({ ReuseOnScaleIn: boolean().optional() }).optional(),
});
export const describeWarmPool = z.object({ ...describing, AutoScalingGroupName: name() });
export const deleteWarmPool = z.object({ AutoScalingGroupName: name(), ForceDelete: boolean().optional() });

export const describeAutoScalingInstances = z.object({ ...describing, InstanceIds: instanceIds.optional() });

export const describeScalingActivities = z.object({
  ...describing,
  ActivityIds: list(text()).optional(),
  AutoScalingGroupName: name().optional(),
  IncludeDeletedGroups: boolean().optional(),
  Filters: filters.optional(),
});

export const changeTags = z.object({ Tags: list(tag) });
export const describeTags = z.object({ ...describing, Filters: filters.optional() });

export type LifecycleHookSpecification = z.output<typeof lifecycleHook>;
export type GroupSettings = z.output<typeof createAutoScalingGroup>;
export type GroupChanges = z.output<typeof updateAutoScalingGroup>;
export type LaunchConfiguration = z.output<typeof createLaunchConfiguration>;
export type Tag = z.output<typeof tag>;
export type Filter = z.output<typeof filters>[number];
