/** Checked by `npm run types`: what `alicloud.ess.InstanceRefresh` takes is taken here, by the same names. */
import type * as alicloud from "@pulumi/alicloud";
import type * as pulumi from "@pulumi/pulumi";
import type { InstanceRefreshArgs, InstanceRefreshState } from "../../src/pulumi/ess/types";

declare const bridged: alicloud.ess.InstanceRefreshArgs;
declare const group: alicloud.ess.ScalingGroup;
declare const checkpoints: alicloud.types.input.ess.InstanceRefreshCheckpoint[];

/** Changing the import is the whole migration. */
export const migrated: InstanceRefreshArgs = bridged;

/** No argument of the bridged resource is lacking. */
type Lacking = Exclude<keyof alicloud.ess.InstanceRefreshArgs, keyof InstanceRefreshArgs>;
export const nothingIsLacking: [Lacking] extends [never] ? true : Lacking = true;

export const more: InstanceRefreshArgs = {
  scalingGroupId: group.id,
  desiredConfigurationScalingConfigurationId: "asc-1",
  checkpoints,
  triggers: [group.id, { nested: group.id }],
  connection: { region: "cn-hangzhou" },
};

export const mistakes: InstanceRefreshArgs[] = [
  // @ts-expect-error the group is required
  {},
  // @ts-expect-error a policy of this library has no other words
  { scalingGroupId: "asg-1", onConflict: "ignore" },
  // @ts-expect-error there is no such argument
  { scalingGroupId: "asg-1", minHealthy: 90 },
];

/** Every output that the bridged class has, with a type that fits where that of the bridged class was used. */
type Bridged = Omit<alicloud.ess.InstanceRefresh, keyof pulumi.CustomResource | "desiredConfigurationContainers">;
declare const state: InstanceRefreshState;
export const asBefore: Bridged = state;
// The bridge types the value of a container's variable as always there, though a program may leave it out.
export const containers: pulumi.Output<unknown> = state.desiredConfigurationContainers;
