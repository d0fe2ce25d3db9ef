import type { Activity } from "../../simulation/model";
import type { Members } from "./answers";
import { validationError } from "./errors";
import { findGroup } from "./findGroup";
import { availabilityZone, subnet } from "./groupAnswers";
import { describeScalingActivities, type Filter } from "./groupShapes";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import type { AutoScalingGroup, AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

// fact: aws-activities-six-weeks
const sixWeeks = 42 * 86_400_000;

interface Found {
  readonly group: AutoScalingGroup;
  readonly activity: Activity;
}

/** What groups have launched and terminated, newest first. */
export const activityOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  DescribeScalingActivities: operation(describeScalingActivities, (request, region: AwsRegion) => {
    const name = request.AutoScalingGroupName;
    const ids = request.ActivityIds ?? [];
    const found = (name === undefined ? [...region.groups.values()] : [findGroup(region, name)])
      .flatMap((group) => group.model.activities.map((activity): Found => ({ group, activity })))
      .filter(({ activity }) => activity.startTime >= region.world.now() - sixWeeks)
      .filter(({ activity }) => ids.length === 0 || ids.includes(uuid(activity)))
      .filter(({ activity }) => (request.Filters ?? []).every((filter) => passes(activity, filter)))
      .sort((a, b) => b.activity.startTime - a.activity.startTime);
    const size = pageSize(request.MaxRecords, 100, 100);
    const { items, nextToken } = page(found, ({ activity }) => uuid(activity), size, request.NextToken);
    return {
      Activities: items.map(({ group, activity }) => answeredActivity(region, group, activity)),
      NextToken: nextToken,
    };
  }),
};

const descriptions: Readonly<Record<Activity["kind"], string>> = {
  Launch: "Launching a new EC2 instance", // fact: aws-activity-descriptions
  Terminate: "Terminating EC2 instance", // fact: aws-activity-descriptions
  ReplaceRootVolume: "Replacing the root volume of EC2 instance", // fact: aws-activity-root-volume
  Detach: "Detaching EC2 instance", // fact: aws-activity-descriptions
  Attach: "Attaching an existing EC2 instance", // fact: aws-activity-attach
  EnterStandby: "Moving EC2 instance to Standby", // fact: aws-activity-descriptions
  ExitStandby: "Moving EC2 instance out of Standby", // fact: aws-activity-descriptions
};

function answeredActivity(region: AwsRegion, group: AutoScalingGroup, activity: Activity): Members {
  const { instanceId, kind, message } = activity;
  const [StatusCode, Progress] = progressOf(group, activity);
  const instance = { id: instanceId ?? activity.id };
  return {
    ActivityId: uuid(activity),
    AutoScalingGroupName: group.settings.AutoScalingGroupName,
    AutoScalingGroupARN: group.arn,
    Description:
      message === undefined
        ? `${descriptions[kind]}: ${instanceId}`
        : // fact: aws-activity-failed
          `${descriptions[kind]}.  Status Reason: ${message}`,
    Cause: activity.cause,
    StartTime: new Date(activity.startTime),
    // fact: aws-whole-seconds
    EndTime:
      activity.endTime === undefined
        ? undefined
        : new Date(Math.max(activity.startTime, Math.floor(activity.endTime / 1000) * 1000)),
    StatusCode,
    StatusMessage: message?.slice(0, longestMessage),
    Progress,
    // fact: aws-activity-details
    Details: JSON.stringify({
      "Subnet ID": subnet(region, group, instance),
      "Availability Zone": availabilityZone(region, group, instance),
    }),
  };
}

// fact: aws-activity-failed
const longestMessage = 255;

/** An activity that was only just begun, as the operation answers that has begun it. */
export function begunActivity(region: AwsRegion, group: AutoScalingGroup, activity: Activity): Members {
  const begun = { ...activity, status: "InProgress", endTime: undefined } as const;
  // fact: aws-activity-out-of-standby
  const early = activity.kind === "ExitStandby" ? { StatusCode: "PreInService", Progress: 30 } : {};
  return { ...answeredActivity(region, group, begun), ...early };
}

function progressOf({ model }: AutoScalingGroup, activity: Activity): readonly [status: string, progress: number] {
  if (activity.status !== "InProgress") return [activity.status, 100];
  const instance = activity.instanceId === undefined ? undefined : model.instances.get(activity.instanceId);
  const launching = activity.kind === "Launch";
  // fact: aws-activity-draining
  if (instance?.draining) return ["WaitingForELBConnectionDraining", 50];
  // fact: aws-activity-hook
  if (instance && instance.hooks.size > 0) return ["MidLifecycleAction", launching ? 40 : 60];
  // fact: aws-activity-launching, aws-activity-terminating
  return launching ? ["PreInService", 30] : ["InProgress", 50];
}

function passes(activity: Activity, { Name, Values = [] }: Filter): boolean {
  if (Name === "Status") return Values.includes(activity.status);
  if (Name === "StartTimeLowerBound") return Values.every((time) => activity.startTime >= Date.parse(time));
  if (Name === "StartTimeUpperBound") return Values.every((time) => activity.startTime <= Date.parse(time));
  // fact: aws-filter-unknown
  throw validationError(`Filter type ${Name} is not correct.`);
}

function uuid({ id }: Activity): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
