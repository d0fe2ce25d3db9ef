/** `autoscaling.RollingGroup`: an Auto Scaling group whose new launch template versions are rolled out. */
// biome-ignore lint/suspicious/noTsIgnore: a program of the other cloud does not have this package
/** @ts-ignore */
import type { Group, GroupArgs } from "@pulumi/aws/autoscaling/group";
// biome-ignore lint/suspicious/noTsIgnore: a program of the other cloud does not have this package
/** @ts-ignore */
import type { LaunchTemplate, LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate";
// biome-ignore lint/suspicious/noTsIgnore: a program of the other cloud does not have this package
/** @ts-ignore */
import type { input as awsInputs } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";
import { InstanceRefresh } from "../pulumi/autoscaling/resource";
import type { DesiredConfiguration, InstanceRefreshArgs, Preferences } from "../pulumi/autoscaling/types";
import { peer } from "./peer";
import { type Transform, transformed } from "./transform";

export interface RollingGroupArgs {
  /** What instances are launched from. A change makes a new version, and starts a refresh to it. */
  launchTemplate: LaunchTemplateArgs;
  /** The group, without what the template and the refresh decide. `instanceRefresh` would start a second, unwatched refresh. */
  group: Omit<GroupArgs, "launchConfiguration" | "launchTemplate" | "mixedInstancesPolicy" | "instanceRefresh">;
  /** Instance types and purchase options, when the template's own type is not enough. A change starts a refresh. */
  mixedInstancesPolicy?: {
    instancesDistribution?: awsInputs.autoscaling.GroupMixedInstancesPolicyInstancesDistribution;
    /** Without `instanceRequirements`: AWS supports no desired configuration for a group that has them. */
    overrides?: Omit<awsInputs.autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverride, "instanceRequirements">[];
  };
  /**
   * How new versions are rolled out. `preferences` are the service's, but `skipMatching` and `autoRollback` are true where
   * they are left out.
   */
  refresh?: Omit<InstanceRefreshArgs, "autoscalingGroupName" | "desiredConfiguration" | "preferences"> & {
    preferences?: Preferences;
  };
  /** Changes what the underlying resources are created with. */
  transform?: {
    launchTemplate?: Transform<LaunchTemplateArgs>;
    group?: Transform<GroupArgs>;
    refresh?: Transform<InstanceRefreshArgs>;
  };
}

/**
 * An Auto Scaling group, the launch template it launches from, and the refresh that brings its instances to the newest
 * version.
 *
 * The group is created on the first version and is never updated to another by Pulumi. A change of the template makes a
 * version that nothing runs yet; the refresh carries its number as the desired configuration, and AWS saves it on the
 * group when the refresh succeeds. So the group keeps serving from the saved version while the refresh runs, and a
 * failed refresh has a version to roll back to.
 */
export class RollingGroup extends pulumi.ComponentResource {
  readonly launchTemplate: LaunchTemplate;
  readonly group: Group;
  readonly refresh: InstanceRefresh;

  constructor(name: string, args: RollingGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("instance-refresh:autoscaling:RollingGroup", name, {}, opts);
    const { transform } = args;
    const ec2 = load<typeof import("@pulumi/aws/ec2/launchTemplate")>("ec2/launchTemplate");
    const autoscaling = load<typeof import("@pulumi/aws/autoscaling/group")>("autoscaling/group");

    this.launchTemplate = transformed(
      ec2.LaunchTemplate,
      name,
      { ...args.launchTemplate },
      { parent: this },
      transform?.launchTemplate,
    );

    const configuration = configurationOf(this.launchTemplate, args.mixedInstancesPolicy);
    this.group = transformed<GroupArgs, Group>(
      autoscaling.Group,
      name,
      { ...args.group, ...configuration },
      // Both, so that moving from a template to a mixed instances policy is a refresh too.
      { parent: this, ignoreChanges: ["launchTemplate", "mixedInstancesPolicy"] },
      transform?.group,
    );

    const refresh = args.refresh ?? {};
    this.refresh = transformed<InstanceRefreshArgs, InstanceRefresh>(
      InstanceRefresh,
      name,
      {
        ...refresh,
        autoscalingGroupName: this.group.name,
        desiredConfiguration: configuration,
        preferences: { skipMatching: true, autoRollback: true, ...refresh.preferences },
        connection: refresh.connection ?? { region: this.group.region },
      },
      { parent: this },
      transform?.refresh,
    );
    this.registerOutputs({});
  }
}

const load = <Module>(path: string) => peer<Module>("autoscaling.RollingGroup", "@pulumi/aws", path);

/**
 * What instances are to run, as both the group and the refresh take it. The version is a number: AWS refuses to roll back
 * a group that has `$Latest` or `$Default` saved.
 */
function configurationOf(template: LaunchTemplate, policy: RollingGroupArgs["mixedInstancesPolicy"]) {
  const version = template.latestVersion.apply(String);
  if (!policy) return { launchTemplate: { id: template.id, version } } satisfies DesiredConfiguration;
  const { instancesDistribution, overrides } = policy;
  const launchTemplateSpecification = { launchTemplateId: template.id, version };
  return {
    mixedInstancesPolicy: {
      ...(instancesDistribution ? { instancesDistribution } : {}),
      launchTemplate: { launchTemplateSpecification, ...(overrides ? { overrides } : {}) },
    },
  } satisfies DesiredConfiguration;
}
