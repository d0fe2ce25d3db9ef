/** `ess.RollingGroup`: a scaling group whose new launch template versions are rolled out. */
import { createHash } from "node:crypto";
// biome-ignore lint/suspicious/noTsIgnore: a program of the other cloud does not have this package
/** @ts-ignore */
import type { EcsLaunchTemplate, EcsLaunchTemplateArgs } from "@pulumi/alicloud/ecs/ecsLaunchTemplate";
// biome-ignore lint/suspicious/noTsIgnore: a program of the other cloud does not have this package
/** @ts-ignore */
import type { ScalingGroup, ScalingGroupArgs } from "@pulumi/alicloud/ess/scalingGroup";
import * as pulumi from "@pulumi/pulumi";
import { InstanceRefresh } from "../pulumi/ess/resource";
import type { InstanceRefreshArgs } from "../pulumi/ess/types";
import { peer } from "./peer";
import { type Transform, transformed } from "./transform";

export interface RollingGroupArgs {
  /** What instances are launched from. A change makes a new version, and starts a refresh to it. */
  launchTemplate: EcsLaunchTemplateArgs;
  /** The group, without what the template decides. */
  group: Omit<ScalingGroupArgs, "launchTemplateId" | "launchTemplateVersion" | "launchTemplateOverrides">;
  /** Instance types instead of the template's own. A change starts a refresh. */
  launchTemplateOverrides?: { instanceType: pulumi.Input<string> }[];
  /** How new versions are rolled out. `onTimeout` is `rollback` where it is left out: ESS rolls nothing back by itself. */
  refresh?: Omit<
    InstanceRefreshArgs,
    | "scalingGroupId"
    | "desiredConfigurationImageId"
    | "desiredConfigurationScalingConfigurationId"
    | "desiredConfigurationLaunchTemplateId"
    | "desiredConfigurationLaunchTemplateOverrides"
    | "desiredConfigurationContainers"
  >;
  /** Changes what the underlying resources are created with. */
  transform?: {
    launchTemplate?: Transform<EcsLaunchTemplateArgs>;
    group?: Transform<ScalingGroupArgs>;
    refresh?: Transform<InstanceRefreshArgs>;
  };
}

/**
 * A scaling group, the launch template it launches from, and the refresh that brings its instances to the newest version.
 *
 * The group is created on the first version and is never updated to another by Pulumi. A change of the template makes a
 * version that nothing runs yet; the refresh carries its number as the desired configuration, and ESS saves it on the
 * group when the refresh succeeds. So the group keeps serving from the saved version while the refresh runs, and a
 * rollback has a version to return to.
 *
 * It takes a launch template and no scaling configuration, because `alicloud.ess.ScalingConfiguration` is edited in
 * place: the group would serve from the new one before the refresh begins.
 */
export class RollingGroup extends pulumi.ComponentResource {
  readonly launchTemplate: EcsLaunchTemplate;
  readonly group: ScalingGroup;
  readonly refresh: InstanceRefresh;

  constructor(name: string, args: RollingGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("instance-refresh:ess:RollingGroup", name, {}, opts);
    const { transform, launchTemplateOverrides } = args;
    const ecs = load<typeof import("@pulumi/alicloud/ecs/ecsLaunchTemplate")>("ecs/ecsLaunchTemplate");
    const ess = load<typeof import("@pulumi/alicloud/ess/scalingGroup")>("ess/scalingGroup");

    const templateArgs: EcsLaunchTemplateArgs = { ...args.launchTemplate };
    this.launchTemplate = transformed(
      ecs.EcsLaunchTemplate,
      name,
      templateArgs,
      { parent: this },
      transform?.launchTemplate,
    );

    const version = this.launchTemplate.latestVersionNumber.apply(String);
    this.group = transformed<ScalingGroupArgs, ScalingGroup>(
      ess.ScalingGroup,
      name,
      {
        ...args.group,
        launchTemplateId: this.launchTemplate.id,
        launchTemplateVersion: version,
        ...(launchTemplateOverrides ? { launchTemplateOverrides } : {}),
      },
      { parent: this, ignoreChanges: ["launchTemplateId", "launchTemplateVersion", "launchTemplateOverrides"] },
      transform?.group,
    );

    const { triggers, ...refresh } = args.refresh ?? {};
    this.refresh = transformed<InstanceRefreshArgs, InstanceRefresh>(
      InstanceRefresh,
      name,
      {
        onTimeout: "rollback",
        desiredConfigurationLaunchTemplateVersion: version,
        ...refresh,
        scalingGroupId: this.group.id,
        desiredConfigurationLaunchTemplateId: this.launchTemplate.id,
        ...(launchTemplateOverrides ? { desiredConfigurationLaunchTemplateOverrides: launchTemplateOverrides } : {}),
        triggers: { launchTemplate: digestOf(templateArgs), ...(triggers === undefined ? {} : { given: triggers }) },
      },
      { parent: this },
      transform?.refresh,
    );
    this.registerOutputs({});
  }
}

const load = <Module>(path: string) => peer<Module>("ess.RollingGroup", "@pulumi/alicloud", path);

/** Arguments of the template that are its own: a change of them makes no version. */
const OF_NO_VERSION: readonly (keyof EcsLaunchTemplateArgs)[] = [
  "defaultVersionNumber",
  "updateDefaultVersionNumber",
  "templateTags",
];

/**
 * A digest of what a version holds. At preview the bridged template still answers its old version number; this is what
 * shows that a refresh will follow.
 */
function digestOf(args: EcsLaunchTemplateArgs): pulumi.Output<string> {
  const held = Object.entries(args).filter(([name]) => !OF_NO_VERSION.includes(name as keyof EcsLaunchTemplateArgs));
  return pulumi
    .output(Object.fromEntries(held.sort(([a], [b]) => (a < b ? -1 : 1))))
    .apply((known) => createHash("sha256").update(JSON.stringify(known)).digest("base64url"));
}
