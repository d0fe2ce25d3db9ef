/** What the group shows before a refresh is started: what would be refused, or would fail later. */
import { issue, type ValidationIssue } from "../../core/definition/arguments";
import { rollbackAsked } from "../../core/definition/policies";
import type { EssArguments } from "./arguments";
import { floatingVersion } from "./floatingVersion";
import type { ScalingGroup, SizedScalingGroup } from "./requests";

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

/** Legal, and rarely meant. */
export function warnings(group: SizedScalingGroup, args: EssArguments): string[] {
  const floating = floatingVersion(args);
  const found = floating ? [floating] : [];
  if (group.suspendedProcesses && group.suspendedProcesses.length > 0)
    found.push(
      `The group has suspended ${group.suspendedProcesses.join(" and ")}: the vendor does not say what that means for a refresh.`,
    );
  return found;
}

/** The version of a template where none is given. */
const DEFAULT_VERSION = "Default";

/** True when the configuration that is desired by its id is the one that the group launches from. */
export function isActiveConfiguration(group: SizedScalingGroup, args: EssArguments): boolean {
  const {
    desiredConfigurationScalingConfigurationId: configuration,
    desiredConfigurationLaunchTemplateId: template,
    desiredConfigurationLaunchTemplateVersion: version,
  } = args;
  if (configuration !== undefined) return group.activeScalingConfigurationId === configuration;
  if (template === undefined || group.launchTemplateId !== template) return false;
  return (group.launchTemplateVersion ?? DEFAULT_VERSION) === (version ?? DEFAULT_VERSION);
}

/** What the group launches next, in a few words. */
export function launchesFrom({ launchTemplateId, launchTemplateVersion, activeScalingConfigurationId }: ScalingGroup) {
  return launchTemplateId
    ? `version ${launchTemplateVersion ?? "`Default`"} of launch template ${launchTemplateId}`
    : `scaling configuration ${activeScalingConfigurationId ?? "?"}`;
}

/** Nothing is refreshed in an empty group, which goes on to launch what it launched before. */
export async function emptyAndDifferent(group: ScalingGroup, runsDesired: () => Promise<boolean>): Promise<string[]> {
  const { desired, inService, pending } = capacityOf(group);
  if (desired + inService + pending > 0 || (await runsDesired().catch(() => true))) return [];
  return [`The group is empty: nothing will be refreshed, and its next instance launches from ${launchesFrom(group)}.`];
}

/** A rollback returns to what the group has active: of no use when that is what is rolled out. */
export async function onlyBackToTheSame(args: EssArguments, runsDesired: () => Promise<boolean>): Promise<string[]> {
  const asked = [...rollbackAsked(args)].map(([name]) => `\`${name}\``);
  // Only a warning: an answer that fails here is no reason to start nothing.
  if (asked.length === 0 || !(await runsDesired().catch(() => false))) return [];
  return [`The group has what is desired active already, so that ${asked.join(" and ")} can only return to the same.`];
}

/** Units of capacity that are desired, in service, and on their way. */
export function capacityOf({
  desiredCapacity,
  minSize,
  activeCapacity,
  totalCapacity,
  pendingCapacity,
}: SizedScalingGroup) {
  const pending = pendingCapacity ?? 0;
  const inService = activeCapacity ?? Math.max(0, (totalCapacity ?? 0) - pending);
  return { desired: desiredCapacity ?? minSize ?? inService, inService, pending };
}
