import { z } from "zod";
import { makeUnhealthy } from "../simulation/capacity";
import { setAlarm } from "../simulation/refresh";
import { Refused } from "../simulation/refused";
import { sample } from "../simulation/sample";
import { highestSpeed, longestAdvanceSeconds } from "./clock";
import type { ExchangeParts, Reply } from "./exchange";
import { faultsShape } from "./faultInjection";
import { createGroups } from "./groups";
import { InvalidInput } from "./invalidInput";
import { policiesShape } from "./policies";
import type { HttpRequest } from "./service";
import type { World } from "./world";

/**
 * The emulator's own endpoints under `/_emulator/`, for tests that run it as a process of its own. Answers undefined to
 * every other request.
 */
export function createControl(parts: ExchangeParts): (request: HttpRequest) => Reply | undefined {
  return (request) => {
    const { pathname } = request.url;
    if (pathname === "/" && request.method === "GET" && request.url.search === "" && !request.headers.authorization) {
      return reply(200, { emulator: "instance-refresh", state: "/_emulator/state" });
    }
    if (!pathname.startsWith("/_emulator/")) return undefined;
    const endpoint = endpoints[`${request.method} ${pathname.slice("/_emulator".length)}`];
    if (!endpoint) return reply(404, { message: `There is no ${request.method} ${pathname}.` });
    try {
      return reply(200, endpoint(parts, body(request)), historyHeaders(parts));
    } catch (error) {
      if (error instanceof z.ZodError) return reply(400, { message: z.prettifyError(error) });
      if (error instanceof WrongContentType) return reply(415, { message: error.message });
      if (error instanceof InvalidInput || error instanceof Refused) return reply(400, { message: error.message });
      parts.onError(error);
      return reply(500, { message: `The emulator failed: ${String(error)}` });
    }
  };
}

type Endpoint = (parts: ExchangeParts, body: unknown) => unknown;

class WrongContentType extends Error {}

const groupName = { region: z.string().optional(), group: z.string() };
const clockBody = z.strictObject({
  advanceSeconds: z.number().min(0).max(longestAdvanceSeconds).optional(),
  speed: z.number().min(0).max(highestSpeed).optional(),
});
const alarmBody = z.strictObject({
  ...groupName,
  alarm: z.string(),
  state: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]),
});
const unhealthyBody = z.strictObject({ ...groupName, instance: z.string() });
const launchesBody = z.strictObject({
  ...groupName,
  rate: z.number().min(0).max(1).default(1),
  count: z.int().min(1).optional(),
});

const failingBody = z.strictObject({ ...groupName, message: z.string().min(1), count: z.int().min(0).optional() });

const endpoints: Readonly<Record<string, Endpoint>> = {
  "GET /state": ({ clock, worlds }) => ({ time: clock.now(), speed: clock.speed, regions: worlds.all().map(describe) }),
  "GET /requests": ({ requests }) => requests.list,
  "DELETE /requests": ({ requests }) => {
    requests.clear();
    return requests.list;
  },
  "GET /faults": ({ faultInjection }) => faultInjection.list(),
  "POST /faults": ({ faultInjection }, body) => {
    faultInjection.add(...faultsShape.parse(body));
    return faultInjection.list();
  },
  "DELETE /faults": ({ faultInjection }) => {
    faultInjection.clear();
    return faultInjection.list();
  },
  "GET /policies": ({ policies }) => policies.list(),
  "PUT /policies": ({ policies }, body) => {
    policies.set(policiesShape.parse(body));
    return policies.list();
  },
  "POST /clock": ({ clock }, body) => {
    const { advanceSeconds = 0, speed = clock.speed } = clockBody.parse(body);
    clock.advance(advanceSeconds * 1000);
    clock.speed = speed;
    return { time: clock.now(), speed: clock.speed };
  },
  "POST /groups": ({ worlds }, body) => {
    createGroups(body, worlds);
    return worlds.all().map(describe);
  },
  "POST /alarms": (parts, body) => {
    const { alarm, state, ...name } = alarmBody.parse(body);
    setAlarm(find(parts, name), alarm, state);
    return { alarm, state };
  },
  "POST /unhealthy": (parts, body) => {
    const { instance, ...name } = unhealthyBody.parse(body);
    makeUnhealthy(find(parts, name), instance);
    return { instance };
  },
  "POST /unhealthy-launches": (parts, body) => {
    const { rate, count, ...name } = launchesBody.parse(body);
    find(parts, name).unhealthyLaunches = rate === 0 ? undefined : { rate, remaining: count };
    return { rate, count };
  },
  "POST /failing-launches": (parts, body) => {
    const { message, count, ...name } = failingBody.parse(body);
    find(parts, name).failingLaunches = count === 0 ? undefined : { message, remaining: count };
    return { message, count };
  },
};

function describe(world: World) {
  return {
    region: world.region,
    groups: [...world.groups].map(([key, group]) => ({
      group: key,
      minSize: group.minSize,
      maxSize: group.maxSize,
      desiredCapacity: group.desiredCapacity,
      capacity: sample(group),
      refreshes: group.refreshes.map(({ id, status, reason, progress, startTime, endTime }) => {
        return { id, status, reason, ...progress, startTime, endTime };
      }),
      forgottenActivities: group.forgottenActivities,
    })),
  };
}

function find({ worlds }: ExchangeParts, name: { readonly region?: string | undefined; readonly group: string }) {
  const world = name.region === undefined ? worlds.withGroup(name.group) : worlds.at(name.region);
  const group = world?.groups.get(name.group);
  const where = name.region === undefined ? "any region" : name.region;
  if (!group) throw new InvalidInput(`There is no group ${name.group} in ${where}: give it as service/id.`);
  return group;
}

/** A page of another site can send a request here, but not with this content type. */
function body(request: HttpRequest): unknown {
  if (request.body === "") return undefined;
  const [type = ""] = request.headers["content-type"]?.split(";") ?? [];
  if (type.trim().toLowerCase() !== "application/json") {
    throw new WrongContentType("The content type must be application/json.");
  }
  try {
    return JSON.parse(request.body);
  } catch (error) {
    throw new InvalidInput(`The body is not JSON: ${(error as Error).message}`);
  }
}

function historyHeaders({ requests }: ExchangeParts): Record<string, string> {
  return requests.forgotten === 0 ? {} : { "x-emulator-forgotten-requests": `${requests.forgotten}` };
}

function reply(status: number, value: unknown, further: Record<string, string> = {}): Reply {
  const headers = { "content-type": "application/json", ...further };
  return { answer: { status, headers, body: `${JSON.stringify(value)}\n` }, delayMilliseconds: 0 };
}
