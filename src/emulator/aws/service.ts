import { randomUUID } from "node:crypto";
import type { Call, HttpRequest, Service } from "../service";
import type { World } from "../world";
import { AccessKeys } from "./accessKeys";
import { type Api, apis, autoScaling } from "./apis";
import { AwsError, failures, invalidAction, inWordsOf } from "./errors";
import { createGroupOfFile } from "./groupsFile";
import { parseQuery } from "./query";
import { awsRegion } from "./region";
import { verifySignature } from "./signature";

/** The AWS half of the emulator: Auto Scaling, and the little of EC2 and STS around it, on one address. */
export function createAwsService(): Service {
  const accessKeys = new AccessKeys();

  const act = (request: HttpRequest, call: Call, world: World, requestId: string) => {
    const api = apiOf(call);
    const now = new Date();
    const find = (id: string) => accessKeys.find(id, world.credentials, now);
    const accessKeyId = verifySignature(request, api.service, find, now);
    const operation = api.operations[call.operation];
    if (!operation) throw invalidAction(call.operation, call.parameters.Version ?? api.version);
    const result = operation(parseQuery(form(request)), { ...awsRegion(world), accessKeyId, accessKeys });
    return api.dialect.answer(call.operation, result, requestId);
  };

  return {
    names: apis.map(({ service }) => service),
    accepts: (request) =>
      request.headers.authorization?.startsWith("AWS4-") === true ||
      apis.some(({ version }) => version === new URLSearchParams(form(request)).get("Version")),
    identify: (request) => {
      const parameters = Object.fromEntries(new URLSearchParams(form(request)));
      const [accessKeyId, , region] =
        /Credential=([^,\s]*)/.exec(request.headers.authorization ?? "")?.[1]?.split("/") ?? [];
      const { Action = "", Version } = parameters;
      const api = apis.find(({ version }) => version === Version) ?? autoScaling;
      return { service: api.service, operation: Action, region: region ?? "us-east-1", accessKeyId, parameters };
    },
    answer: (request, call, world) => {
      // Not from the seed: how often somebody asks must not change what happens.
      const requestId = randomUUID();
      try {
        return act(request, call, world, requestId);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const api = apiOf(call);
        return api.dialect.error(inWordsOf(api.service, error), requestId);
      }
    },
    fail: (call, failure) => apiOf(call).dialect.error(inWordsOf(call.service, failures[failure]()), randomUUID()),
    createGroup: createGroupOfFile,
  };
}

function apiOf(call: Call): Api {
  return apis.find(({ service }) => service === call.service) ?? autoScaling;
}

// The Query protocol takes its parameters from the address too, when there is no body.
function form(request: HttpRequest): string {
  return request.body || request.url.search;
}
