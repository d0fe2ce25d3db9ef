/** What an IAM policy must allow before an operation is done. */
import type { Call } from "../service";
import type { World } from "../world";
import type { AccessKey } from "./accessKeys";
import { AwsError } from "./errors";
import { awsRegion } from "./region";

/** Where policies call a service otherwise than signatures do. */
const PREFIXES: Readonly<Record<string, string>> = {
  // fact: aws-cloudwatch-service-prefix
  monitoring: "cloudwatch",
};

/** Throws an AwsError unless the policies allow the operation on the group that it names, or else on everything. */
export function checkPermission(call: Call, world: World, accessKey: AccessKey): void {
  const action = `${PREFIXES[call.service] ?? call.service}:${call.operation}`;
  const resource = resourceOf(call, world);
  if (world.policies.allows([call.accessKeyId, roleOf(accessKey)], action, [resource])) return;
  // fact: aws-error-access-denied
  throw new AwsError(
    "AccessDenied",
    403,
    `User: ${accessKey.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
}

/** Operations that describe take no resource: a policy must allow them on `*`. */
function resourceOf({ service, operation, parameters }: Call, world: World): string {
  const name = parameters.AutoScalingGroupName;
  if (service !== "autoscaling" || operation.startsWith("Describe") || !name) return "*";
  const known = awsRegion(world).groups.get(name);
  return (
    known?.arn ??
    `arn:aws:autoscaling:${world.region}:${world.accountId}:autoScalingGroup:*:autoScalingGroupName/${name}`
  );
}

/** The role that a session was assumed from. */
function roleOf({ arn }: AccessKey): string | undefined {
  const [, account, role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return role && `arn:aws:iam::${account}:role/${role}`;
}
