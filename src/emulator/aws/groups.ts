import { emptyGroup, setConfiguration, setDesiredCapacity } from "../../simulation/capacity";
import { activeRefresh } from "../../simulation/refresh";
import { removeGroup } from "../world";
import { tellGroup } from "./alarms";
import { resolveConfiguration } from "./configuration";
import { AwsError, validationError } from "./errors";
import { findGroup } from "./findGroup";
import { answeredGroup, configurationOf } from "./groupAnswers";
import { settingsRefusals, sizeRefusals, sourceRefusals } from "./groupRules";
import { storedSettings, times } from "./groupSettings";
import {
  createAutoScalingGroup,
  deleteAutoScalingGroup,
  describeAutoScalingGroups,
  setDesiredCapacity as setDesiredCapacityShape,
  updateAutoScalingGroup,
} from "./groupShapes";
import { refuse } from "./launchConfigurationRules";
import type { LaunchSource } from "./launchSource";
import { makeGroup } from "./makeGroup";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import { type AutoScalingGroup, type AwsRegion, modelKey } from "./region";
import { passes } from "./tags";

const operation = operationsReadBy(readRequest);

/** The operations on groups, by name. */
export const groupOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  CreateAutoScalingGroup: operation(createAutoScalingGroup, (request, region: AwsRegion) => {
    makeGroup(request, region, false);
    tellGroup(region, request.AutoScalingGroupName);
    return undefined;
  }),

  UpdateAutoScalingGroup: operation(updateAutoScalingGroup, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { model } = group;
    const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy, ...others } = request;
    const { MinSize, MaxSize, DesiredCapacity, ...settings } = others;
    const source = { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy };
    const changesSource = Object.values(source).some((one) => one !== undefined);
    // fact: aws-update-restricted
    if (changesSource && activeRefresh(model)?.desired)
      throw validationError(
        "An active instance refresh with a desired configuration exists. All configuration options derived from the desired configuration are not available for update while the instance refresh is active.",
      );
    const min = MinSize ?? model.minSize;
    const max = MaxSize ?? model.maxSize;
    // A size that the new bounds exclude moves to the nearer of them, unless the request says otherwise.
    const desired = DesiredCapacity ?? Math.max(min, Math.min(max, model.desiredCapacity));
    refuse([
      ...sizeRefusals({ min, max, desired }),
      ...settingsRefusals(settings),
      ...(changesSource ? sourceRefusals(source) : []),
    ]);

    if (changesSource) setConfiguration(model, resolveConfiguration(withPolicyOf(group, source), region));
    group.settings = storedSettings({ ...group.settings, ...settings });
    const protectsNewInstances = group.settings.NewInstancesProtectedFromScaleIn ?? false;
    Object.assign(model, { minSize: min, maxSize: max, protectsNewInstances, ...times(group.settings) });
    if (desired !== model.desiredCapacity) setDesiredCapacity(model, desired);
    return undefined;
  }),

  DeleteAutoScalingGroup: operation(deleteAutoScalingGroup, (request, region: AwsRegion) => {
    const name = request.AutoScalingGroupName;
    const group = findGroup(region, name);
    const { model } = group;
    if (model.instances.size > 0 && !request.ForceDelete)
      // fact: aws-delete-in-use
      throw new AwsError(
        "ResourceInUse",
        400,
        "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
      );
    // fact: aws-delete-in-progress
    group.deleting = true;
    emptyGroup(model);
    removeEmptied(region);
    return undefined;
  }),

  DescribeAutoScalingGroups: operation(describeAutoScalingGroups, (request, region: AwsRegion) => {
    const names = request.AutoScalingGroupNames ?? [];
    const size = pageSize(request.MaxRecords, 50, 100);
    // fact: aws-describe-groups
    if (names.length > size) throw validationError(`At most ${size} AutoScalingGroupNames may be given.`);
    const found = [...region.groups.values()]
      .filter(({ settings }) => names.length === 0 || names.includes(settings.AutoScalingGroupName))
      .filter((group) => passes(group, request.Filters ?? []));
    const key = ({ settings }: AutoScalingGroup) => settings.AutoScalingGroupName;
    const { items, nextToken } = page(found, key, size, request.NextToken);
    return {
      AutoScalingGroups: items.map((group) => answeredGroup(region, group, request.IncludeInstances ?? true)),
      NextToken: nextToken,
    };
  }),

  SetDesiredCapacity: operation(setDesiredCapacityShape, (request, region: AwsRegion) => {
    const { model } = findGroup(region, request.AutoScalingGroupName);
    const desired = request.DesiredCapacity;
    refuse([
      // fact: aws-group-desired
      [
        desired > model.maxSize,
        `New SetDesiredCapacity value ${desired} is above max value ${model.maxSize} for the AutoScalingGroup.`,
      ],
      // fact: aws-group-desired
      [
        desired < model.minSize,
        `New SetDesiredCapacity value ${desired} is below min value ${model.minSize} for the AutoScalingGroup.`,
      ],
    ]);
    setDesiredCapacity(model, desired);
    return undefined;
  }),
};

/** Groups that were deleted by force go with their last instance. */
export function removeEmptied(region: AwsRegion): void {
  for (const [name, { deleting, model }] of region.groups) {
    if (!deleting || model.instances.size > 0 || model.warmPool) continue;
    region.groups.delete(name);
    removeGroup(region.world, modelKey(name));
  }
}

/** A policy without a template keeps the one that the group has. */
function withPolicyOf(group: AutoScalingGroup, source: LaunchSource): LaunchSource {
  const saved = configurationOf(group).details.source.MixedInstancesPolicy;
  return saved && source.MixedInstancesPolicy
    ? { ...source, MixedInstancesPolicy: { ...saved, ...source.MixedInstancesPolicy } }
    : source;
}
