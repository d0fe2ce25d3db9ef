import { z } from "zod";
import { makeUnhealthy } from "../simulation/capacity";
import { setAlarm } from "../simulation/refresh";
import { sample } from "../simulation/sample";
import type { ExchangeParts, Reply } from "./exchange";
import { faultsShape } from "./faultInjection";
import { createGroups } from "./groups";
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
      return reply(200, endpoint(parts, body(request)));
    } catch (error) {
      return reply(400, { message: error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message });
    }
  };
}

type Endpoint = (parts: ExchangeParts, body: unknown) => unknown;

const groupName = { region: z.string().optional(), group: z.string() };
const clockBody = z.strictObject({ advanceSeconds: z.number().min(0).optional(), speed: z.number().min(0).optional() });
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

const endpoints: Readonly<Record<string, Endpoint>> = {
  "GET /state": ({ clock, worlds }) => ({ time: clock.now(), speed: clock.speed, regions: worlds.all().map(describe) }),
  "GET /requests": ({ requests }) => requests,
  "DELETE /requests": ({ requests }) => {
    requests.length = 0;
    return requests;
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
    })),
  };
}

function find({ worlds }: ExchangeParts, name: { readonly region?: string | undefined; readonly group: string }) {
  const world = worlds.at(name.region ?? worlds.defaultRegion);
  const group = world.groups.get(name.group);
  if (!group) throw new Error(`There is no group ${name.group} in ${world.region}: give it as service/id.`);
  return group;
}

/** A page of another site can send a request here, but not with this content type. */
function body(request: HttpRequest): unknown {
  if (request.body === "") return undefined;
  if (!request.headers["content-type"]?.startsWith("application/json")) {
    throw new Error("The content type must be application/json.");
  }
  return JSON.parse(request.body);
}

function reply(status: number, value: unknown): Reply {
  const headers = { "content-type": "application/json" };
  return { answer: { status, headers, body: `${JSON.stringify(value)}\n` }, delayMilliseconds: 0 };
}
