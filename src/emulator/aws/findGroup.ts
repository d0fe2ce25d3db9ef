import { validationError } from "./errors";
import { followTemplates } from "./followTemplates";
import type { AutoScalingGroup, AwsRegion } from "./region";

/** @throws AwsError `ValidationError` when there is no such group */
export function findGroup(region: AwsRegion, name: string): AutoScalingGroup {
  const group = region.groups.get(name);
  // fact: aws-group-missing
  if (!group) throw validationError(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
  followTemplates(region, group);
  return group;
}
