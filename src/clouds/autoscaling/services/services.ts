/**
 * What only other services of AWS know: whose account it is, how alarms stand, what image a template names. One signed
 * call each, and no client: a call that fails, for lack of a permission or of a route, leaves it to the service to refuse.
 */
import { XMLParser } from "fast-xml-parser";
import { type ConnectionSettings, withoutPermission } from "../../../core/cloud";
import { refusesPermission } from "../errors";
import type { AutoScalingClient } from "../requests";
import type { Template } from "../types/templates";
import { type Ask, askingOf, type ServiceName } from "./query";

interface VersionOfTemplate {
  /** `resolve:ssm:…` where it is a parameter. */
  readonly imageId: string | undefined;
  /** When it was made, in milliseconds since the epoch. */
  readonly madeAt: number | undefined;
  /** The number that `$Latest` or `$Default` stands for now. */
  readonly number: string | undefined;
}

export interface Services {
  /** Account of the credentials. */
  account(): Promise<string | undefined>;
  /** To whom they belong: an ARN. */
  identity(): Promise<string | undefined>;
  /** State by name of the alarms that there are: `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  alarmStates(names: readonly string[]): Promise<ReadonlyMap<string, string> | undefined>;
  /** A version of a launch template; `missing` when EC2 says that there is none, undefined when it cannot be asked. */
  versionOf(template: Template): Promise<VersionOfTemplate | "missing" | undefined>;
}

/** What is left out without the permission. */
const LEFT_OUT: Readonly<Partial<Record<ServiceName, string>>> = {
  cloudwatch: "whether the alarms are OK was not checked",
  ec2: "the versions of launch templates were not checked",
};

interface ServicesOptions {
  /** Is told, in a line, what was not checked because a permission is missing. */
  unchecked?(line: string): void;
  /** Default: as the settings and the environment say. */
  ask?: Ask;
}

export function servicesOf(
  client: AutoScalingClient,
  settings: ConnectionSettings,
  { unchecked, ask: askService = askingOf(client, settings) }: ServicesOptions = {},
): Services {
  const ask = async (service: ServiceName, action: string, parameters: Record<string, string>) => {
    try {
      const { body } = await askService({ service, parameters: { Action: action, ...parameters } });
      const parsed = parser.parse(body) as Answer;
      const code = parsed.ErrorResponse?.Error?.Code ?? parsed.Response?.Errors?.Error?.Code ?? "";
      const leftOut = LEFT_OUT[service];
      if (leftOut && refusesPermission(code)) unchecked?.(withoutPermission(`${service}:${action}`, leftOut));
      return parsed;
    } catch {
      return undefined;
    }
  };

  return {
    async account() {
      const answer = await ask("sts", "GetCallerIdentity", {});
      return answer?.GetCallerIdentityResponse?.GetCallerIdentityResult?.Account;
    },
    async identity() {
      const answer = await ask("sts", "GetCallerIdentity", {});
      return answer?.GetCallerIdentityResponse?.GetCallerIdentityResult?.Arn;
    },
    async alarmStates(names) {
      const answer = await ask("cloudwatch", "DescribeAlarms", {
        "AlarmTypes.member.1": "MetricAlarm",
        "AlarmTypes.member.2": "CompositeAlarm",
        ...Object.fromEntries(names.map((name, index) => [`AlarmNames.member.${index + 1}`, name])),
      });
      const found = answer?.DescribeAlarmsResponse?.DescribeAlarmsResult;
      if (!found) return undefined;
      const alarms = [...members(found.MetricAlarms), ...members(found.CompositeAlarms)];
      return new Map(alarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]));
    },
    async versionOf({ id, name, version }) {
      const answer = await ask("ec2", "DescribeLaunchTemplateVersions", {
        ...(id ? { LaunchTemplateId: id } : { LaunchTemplateName: name ?? "" }),
        "LaunchTemplateVersion.1": String(version ?? "$Default"),
      });
      const [found] = items(answer?.DescribeLaunchTemplateVersionsResponse?.launchTemplateVersionSet);
      if (!found)
        return answer?.Response?.Errors?.Error?.Code?.startsWith("InvalidLaunchTemplate") ? "missing" : undefined;
      const madeAt = Date.parse(found.createTime ?? "");
      return {
        imageId: found.launchTemplateData?.imageId,
        madeAt: Number.isNaN(madeAt) ? undefined : madeAt,
        number: found.versionNumber,
      };
    },
  };
}

/** An empty element is an empty string to the parser. */
type List<Key extends string, Entry> = Partial<Record<Key, Entry[]>> | "";

interface Alarm {
  AlarmName: string;
  StateValue: string;
}

interface TemplateVersion {
  createTime?: string;
  versionNumber?: string;
  launchTemplateData?: { imageId?: string };
}

/** As much as is read of the answers. */
interface Answer {
  ErrorResponse?: { Error?: { Code?: string } };
  Response?: { Errors?: { Error?: { Code?: string } } };
  GetCallerIdentityResponse?: { GetCallerIdentityResult?: { Account?: string; Arn?: string } };
  DescribeAlarmsResponse?: {
    DescribeAlarmsResult?: { MetricAlarms?: List<"member", Alarm>; CompositeAlarms?: List<"member", Alarm> };
  };
  DescribeLaunchTemplateVersionsResponse?: { launchTemplateVersionSet?: List<"item", TemplateVersion> };
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "member" || name === "item" });

function members(list: List<"member", Alarm> | undefined): Alarm[] {
  return (list || undefined)?.member ?? [];
}

function items(list: List<"item", TemplateVersion> | undefined): TemplateVersion[] {
  return (list || undefined)?.item ?? [];
}
