/** As much of CloudWatch as alarms of a refresh need. */
import { z } from "zod";
import type { AlarmState } from "../../simulation/model";
import { setAlarm } from "../../simulation/refresh";
import type { Members } from "./answers";
import { AwsError } from "./errors";
import { boolean, decimal, integer, integerWithin, list, text } from "./members";
import { type Operation, operationsReadBy } from "./operation";
import { page } from "./paging";
import { readRequest } from "./readRequest";
import type { Alarm, AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

const alarmName = text({ min: 1, max: 255 });
const arns = list(text({ min: 1, max: 1024 }));
const putMetricAlarm = z.object({
  AlarmName: alarmName,
  AlarmDescription: text({ max: 1024 }).optional(),
  ActionsEnabled: boolean().optional(),
  OKActions: arns.optional(),
  AlarmActions: arns.optional(),
  InsufficientDataActions: arns.optional(),
  MetricName: alarmName.optional(),
  Namespace: alarmName.optional(),
  Statistic: text().optional(),
  Period: integerWithin(1).optional(),
  EvaluationPeriods: integerWithin(1).optional(),
  DatapointsToAlarm: integerWithin(1).optional(),
  Threshold: decimal().optional(),
  ComparisonOperator: text().optional(),
  TreatMissingData: text().optional(),
  Tags: list(z.object({ Key: text({ min: 1, max: 128 }), Value: text({ max: 256 }) })).optional(),
  Dimensions: list(z.object({ Name: alarmName, Value: text({ min: 1, max: 1024 }) })).optional(),
});

/** The operations on alarms, by name. */
export const alarmOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  PutMetricAlarm: operation(putMetricAlarm, (request, region: AwsRegion) => {
    const before = region.alarms.get(request.AlarmName);
    // fact: aws-alarm-begins-without-data
    const state = before?.state ?? "INSUFFICIENT_DATA";
    const { Tags, ...settings } = request;
    // fact: aws-alarm-begins-without-data
    const alarm = newAlarm(region, state, "Unchecked: Initial alarm creation", settings as Members);
    region.alarms.set(request.AlarmName, { ...alarm, tags: before?.tags ?? Tags ?? [] });
    if (!before) tellGroups(region, request.AlarmName, state);
    return undefined;
  }),

  SetAlarmState: operation(
    z.object({
      AlarmName: alarmName,
      StateValue: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]),
      StateReason: text({ max: 1023 }),
      StateReasonData: text({ max: 4000 }).optional(),
    }),
    (request, region: AwsRegion) => {
      const alarm = alarmsOf(region).get(request.AlarmName);
      // fact: aws-alarm-unknown
      if (!alarm) throw new AwsError("ResourceNotFound", 404, "");
      const { StateValue: state, StateReason: reason } = request;
      const changed = newAlarm(region, state, reason, alarm.settings);
      region.alarms.set(request.AlarmName, { ...changed, tags: alarm.tags });
      tellGroups(region, request.AlarmName, state);
      return undefined;
    },
  ),

  DescribeAlarms: operation(
    z.object({
      AlarmNames: list(alarmName, { max: 100 }).optional(),
      AlarmNamePrefix: alarmName.optional(),
      AlarmTypes: list(z.enum(["CompositeAlarm", "MetricAlarm"])).optional(),
      StateValue: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]).optional(),
      MaxRecords: integer().optional(),
      NextToken: text().optional(),
    }),
    (request, region: AwsRegion) => {
      const names = request.AlarmNames ?? [];
      const found = [...alarmsOf(region)]
        .filter(([name]) => names.length === 0 || names.includes(name))
        .filter(([name]) => name.startsWith(request.AlarmNamePrefix ?? ""))
        .filter(([, { state }]) => request.StateValue === undefined || state === request.StateValue);
      const { items, nextToken } = page(found, ([name]) => name, request.MaxRecords ?? 50, request.NextToken);
      return {
        MetricAlarms: items.map(([name, alarm]) => answered(region, name, alarm)),
        CompositeAlarms: [],
        NextToken: nextToken,
      };
    },
  ),

  ListTagsForResource: operation(
    z.object({ ResourceARN: text({ min: 1, max: 1024 }) }),
    (request, region: AwsRegion) => {
      const [, name = ""] = /:alarm:(.+)$/.exec(request.ResourceARN) ?? [];
      const alarm = alarmsOf(region).get(name);
      // fact: aws-alarm-unknown
      if (!alarm) throw new AwsError("ResourceNotFound", 404, "");
      return { Tags: [...alarm.tags] };
    },
  ),

  DeleteAlarms: operation(z.object({ AlarmNames: list(alarmName, { max: 100 }) }), (request, region: AwsRegion) => {
    for (const name of request.AlarmNames) {
      region.alarms.delete(name);
      for (const { model } of region.groups.values()) model.alarms.delete(name);
    }
    return undefined;
  }),
};

/** Those that were put, and those that only a group knows of. */
function alarmsOf(region: AwsRegion): ReadonlyMap<string, Alarm> {
  const all = new Map(region.alarms);
  for (const { model } of region.groups.values()) {
    for (const [name, state] of model.alarms) {
      const known = all.get(name);
      if (known?.state !== state) all.set(name, newAlarm(region, state, "", known?.settings ?? { AlarmName: name }));
    }
  }
  return all;
}

function newAlarm({ world }: AwsRegion, state: AlarmState, reason: string, settings: Members): Alarm {
  return { settings, state, reason, updated: new Date(world.now()), tags: [] };
}

/** A state that no refresh has seen yet is, when one starts, the state that the alarm has. */
function tellGroups(region: AwsRegion, name: string, state: AlarmState): void {
  for (const { model } of region.groups.values()) setAlarm(model, name, state);
}

/** Alarms that were put before the group was made. */
export function tellGroup(region: AwsRegion, groupName: string): void {
  const group = region.groups.get(groupName);
  for (const [name, { state }] of region.alarms) if (group) setAlarm(group.model, name, state);
}

function answered({ world }: AwsRegion, name: string, { settings, state, reason, updated }: Alarm): Members {
  return {
    ActionsEnabled: true,
    ...settings,
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:${world.region}:${world.accountId}:alarm:${name}`,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: updated,
    AlarmConfigurationUpdatedTimestamp: updated,
  };
}
