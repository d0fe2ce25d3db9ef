/** What the emulator keeps in memory is bounded: activities, and events that nobody reads. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createEvents } from "../../src/dashboard/events";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator";
import { essClient } from "./essClient";

const started: Emulator[] = [];
const errors: unknown[] = [];

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({
    speed: 0,
    startTime: Date.UTC(2026, 0, 1),
    onError: (error) => errors.push(error),
    ...options,
  });
  started.push(emulator);
  return emulator;
}
afterEach(async () => {
  errors.length = 0;
  await Promise.all(started.splice(0).map((emulator) => emulator.close()));
});

const day = 86_400_000;
const essGroup = {
  service: "ess",
  ScalingGroupId: "asg-web",
  DesiredCapacity: 10,
  ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
};

interface State {
  readonly regions: readonly [{ readonly groups: readonly [{ readonly forgottenActivities: number }] }];
}

test("the emulator forgets old activities of a group that stays unhealthy, and says so in its answer", async () => {
  const emulator = await start({ groups: [essGroup] });
  const group = emulator.world(emulator.region).groups.get("ess/asg-web");
  if (!group) throw new Error("There is no group.");
  group.healthCheckGraceSeconds = 0;
  group.unhealthyLaunches = { rate: 1, remaining: undefined };
  for (const id of [...group.instances.keys()]) {
    await fetch(`${emulator.url}/_emulator/unhealthy`, {
      method: "POST",
      body: JSON.stringify({ group: "ess/asg-web", instance: id }),
      headers: { "content-type": "application/json" },
    });
  }
  emulator.clock.advance(2 * day);
  const state = await (await fetch(`${emulator.url}/_emulator/state`)).json();
  const { forgottenActivities } = (state as State).regions[0].groups[0];
  expect(forgottenActivities).toBeGreaterThan(0);
  expect(group.activities.length).toBeLessThanOrEqual(50_000);
  const asked = { ScalingGroupId: "asg-web", PageSize: 1 };
  expect(await essClient(emulator)("DescribeScalingActivities", asked)).toMatchObject({
    TotalCount: group.activities.length,
  });
  const answer = await signedGet(emulator, "DescribeScalingActivities", "asg-web");
  expect(answer.headers.get("x-emulator-forgotten-activities")).toBe(`${forgottenActivities}`);
});

/** A request of the older version, of which the headers of the answer are wanted. */
async function signedGet(emulator: Emulator, action: string, group: string): Promise<Response> {
  const { createHmac } = await import("node:crypto");
  const parameters: Record<string, string> = {
    AccessKeyId: emulator.accessKeyId,
    Action: action,
    Format: "JSON",
    RegionId: emulator.region,
    ScalingGroupId: group,
    SignatureMethod: "HMAC-SHA1",
    SignatureNonce: "1",
    SignatureVersion: "1.0",
    Timestamp: new Date().toISOString(),
    Version: "2014-08-28",
  };
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${encodeURIComponent(parameters[name] ?? "")}`)
    .join("&");
  const toSign = `GET&${encodeURIComponent("/")}&${encodeURIComponent(query)}`;
  const signature = createHmac("sha1", `${emulator.secretAccessKey}&`).update(toSign).digest("base64");
  return fetch(`${emulator.url}/?${query}&Signature=${encodeURIComponent(signature)}`);
}

test("a reader of the events that does not read is passed over, and gets the newest when it does", async () => {
  let readings = 0;
  const nothing = { cloud: "", region: "", stage: undefined, problem: undefined };
  const source = {
    now: () => ++readings,
    speed: 1,
    hasControls: false,
    groups: () => [
      {
        id: "web",
        name: "x".repeat(500_000 + ++readings),
        ...nothing,
        refresh: () => undefined,
        details: () => undefined,
      },
    ],
  };
  const events = createEvents({ source, onError: (error) => errors.push(error), intervalMilliseconds: 1 });
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    events(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const slow = connect(port, "127.0.0.1");
  slow.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  slow.pause();
  while (responses.length === 0) await new Promise(setImmediate);

  const reader = (await fetch(`http://127.0.0.1:${port}/`)).body?.getReader();
  let bytes = 0;
  // The kernel's buffers hold some megabytes; after that, what is written stays in this process.
  while (bytes < 30_000_000) bytes += (await reader?.read())?.value?.length ?? 0;
  expect(responses[0]?.writableLength).toBeLessThan(1_000_000);
  expect(responses[0]?.writableNeedDrain).toBe(true);
  expect(errors).toEqual([]);
  await reader?.cancel();
  slow.destroy();
  server.closeAllConnections();
  server.close();
});
