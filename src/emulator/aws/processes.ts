import { react } from "../../simulation/advance";
import { findGroup } from "./findGroup";
import { scalingProcesses } from "./groupShapes";
import { refuse } from "./launchConfigurationRules";
import { type Operation, operationsReadBy } from "./operation";
import { readRequest } from "./readRequest";
import type { AutoScalingGroup, AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

// fact: aws-processes
const processes = [
  "Launch",
  "Terminate",
  "AddToLoadBalancer",
  "AlarmNotification",
  "AZRebalance",
  "HealthCheck",
  "InstanceRefresh",
  "ReplaceUnhealthy",
  "ScheduledActions",
];

/** The operations on the processes of a group, by name. */
export const processOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  SuspendProcesses: operation(scalingProcesses, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const at = new Date(region.world.now()).toISOString().replace(/\.\d+/, "");
    // fact: aws-suspension-reason
    for (const process of named(request.ScalingProcesses)) group.suspensions.set(process, `User suspended at ${at}`);
    apply(group);
    return undefined;
  }),

  ResumeProcesses: operation(scalingProcesses, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    for (const process of named(request.ScalingProcesses)) group.suspensions.delete(process);
    apply(group);
    return undefined;
  }),
};

/** All of them where none is named. */
function named(asked: readonly string[] = []): readonly string[] {
  const unknown = asked.find((process) => !processes.includes(process));
  // fact: aws-process-unknown
  refuse([
    // fact: aws-process-unknown
    // fact: aws-process-unknown
    [unknown !== undefined, `${unknown} is not a valid scaling process type.`],
  ]);
  return asked.length === 0 ? processes : asked;
}

function apply({ model, suspensions }: AutoScalingGroup): void {
  model.suspended.clear();
  for (const process of suspensions.keys()) model.suspended.add(process);
  react(model);
}
