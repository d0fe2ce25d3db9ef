/** What a RAM policy must allow before an operation is done. */
import type { World } from "../world";
import { accessDenied } from "./errors";
import type { EssRequest } from "./readRequest";
import type { Signer } from "./signature";

/** Throws an EssError unless the policies allow the operation on the scaling group that it names, or else on all. */
export function checkPermission({ operation, parameters }: EssRequest, world: World, signer: Signer): void {
  const { policies, region, accountId } = world;
  const resource = `acs:ess:${region}:${accountId}:scalinggroup/${parameters.ScalingGroupId || "*"}`;
  if (!policies.allows([signer.accessKeyId, signer.roleArn], `ess:${operation}`, [resource])) throw accessDenied();
}
