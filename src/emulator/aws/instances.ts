import { enterStandby, exitStandby, setProtection } from "../../simulation/capacity";
import type { Instance } from "../../simulation/model";
import type { Members } from "./answers";
import { findGroup } from "./findGroup";
import { answeredInstance } from "./groupAnswers";
import * as shapes from "./groupShapes";
import { refuse } from "./launchConfigurationRules";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import { asked } from "./refused";
import { type AutoScalingGroup, type AwsRegion, newUuid } from "./region";

const operation = operationsReadBy(readRequest);

/** The operations on the instances of groups, by name. */
export const instanceOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  SetInstanceProtection: operation(shapes.setInstanceProtection, (request, region: AwsRegion) => {
    const { model } = findGroup(region, request.AutoScalingGroupName);
    refuse([[request.InstanceIds.length > 50, "You can specify up to 50 instances."]]);
    asked(() => setProtection(model, request.InstanceIds, request.ProtectedFromScaleIn));
    return {};
  }),

  EnterStandby: operation(shapes.enterStandby, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { model } = group;
    const ids = request.InstanceIds ?? [];
    const moved = ids.flatMap((id) => model.instances.get(id) ?? []);
    const decrementDesiredCapacity = request.ShouldDecrementDesiredCapacity;
    const left = model.desiredCapacity - moved.reduce((units, { type }) => units + type.weight, 0);
    refuse([
      [ids.length > 20, "You can specify up to 20 instances."],
      [
        decrementDesiredCapacity && left < model.minSize,
        `AutoScalingGroup ${model.id} has min-size=${model.minSize}, max-size=${model.maxSize}, and desired-size=${model.desiredCapacity}. To place into standby ${ids.length} instances, please update the AutoScalingGroup sizes appropriately.`,
      ],
    ]);
    asked(() => enterStandby(model, ids, { decrementDesiredCapacity }));
    return {
      Activities: moved.map((instance) => answeredMove(region, group, instance, "Moving EC2 instance to Standby")),
    };
  }),

  ExitStandby: operation(shapes.exitStandby, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { model } = group;
    const ids = request.InstanceIds ?? [];
    const moved = ids.flatMap((id) => model.instances.get(id) ?? []);
    const grown = model.desiredCapacity + moved.reduce((units, { type }) => units + type.weight, 0);
    refuse([
      [ids.length > 20, "You can specify up to 20 instances."],
      [
        grown > model.maxSize,
        `AutoScalingGroup ${model.id} has min-size=${model.minSize}, max-size=${model.maxSize}, and desired-size=${model.desiredCapacity}. To remove from standby ${ids.length} instances, please update the AutoScalingGroup sizes appropriately.`,
      ],
    ]);
    asked(() => exitStandby(model, ids));
    return {
      Activities: moved.map((instance) => answeredMove(region, group, instance, "Moving EC2 instance out of Standby")),
    };
  }),

  DescribeAutoScalingInstances: operation(shapes.describeAutoScalingInstances, (request, region: AwsRegion) => {
    const ids = request.InstanceIds ?? [];
    const found = [...region.groups.values()].flatMap((group) =>
      [...group.model.instances.values()]
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

// Moves take no time in the model, so they are not among its activities.
function answeredMove(region: AwsRegion, group: AutoScalingGroup, { id }: Instance, what: string): Members {
  return {
    ActivityId: newUuid(region),
    AutoScalingGroupName: group.settings.AutoScalingGroupName,
    AutoScalingGroupARN: group.arn,
    Description: `${what}: ${id}`,
    Cause: `At ${new Date(group.model.now).toISOString()} instance ${id} was moved in response to a user request.`,
    StartTime: new Date(group.model.now),
    StatusCode: "InProgress",
    Progress: 50,
  };
}
