import { randomUUID } from "node:crypto";
import type { Call, HttpAnswer, HttpRequest, Service } from "../service";
import { usualRegions, type World } from "../world";
import { findAccessKey } from "./accessKeys";
import type { Dialect } from "./answers";
import { type Api, apis, autoScaling } from "./apis";
import { AwsError, failures, invalidAction, inWordsOf, missingAction } from "./errors";
import { removeEmptied } from "./groups";
import { createGroupOfFile } from "./groupsFile";
import { formOfJson, jsonDialect, jsonOperation } from "./json";
import { checkPermission } from "./permissions";
import { parseQuery } from "./query";
import { awsRegion } from "./region";
import { verifySignature } from "./signature";

/** The AWS half of the emulator: Auto Scaling, and the little of EC2 and STS around it, on one address. */
export const awsService: Service = {
  names: apis.map(({ service }) => service),

  accepts: (request) =>
    request.headers.authorization?.startsWith("AWS4-") === true ||
    apis.some(({ version }) => version === new URLSearchParams(form(request)).get("Version")),

  identify: (request, { regionFor }) => {
    const credential = /Credential=([^,\s]*)/.exec(request.headers.authorization ?? "")?.[1];
    const [accessKeyId, , region = regionFor(usualRegions.aws)] = credential?.split("/") ?? [];
    const json = jsonCall(request);
    if (json) return { ...json, region, accessKeyId, parameters: Object.fromEntries(readableForm(request)) };
    const { Action: operation = "", Version, ...parameters } = Object.fromEntries(new URLSearchParams(form(request)));
    const { service } = apis.find(({ version }) => version === Version) ?? autoScaling;
    return { service, operation, region, accessKeyId, parameters };
  },

  answer: (request, call, world) => {
    const requestId = newRequestId();
    try {
      return act(request, call, world, requestId);
    } catch (error) {
      if (error instanceof AwsError) return refused(call, error, requestId);
      throw error;
    }
  },

  fail: (call, failure) => refused(call, failures[failure](), newRequestId()),

  usualRegion: usualRegions.aws,
  createGroup: createGroupOfFile,
};

function act(request: HttpRequest, call: Call, world: World, requestId: string): HttpAnswer {
  const { service, version, operations, unsigned } = apiOf(call);
  const now = new Date();
  const token = request.headers["x-amz-security-token"];
  const accessKey = unsigned?.has(call.operation)
    ? undefined
    : verifySignature(request, service, (id) => findAccessKey(world, id, token), now);
  if (accessKey) checkPermission(call, world, accessKey);
  const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
  if (!operation) throw call.operation === "" ? missingAction() : invalidAction(call.operation, version);
  removeEmptied(awsRegion(world));
  const acting = { ...awsRegion(world), accessKey, accessKeyId: call.accessKeyId ?? "" };
  const parameters = call.isJson ? formOfJson(request.body).toString() : form(request);
  return dialectOf(call).answer(
    call.operation,
    operation(parseQuery(deviated(parameters, call.operation, world)), acting),
    requestId,
  );
}

/** After the signature was checked: what a deviation makes of the parameters. */
function deviated(text: string, operation: string, { deviation }: World): string {
  if (!deviation?.request) return text;
  return new URLSearchParams(deviation.request(operation, Object.fromEntries(new URLSearchParams(text)))).toString();
}

function refused(call: Call, error: AwsError, requestId: string): HttpAnswer {
  return dialectOf(call).error(inWordsOf(call.service, error), requestId);
}

function apiOf(call: Call): Api {
  return apis.find(({ service }) => service === call.service) ?? autoScaling;
}

function dialectOf(call: Call): Dialect {
  return call.isJson ? jsonDialect : apiOf(call).dialect;
}

function jsonCall(request: HttpRequest): Pick<Call, "service" | "operation" | "isJson"> | undefined {
  for (const { service, jsonTarget } of apis) {
    const operation = jsonTarget && jsonOperation(request, jsonTarget);
    if (operation !== undefined) return { service, operation, isJson: true };
  }
  return undefined;
}

/** What is no JSON is refused when the call is answered. */
function readableForm(request: HttpRequest): URLSearchParams {
  try {
    return formOfJson(request.body);
  } catch {
    return new URLSearchParams();
  }
}

// The Query protocol takes its parameters from the address too, when there is no body.
function form(request: HttpRequest): string {
  return request.body || request.url.search;
}

// Not from the seed: how often somebody asks must not change what happens.
function newRequestId(): string {
  return randomUUID();
}
