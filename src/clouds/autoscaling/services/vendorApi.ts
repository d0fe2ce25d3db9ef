/** Calls of Auto Scaling, EC2 and CloudWatch as their references write them, signed and sent with the SDK's own parts. */
import { XMLParser } from "fast-xml-parser";
import { CloudError, type ConnectionSettings, type VendorApi } from "../../../core/cloud";
import { refuseSettings } from "../../common/settings";
import { createClient } from "../client";
import { settingIssues } from "../configuration";
import { addressOf, askingOf, query, type ServiceName } from "./query";
import { servicesOf } from "./services";

const TIMEOUT_MS = 30_000;

/** Names that the services have in credentials, and here. */
const NAMES: Readonly<Record<string, ServiceName>> = {
  autoscaling: "autoscaling",
  ec2: "ec2",
  monitoring: "cloudwatch",
  sts: "sts",
};

export async function vendorApi(settings: ConnectionSettings, environment = process.env): Promise<VendorApi> {
  refuseSettings(settingIssues(settings));
  const client = await createClient(settings, environment);
  return {
    region: client.region,
    account: () => servicesOf(client, settings, { ask: askingOf(client, settings, environment) }).account(),
    async call({ service, operation, parameters }) {
      const name = NAMES[service];
      if (!name) throw new RangeError(`there is no service ${service}`);
      const address = addressOf(name, client, settings, environment);
      const asked = { Action: operation, ...parameters };
      const { status, body } = await query(client, address, name, asked, TIMEOUT_MS).catch((error: unknown) => {
        throw noAnswer(operation, error instanceof Error ? error.name : "NoAnswer");
      });
      const parsed = parsedAnswer(body);
      if (parsed === undefined) throw noAnswer(operation, `Status${status}`);
      return { status, body: parsed };
    },
  };
}

function noAnswer(operation: string, code: string): CloudError {
  return new CloudError({ operation, code, kind: "passing", message: "no answer that can be read" });
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "member" || name === "item" });

/** The members of the answer, lists as lists; of a refusal `Code` and `Message`; undefined for what is no answer. */
function parsedAnswer(text: string): unknown {
  try {
    const document = parser.parse(text) as Record<string, unknown>;
    const [root] = Object.entries(document).filter(([name]) => !name.startsWith("?"));
    if (!root || !isRecord(root[1])) return undefined;
    const [name, answer] = root;
    if (name === "ErrorResponse") return simplified(answer.Error);
    // EC2's.
    if (name === "Response") return simplified((answer.Errors as Record<string, unknown>).Error);
    const { ResponseMetadata: _, requestId: __, "@_xmlns": ___, ...members } = answer;
    return simplified(members[name.replace(/Response$/, "Result")] ?? members);
  } catch {
    return undefined;
  }
}

function simplified(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(simplified);
  if (!isRecord(value)) return value;
  const names = Object.keys(value);
  const list = names.length === 1 ? (value.member ?? value.item) : undefined;
  if (Array.isArray(list)) return list.map(simplified);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, simplified(each)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
