/** What the group shows before a refresh is started: what would be refused, or would fail later. */
import { issue, type ValidationIssue } from "../../core/definition/arguments";
import type { EssArguments } from "./arguments";
import type { ScalingGroup } from "./requests";

/** What the service would refuse, or could not do, on this group. */
export function obstacles(group: ScalingGroup, args: EssArguments): ValidationIssue[] {
  const found: ValidationIssue[] = [];
  const id = args.scalingGroupId;
  if (group.multiAZPolicy !== undefined && group.multiAZPolicy.toUpperCase() !== "PRIORITY") {
    found.push(
      issue(
        "scalingGroupId",
        id,
        `the group's scaling policy is ${group.multiAZPolicy}; instance refreshes need a group with PRIORITY`,
      ),
    );
  }
  // It is asked for as forceRecycle and described as forcerecycle.
  if (["recycle", "forcerecycle"].includes(group.scalingPolicy?.toLowerCase() ?? "")) {
    found.push(
      issue(
        "scalingGroupId",
        id,
        `the group's reclaim mode is ${group.scalingPolicy}; instance refreshes need a group that releases instances`,
      ),
    );
  }
  if (args.desiredConfigurationImageId !== undefined && group.launchTemplateId) {
    found.push(
      issue(
        "desiredConfigurationImageId",
        args.desiredConfigurationImageId,
        "the group launches from a launch template: set `desiredConfigurationLaunchTemplateId` and its version instead",
      ),
    );
  }
  if (args.desiredConfigurationContainers !== undefined && group.groupType === "ECS") {
    found.push({
      property: "desiredConfigurationContainers",
      reason: "`desiredConfigurationContainers` is set, but the group is of type ECS; it needs one of type ECI",
    });
  }
  return found;
}
