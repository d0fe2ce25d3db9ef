import type { Activity } from "../../simulation/model";
import type { Members } from "./answers";
import { validationError } from "./errors";
import { findGroup } from "./findGroup";
import { availabilityZone } from "./groupAnswers";
import { describeScalingActivities, type Filter } from "./groupShapes";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import type { AutoScalingGroup, AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

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
    return { Activities: items.map((one) => answered(region, one)), NextToken: nextToken };
  }),
};

const descriptions: Readonly<Record<Activity["kind"], string>> = {
  Launch: "Launching a new EC2 instance",
  Terminate: "Terminating EC2 instance",
  ReplaceRootVolume: "Replacing the root volume of EC2 instance",
};

function answered(region: AwsRegion, { group, activity }: Found): Members {
  return {
    ActivityId: uuid(activity),
    AutoScalingGroupName: group.settings.AutoScalingGroupName,
    AutoScalingGroupARN: group.arn,
    Description: `${descriptions[activity.kind]}: ${activity.instanceId}`,
    Cause: `At ${new Date(activity.startTime).toISOString()} ${activity.cause}`,
    StartTime: new Date(activity.startTime),
    EndTime: activity.endTime === undefined ? undefined : new Date(activity.endTime),
    StatusCode: activity.status,
    Progress: activity.endTime === undefined ? 50 : 100,
    Details: JSON.stringify({ "Availability Zone": availabilityZone(region, group, { id: activity.instanceId }) }),
  };
}

function passes(activity: Activity, { Name, Values = [] }: Filter): boolean {
  if (Name === "Status") return Values.includes(activity.status);
  if (Name === "StartTimeLowerBound") return Values.every((time) => activity.startTime >= Date.parse(time));
  if (Name === "StartTimeUpperBound") return Values.every((time) => activity.startTime <= Date.parse(time));
  throw validationError(`Filter type ${Name} is not correct.`);
}

function uuid({ id }: Activity): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
