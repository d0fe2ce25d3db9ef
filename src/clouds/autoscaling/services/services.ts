/**
 * What only other services of AWS know: whose account it is, how alarms stand, what image a template names. One signed
 * call each, and no client: a call that fails, for lack of a permission or of a route, leaves it to the service to refuse.
 */
import { sign } from "aws4";
import { XMLParser } from "fast-xml-parser";
import type { ConnectionSettings } from "../../../core/cloud";
import type { AutoScalingClient } from "../requests";
import type { Template } from "../types/templates";

const TIMEOUT_MS = 5_000;

/** Host label, version of the API, and the SDK's variable for an endpoint of one's own. */
const SERVICES = {
  sts: { label: "sts", version: "2011-06-15", variable: "AWS_ENDPOINT_URL_STS" },
  ec2: { label: "ec2", version: "2016-11-15", variable: "AWS_ENDPOINT_URL_EC2" },
  cloudwatch: { label: "monitoring", version: "2010-08-01", variable: "AWS_ENDPOINT_URL_CLOUDWATCH" },
} as const;

export interface Services {
  /** Account of the credentials. */
  account(): Promise<string | undefined>;
  /** State by name of the alarms that there are: `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  alarmStates(names: readonly string[]): Promise<ReadonlyMap<string, string> | undefined>;
  /** Image of a version of a launch template; `resolve:ssm:…` where it is a parameter. */
  imageOf(template: Template): Promise<string | undefined>;
}

export function servicesOf(
  client: AutoScalingClient,
  settings: ConnectionSettings,
  environment = process.env,
): Services {
  const ask = async (service: keyof typeof SERVICES, action: string, parameters: Record<string, string>) => {
    const { label, version, variable } = SERVICES[service];
    // An address of one's own is an emulator's, which plays all services, or a private one, with no route to the others.
    const own =
      environment[variable] ||
      settings.endpoint ||
      environment.AWS_ENDPOINT_URL ||
      environment.AWS_ENDPOINT_URL_AUTO_SCALING;
    // In each partition the services differ in the first label only.
    const address = own || `https://${client.hostname.replace(/^autoscaling\b/, label)}`;
    const url = new URL(address.includes("://") ? address : `https://${address}`);
    const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
    const { headers } = sign(
      {
        service: label,
        region: client.region,
        host: url.host,
        method: "POST",
        path: "/",
        headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
        body,
      },
      await client.credentials(),
    );
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(new URL("/", url), {
        method: "POST",
        headers: headers as Record<string, string>,
        body,
        signal,
      });
      return response.ok ? (parser.parse(await response.text()) as Answer) : undefined;
    } catch {
      return undefined;
    }
  };

  return {
    async account() {
      const answer = await ask("sts", "GetCallerIdentity", {});
      return answer?.GetCallerIdentityResponse?.GetCallerIdentityResult?.Account;
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
    async imageOf({ id, name, version }) {
      const answer = await ask("ec2", "DescribeLaunchTemplateVersions", {
        ...(id ? { LaunchTemplateId: id } : { LaunchTemplateName: name ?? "" }),
        "LaunchTemplateVersion.1": String(version ?? "$Default"),
      });
      const [found] = items(answer?.DescribeLaunchTemplateVersionsResponse?.launchTemplateVersionSet);
      return found?.launchTemplateData?.imageId;
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
  launchTemplateData?: { imageId?: string };
}

/** As much as is read of the answers. */
interface Answer {
  GetCallerIdentityResponse?: { GetCallerIdentityResult?: { Account?: string } };
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
