import type { Clock } from "./clock";
import type { Fault, FaultInjection } from "./faultInjection";
import type { Policies } from "./policies";
import type { createRateLimiter } from "./rateLimits";
import type { RequestHistory } from "./requests";
import type { Call, Failure, HttpAnswer, HttpRequest, Service } from "./service";
import type { World, Worlds } from "./world";
import { replaceForbiddenInXml } from "./xmlCharacters";

/** What goes back over the connection. */
export interface Reply {
  /** Undefined: the connection is cut. */
  readonly answer: HttpAnswer | undefined;
  readonly delayMilliseconds: number;
}

export interface ExchangeParts {
  readonly services: readonly Service[];
  readonly worlds: Worlds;
  readonly clock: Clock;
  readonly faultInjection: FaultInjection;
  readonly policies: Policies;
  readonly isWithinLimits: ReturnType<typeof createRateLimiter>;
  readonly requests: RequestHistory;
  /** Is told of every exception that no part of the emulator meant to throw. */
  readonly onError: (error: unknown) => void;
}

/** One request and what happens to it: identified, hit by a fault or a limit, else answered by its service; recorded. */
export function exchange(parts: ExchangeParts, request: HttpRequest): Reply {
  const service = parts.services.find((candidate) => candidate.accepts(request));
  if (!service) return { answer: notFound, delayMilliseconds: 0 };
  const call = service.identify(request, parts.worlds);
  const fault = parts.faultInjection.next(call.service, call.operation);
  const refusal = refuse(parts, service, call, fault);
  const done = refusal ?? (fault?.kind === "CutBefore" ? undefined : act(parts, service, request, call));
  const answer = spoil(done, fault);
  parts.requests.add({
    time: parts.clock.now(),
    service: call.service,
    operation: call.operation,
    region: call.region,
    parameters: call.parameters,
    accessKeyId: call.accessKeyId,
    status: answer?.status,
    code: answer?.code,
    acted: !refusal && done !== undefined && done.status < 400,
    fault: fault?.kind,
  });
  return { answer, delayMilliseconds: fault?.kind === "Slow" ? fault.delayMilliseconds : 0 };
}

/** A bug of the emulator is an internal error of the service. */
function act(parts: ExchangeParts, service: Service, request: HttpRequest, call: Call): HttpAnswer {
  try {
    const world = parts.worlds.at(call.region);
    return finished(service.answer(request, call, world), world, call);
  } catch (error) {
    parts.onError(error);
    return service.fail(call, "InternalError");
  }
}

function finished(answer: HttpAnswer, world: World, { operation }: Call): HttpAnswer {
  const isXml = answer.headers["content-type"]?.includes("xml");
  const text = isXml ? replaceForbiddenInXml(answer.body) : answer.body;
  const body = world.deviation?.answer?.(operation, text) ?? text;
  return { ...answer, headers: { ...answer.headers, ...historyHeaders(world, operation) }, body };
}

/** An answer from which the oldest are missing says so. */
function historyHeaders({ groups }: World, operation: string): Record<string, string> {
  if (operation !== "DescribeScalingActivities") return {};
  const forgotten = [...groups.values()].reduce((sum, group) => sum + group.forgottenActivities, 0);
  return forgotten === 0 ? {} : { "x-emulator-forgotten-activities": `${forgotten}` };
}

const failures: Partial<Record<Fault["kind"], Failure>> = {
  AccessDenied: "AccessDenied",
  Throttling: "Throttling",
  InternalError: "InternalError",
  ServiceUnavailable: "ServiceUnavailable",
  ExpiredToken: "ExpiredToken",
};

/** What answers instead of the service. */
function refuse(parts: ExchangeParts, service: Service, call: Call, fault: Fault | undefined): HttpAnswer | undefined {
  const failure = fault && failures[fault.kind];
  if (failure) return service.fail(call, failure);
  if (fault?.kind === "NotParsable") return gatewayPage;
  if (!parts.isWithinLimits(call.service, call.operation, call.region)) return service.fail(call, "Throttling");
  return undefined;
}

/** What happens to an answer on its way. */
function spoil(answer: HttpAnswer | undefined, fault: Fault | undefined): HttpAnswer | undefined {
  if (fault?.kind === "CutAfter") return undefined;
  if (fault?.kind !== "Truncated" || !answer) return answer;
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
}

/** What a proxy in front of the service says, in nobody's format. */
const gatewayPage: HttpAnswer = {
  status: 502,
  headers: { "content-type": "text/html" },
  body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
};

const notFound: HttpAnswer = {
  status: 404,
  headers: { "content-type": "text/plain" },
  body: "No service of this address understands the request.\n",
};
