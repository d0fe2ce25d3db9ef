import * as capacity from "../../simulation/capacity";
import type { Activity, Group, Instance } from "../../simulation/model";
import { begunActivity } from "./activities";
import { attachedConfiguration } from "./configuration";
import { validationError } from "./errors";
import { findGroup } from "./findGroup";
import { answeredInstance, configurationOf } from "./groupAnswers";
import * as shapes from "./groupShapes";
import { type Refusal, refuse } from "./launchConfigurationRules";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import { asked } from "./refused";
import type { AutoScalingGroup, AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

// fact: aws-most-instances
const mostInstances = 20;
// fact: aws-most-protected
const mostProtected = 50;

/** The operations on the instances of groups, by name. */
export const instanceOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  SetInstanceProtection: operation(shapes.setInstanceProtection, (request, region: AwsRegion) => {
    const { model } = findGroup(region, request.AutoScalingGroupName);
    refuse([atMost(mostProtected, request.InstanceIds)]);
    asked(() => capacity.setProtection(model, request.InstanceIds, request.ProtectedFromScaleIn));
    return {};
  }),

  EnterStandby: operation(shapes.enterStandby, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { model } = group;
    const ids = request.InstanceIds ?? [];
    const decrementDesiredCapacity = request.ShouldDecrementDesiredCapacity;
    refuse([
      atMost(mostInstances, ids),
      [
        decrementDesiredCapacity && model.desiredCapacity - unitsOf(model, ids) < model.minSize,
        // fact: aws-standby-sizes
        `${sizes(model)} To place into standby ${ids.length} instances, please update the AutoScalingGroup sizes appropriately.`,
      ],
    ]);
    return begun(region, group, () => capacity.enterStandby(model, ids, { decrementDesiredCapacity }), [
      "EnterStandby",
    ]);
  }),

  ExitStandby: operation(shapes.exitStandby, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { model } = group;
    const ids = request.InstanceIds ?? [];
    refuse([
      atMost(mostInstances, ids),
      [
        model.desiredCapacity + unitsOf(model, ids) > model.maxSize,
        // fact: aws-standby-sizes
        `${sizes(model)} To remove from standby ${ids.length} instances, please update the AutoScalingGroup sizes appropriately.`,
      ],
    ]);
    return begun(region, group, () => capacity.exitStandby(model, ids), ["ExitStandby"]);
  }),

  TerminateInstanceInAutoScalingGroup: operation(shapes.terminateInstance, (request, region: AwsRegion) => {
    const { InstanceId: id, InstanceIds = [] } = request;
    const ids = id === undefined ? InstanceIds : [id];
    const group = groupOf(region, ids[0] ?? "");
    const { model } = group;
    const decrementDesiredCapacity = request.ShouldDecrementDesiredCapacity;
    refuse([[decrementDesiredCapacity && model.desiredCapacity - unitsOf(model, ids) < model.minSize, tooFew(model)]]);
    const { Activities } = begun(
      region,
      group,
      () => {
        for (const each of ids) capacity.terminateInstance(model, each, { decrementDesiredCapacity });
      },
      ["Terminate"],
    );
    return id === undefined ? { Activities } : { Activity: Activities[0] };
  }),

  DetachInstances: operation(shapes.detachInstances, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { model } = group;
    const ids = request.InstanceIds ?? [];
    const decrementDesiredCapacity = request.ShouldDecrementDesiredCapacity;
    refuse([
      atMost(mostInstances, ids),
      [decrementDesiredCapacity && model.desiredCapacity - unitsOf(model, ids) < model.minSize, tooFew(model)],
    ]);
    return begun(
      region,
      group,
      () => {
        for (const instance of capacity.detachInstances(model, ids, { decrementDesiredCapacity }))
          region.detached.set(instance.id, instance);
      },
      ["Detach"],
    );
  }),

  AttachInstances: operation(shapes.attachInstances, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { model } = group;
    const ids = request.InstanceIds ?? [];
    const malformed = ids.filter((id) => !/^i-[0-9a-f]{8,17}$/.test(id));
    const taken = ids.find((id) => [...region.groups.values()].some((other) => other.model.instances.has(id)));
    refuse([
      atMost(mostInstances, ids),
      // fact: aws-attach-malformed
      [malformed.length > 0, `Invalid Instance ID(s): [${malformed.join(", ")}] specified`],
      // fact: aws-attach-taken
      [taken !== undefined, `Instance ${taken} is already part of an AutoScalingGroup`],
      [
        model.desiredCapacity + ids.length > model.maxSize,
        // fact: aws-attach-sizes
        `${sizes(model)} To attach ${ids.length} instances, please update the AutoScalingGroup sizes appropriately.`,
      ],
    ]);
    for (const id of ids) {
      const known = region.detached.get(id);
      capacity.addManualInstances(model, [id], known?.configuration ?? attachedConfiguration(configurationOf(group)));
      region.detached.delete(id);
    }
    return undefined;
  }),

  SetInstanceHealth: operation(shapes.setInstanceHealth, (request, region: AwsRegion) => {
    const { model } = groupOf(region, request.InstanceId);
    if (request.HealthStatus === "Unhealthy") asked(() => capacity.makeUnhealthy(model, request.InstanceId));
    return undefined;
  }),

  DescribeAutoScalingInstances: operation(shapes.describeAutoScalingInstances, (request, region: AwsRegion) => {
    const ids = request.InstanceIds ?? [];
    const found = [...region.groups.values()].flatMap((group) =>
      [...group.model.instances.values(), ...(group.model.warmPool?.instances.values() ?? [])]
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .map((instance) => ({ group, instance })),
    );
    const size = pageSize(request.MaxRecords, 50, 50);
    const { items, nextToken } = page(found, ({ instance }) => instance.id, size, request.NextToken);
    return {
      AutoScalingInstances: items.map(({ group, instance }) => ({
        AutoScalingGroupName: group.settings.AutoScalingGroupName,
        ...answeredInstance(region, group, instance),
        // Here, unlike in a group, in capitals.
        HealthStatus: answeredInstance(region, group, instance).HealthStatus === "Healthy" ? "HEALTHY" : "UNHEALTHY",
      })),
      NextToken: nextToken,
    };
  }),
};

