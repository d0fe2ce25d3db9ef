import { createGroup } from "../../simulation/createGroup";
import { autoScalingRules } from "../../simulation/rules";
import { rulesIn } from "../deviation";
import { resolveConfiguration } from "./configuration";
import { AwsError } from "./errors";
import { settingsRefusals, sizeRefusals, sourceRefusals } from "./groupRules";
import { storedSettings, times } from "./groupSettings";
import type { GroupSettings } from "./groupShapes";
import { refuse } from "./launchConfigurationRules";
import { modelHook } from "./lifecycleHooks";
import { type AwsRegion, modelKey, newUuid } from "./region";

/**
 * Makes a group.
 *
 * @param running whether its instances are in service at once, and not launched
 * @throws AwsError
 */
export function makeGroup(request: GroupSettings, region: AwsRegion, running: boolean): void {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy, Tags, ...others } = request;
  const { MinSize, MaxSize, DesiredCapacity = MinSize, LifecycleHookSpecificationList: hooks, ...settings } = others;
  const source = { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy };
  const name = request.AutoScalingGroupName;
  const { world } = region;
  // fact: aws-group-exists
  if (region.groups.has(name))
    throw new AwsError(
      "AlreadyExists",
      400,
      `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
    );
  refuse([
    ...sizeRefusals({ min: MinSize, max: MaxSize, desired: DesiredCapacity }),
    ...settingsRefusals(settings),
    ...sourceRefusals(source),
    // fact: aws-group-zones
    [
      !settings.AvailabilityZones?.length && !settings.VPCZoneIdentifier,
      "At least one Availability Zone or VPC Subnet is required.",
    ],
  ]);
  const model = createGroup({
    id: name,
    rules: rulesIn(world, autoScalingRules),
    now: world.now(),
    clock: world.clock,
    seed: world.random.hex(16),
    minSize: MinSize,
    maxSize: MaxSize,
    desiredCapacity: DesiredCapacity,
    configuration: resolveConfiguration(source, region),
    ...times(settings),
    running,
    protectsNewInstances: settings.NewInstancesProtectedFromScaleIn,
    hooks: (hooks ?? []).map(modelHook),
  });
  const arn = `arn:aws:autoscaling:${world.region}:${world.accountId}:autoScalingGroup:${newUuid(region)}:autoScalingGroupName/${name}`;
  world.groups.set(modelKey(name), model);
  region.groups.set(name, {
    arn,
    createdTime: new Date(world.now()),
    model,
    settings: storedSettings({
      DefaultCooldown: 300,
      HealthCheckType: "EC2",
      HealthCheckGracePeriod: 0,
      TerminationPolicies: ["Default"],
      NewInstancesProtectedFromScaleIn: false,
      ServiceLinkedRoleARN: `arn:aws:iam::${world.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      ...settings,
    }),
    hooks: new Map((hooks ?? []).map((hook) => [hook.LifecycleHookName, hook])),
    suspensions: new Map(),
    deleting: false,
    tags: new Map((Tags ?? []).map((tag) => [tag.Key, tag])),
    refreshRequests: new Map(),
  });
}