/** Does something to instances of a group, and answers the activities that it has begun. */
function begun(region: AwsRegion, group: AutoScalingGroup, act: () => void, kinds: readonly Activity["kind"][]) {
  const before = group.model.activities.at(-1);
  asked(act);
  const { activities } = group.model;
  const made = activities.slice(before ? activities.lastIndexOf(before) + 1 : 0);
  return {
    Activities: made
      .filter(({ kind }) => kinds.includes(kind))
      .map((activity) => begunActivity(region, group, activity)),
  };
}

function groupOf(region: AwsRegion, id: string): AutoScalingGroup {
  const group = [...region.groups.values()].find(({ model }) => model.instances.has(id));
  // fact: aws-instance-unknown
  if (!group) throw validationError(`Instance Id not found - No managed instance found for instance ID: ${id}`);
  return group;
}

function unitsOf(model: Group, ids: readonly string[]): number {
  const found = ids.flatMap((id): Instance[] => [
    ...(model.instances.has(id) ? [model.instances.get(id) as Instance] : []),
  ]);
  return found.reduce((units, { type }) => units + type.weight, 0);
}

function sizes(model: Group): string {
  // fact: aws-standby-sizes
  return `AutoScalingGroup ${model.id} has min-size=${model.minSize}, max-size=${model.maxSize}, and desired-size=${model.desiredCapacity}.`;
}

function tooFew(model: Group): string {
  // fact: aws-terminate-sizes
  return `Currently, desiredSize equals minSize (${model.minSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`;
}

function atMost(most: number, ids: readonly string[]): Refusal {
  // fact: aws-most-instances, aws-most-protected
  return [ids.length > most, `You can specify up to ${most} instances.`];
}
