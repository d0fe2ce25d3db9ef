import { connect } from "node:net";
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator";
import { createClock } from "../../src/emulator/clock";
import { createPolicies } from "../../src/emulator/policies";
import { createRequestHistory } from "../../src/emulator/requests";
import { createRandom } from "../../src/simulation/random";
import { codeOf, essClient } from "./essClient";

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
const awsGroup = {
  service: "autoscaling",
  region: "eu-west-1",
  AutoScalingGroupName: "web",
  MinSize: 0,
  MaxSize: 4,
  DesiredCapacity: 2,
  LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
  LaunchTemplateVersions: [{ ImageId: "ami-1", InstanceType: "t3.small" }],
};

function awsClient(emulator: Emulator): AutoScalingClient {
  return new AutoScalingClient({
    endpoint: emulator.url,
    region: "eu-west-1",
    credentials: { accessKeyId: emulator.accessKeyId, secretAccessKey: emulator.secretAccessKey },
    maxAttempts: 1,
  });
}

/** Sends a request as written, with the Host that is given, and answers status line and body. */
async function raw(emulator: Emulator, lines: readonly string[], body = ""): Promise<string> {
  const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
  socket.end(
    `${[...lines, "Connection: close", `Content-Length: ${Buffer.byteLength(body)}`].join("\r\n")}\r\n\r\n${body}`,
  );
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

function control(emulator: Emulator, method: string, path: string, body?: string, type = "application/json") {
  return fetch(`${emulator.url}/_emulator${path}`, {
    method,
    ...(body === undefined ? {} : { body, headers: { "content-type": type } }),
  });
}

describe("an exception in the emulator", () => {
  /** From now on whatever asks the group for its capacity throws. */
  function spoil(emulator: Emulator, region: string, key: string): void {
    const group = emulator.world(region).groups.get(key);
    if (!group) throw new Error(`There is no ${key}.`);
    Object.defineProperty(group, "desiredCapacity", {
      get: () => {
        throw new TypeError("A bug.");
      },
    });
  }

  test("is an internal error of ESS, and the next request is answered", async () => {
    const emulator = await start({ groups: [essGroup] });
    spoil(emulator, emulator.region, "ess/asg-web");
    expect(await codeOf(essClient(emulator)("DescribeScalingGroups"))).toBe("InternalError");
    expect(emulator.requests).toMatchObject([{ status: 500, code: "InternalError", acted: false }]);
    expect(errors).toEqual([expect.any(TypeError)]);
    expect(await codeOf(essClient(emulator, { region: "cn-beijing" })("DescribeScalingGroups"))).toBe("no error");
  });

  test("is an internal failure of AWS, and the next request is answered", async () => {
    const emulator = await start({ groups: [awsGroup] });
    spoil(emulator, "eu-west-1", "autoscaling/web");
    const answer = awsClient(emulator).send(new DescribeAutoScalingGroupsCommand({}));
    await expect(answer).rejects.toMatchObject({ name: "InternalFailure", $metadata: { httpStatusCode: 500 } });
    expect(await codeOf(essClient(emulator)("DescribeScalingGroups"))).toBe("no error");
  });

  test("is a 500 of the endpoints for tests, and ends the page's events, not the process", async () => {
    const emulator = await start({ groups: [essGroup] });
    const events = await fetch(`${emulator.url}/_dashboard/events?open=${emulator.region}/ess/asg-web`);
    const reader = events.body?.getReader();
    await reader?.read();
    spoil(emulator, emulator.region, "ess/asg-web");
    const state = await control(emulator, "GET", "/state");
    expect([state.status, await state.json()]).toEqual([500, { message: expect.stringContaining("A bug.") }]);
    const readOn = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(readOn()).rejects.toThrow();
    expect((await control(emulator, "GET", "/requests")).status).toBe(200);
  });
});

test.each<[string, string, unknown, RegExp]>([
  ["POST", "/clock", { speed: 1e308 }, /speed/],
  ["POST", "/clock", { speed: 1_000_001 }, /speed/],
  ["POST", "/clock", { speed: -1 }, /speed/],
  ["POST", "/clock", { advanceSeconds: 1e308 }, /advanceSeconds/],
  ["POST", "/clock", { advanceSeconds: 367 * 86_400 }, /advanceSeconds/],
  ["POST", "/faults", [{ operations: ["*"], kind: "Slow", delayMilliseconds: 3_000_000_000 }], /delayMilliseconds/],
  ["POST", "/faults", [{ operations: ["*"], kind: "Slow", count: 1e308 }], /count/],
  ["POST", "/faults", [{ operations: ["*"], kind: "Slow", skip: 0.5 }], /skip/],
  ["POST", "/faults", [{ operations: ["*"], kind: "Slow", rate: 2 }], /rate/],
  ["POST", "/unhealthy-launches", { group: "ess/asg-web", rate: 1.5 }, /rate/],
  ["POST", "/unhealthy-launches", { group: "ess/asg-web", count: 1e300 }, /count/],
  ["POST", "/unhealthy", { group: "ess/asg-web", instance: "i-none" }, /i-none/],
  ["POST", "/groups", [{ ...essGroup, ScalingGroupId: "asg-2", DesiredCapacity: 1e9 }], /DesiredCapacity/],
  ["POST", "/groups", [{ ...awsGroup, AutoScalingGroupName: "b", DesiredCapacity: 1e9, MaxSize: 1e9 }], /Group 0/],
  ["PUT", "/policies", { key: { Version: "1", Statement: [{ Effect: "Maybe" }] } }, /Statement/],
])("%s %s %j is refused with a message", async (method, path, body, message) => {
  const emulator = await start({ groups: [essGroup] });
  const answer = await control(emulator, method, path, JSON.stringify(body));
  expect([answer.status, await answer.json()]).toEqual([400, { message: expect.stringMatching(message) }]);
  expect(await codeOf(essClient(emulator)("DescribeScalingGroups"))).toBe("no error");
  expect(errors).toEqual([]);
});

test("a body that is not JSON is refused, and so is every content type but JSON's", async () => {
  const emulator = await start();
  expect((await control(emulator, "POST", "/clock", "{")).status).toBe(400);
  for (const type of ["application/jsonfoo", "text/plain", "application/x-www-form-urlencoded", ""]) {
    expect((await control(emulator, "POST", "/clock", "{}", type)).status).toBe(415);
  }
  for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON"]) {
    expect((await control(emulator, "POST", "/clock", "{}", type)).status).toBe(200);
  }
});

test("the clock stops before dates run out, however fast it goes", () => {
  let real = 0;
  const clock = createClock(Date.UTC(2026, 0, 1), 1_000_000, () => real);
  real = 1e12;
  expect(new Date(clock.now()).toISOString()).toBe("9999-12-31T00:00:00.000Z");
  clock.advance(day);
  clock.speed = 0;
  expect(new Date(clock.now()).toISOString()).toBe("9999-12-31T00:00:00.000Z");
});

test("a connection stays open while a busy client calls nothing for minutes", async () => {
  const { url } = await start({ groups: [essGroup] });
  const { headers } = await fetch(url);
  expect(headers.get("keep-alive")).toBe("timeout=600");
});

test("every answer says how fast the clock goes, and what time it is", async () => {
  const emulator = await start({ groups: [essGroup] });
  emulator.clock.speed = 60;
  for (const path of ["/", "/_emulator/state", "/_emulator/nothing", "/_dashboard/page.js", "/?Action=Nothing"]) {
    const { headers } = await fetch(emulator.url + path);
    expect(headers.get("x-emulator-clock-speed")).toBe("60");
    expect(Math.abs(Number(headers.get("x-emulator-clock-time")) - emulator.clock.now())).toBeLessThan(3_600_000);
  }
});

describe("a request that is addressed to", () => {
  const at = (host: string, ...further: string[]) => ["GET /_emulator/requests HTTP/1.1", `Host: ${host}`, ...further];

  test.each([
    ["localhost:80", 200],
    ["127.0.0.1", 200],
    ["127.1.2.3:4000", 200],
    ["[::1]:4000", 200],
    ["LOCALHOST", 200],
    ["ess.localhost:4000", 200],
    ["100.100.100.200", 200],
    ["emulator.test:4000", 200],
    ["evil.example", 421],
    ["evil.example:80", 421],
    ["localhost.evil.example", 421],
    ["127.0.0.1.evil.example", 421],
    ["10.0.0.1", 421],
    ["a b", 421],
    ["", 421],
  ])("%s is answered with %i", async (host, status) => {
    const emulator = await start({ hosts: ["emulator.test"] });
    expect(await raw(emulator, at(host))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test.each([
    ["http://localhost:3000", 200],
    ["http://evil.example", 421],
    ["null", 421],
  ])("this emulator from a page of %s is answered with %i", async (origin, status) => {
    const emulator = await start();
    const answer = await raw(emulator, at("127.0.0.1", `Origin: ${origin}`));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test("another name does nothing in a service either", async () => {
    const emulator = await start();
    const answer = await raw(emulator, ["POST /?Action=DescribeScalingGroups HTTP/1.1", "Host: evil.example"]);
    expect(answer).toMatch(/^HTTP\/1.1 421 /);
    expect(emulator.requests).toEqual([]);
  });
});

test("the page runs its own scripts only, and no other page may frame it", async () => {
  const emulator = await start();
  const page = await fetch(emulator.url, { headers: { accept: "text/html" } });
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
});

describe("what is remembered is bounded", () => {
  test("requests, the oldest of which are forgotten and counted", () => {
    const history = createRequestHistory(100);
    for (let time = 0; time < 1000; time++) history.add({ time } as never);
    expect(history.list.length).toBeLessThanOrEqual(100);
    expect(history.list.length + history.forgotten).toBe(1000);
    expect(history.list.at(-1)).toEqual({ time: 999 });
    history.clear();
    expect([history.list.length, history.forgotten]).toEqual([0, 0]);
  });
});

describe("characters that XML cannot carry", () => {
  const characters = ["\u0000", "\u0008", "\u001b", "\u001f", "\ud800", "\ufffe"];

  test.each(characters)("%j in a value is refused by ESS", async (character) => {
    const call = essClient(await start());
    const asked = { MinSize: 0, MaxSize: 1, ScalingGroupName: `a${character}b` };
    // The vendor's client cannot send half of a surrogate pair.
    const code = character === "\ud800" ? "undefined" : "InvalidParameter";
    expect(await codeOf(call("CreateScalingGroup", asked))).toBe(code);
  });

  test.each(characters)("%j in a value is refused by AWS", async (character) => {
    const emulator = await start({ groups: [awsGroup] });
    const answer = awsClient(emulator).send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [`a${character}b`] }),
    );
    if (character === "\ud800") await answer.catch(() => undefined);
    else await expect(answer).rejects.toMatchObject({ name: "ValidationError" });
  });

  test.each(characters)("%j anywhere else comes back as another", async (character) => {
    const emulator = await start();
    const query = new URLSearchParams({
      Action: `De${character}scribe`,
      Version: "2014-08-28",
      AccessKeyId: `x${character}`,
    });
    const text = await (await fetch(`${emulator.url}/?${query}`)).text();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test searches for them
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  });
});

describe("policies", () => {
  const random = createRandom("policies");
  const group = "acs:ess:cn-hangzhou:123456789012:scalinggroup/asg-web";
  const allow = (Action: string | string[], Resource: string | string[]) => ({
    Effect: "Allow" as const,
    Action,
    Resource,
  });

  test.each<[string, object[], string, string, boolean]>([
    ["nothing", [allow("ecs:*", "*")], "ess:StartInstanceRefresh", group, false],
    ["the action on the group", [allow("ess:StartInstanceRefresh", group)], "ess:StartInstanceRefresh", group, true],
    ["in any case", [allow("ESS:startinstancerefresh", group)], "ess:StartInstanceRefresh", group, true],
    [
      "by wildcard",
      [allow("ess:*InstanceRefresh", "acs:ess:*:*:scalinggroup/asg-w?b")],
      "ess:StartInstanceRefresh",
      group,
      true,
    ],
    ["another group", [allow("ess:*", `${group}2`)], "ess:StartInstanceRefresh", group, false],
    ["a dot that is no wildcard", [allow("ess.StartInstanceRefresh", "*")], "ess:StartInstanceRefresh", group, false],
    [
      "everything but it",
      [allow("*", "*"), { ...allow("ess:Start*", "*"), Effect: "Deny" }],
      "ess:StartInstanceRefresh",
      group,
      false,
    ],
    [
      "no more than one group",
      [allow("ess:*", group)],
      "ess:DescribeScalingGroups",
      "acs:ess:cn-hangzhou:123456789012:scalinggroup/*",
      false,
    ],
  ])("that allow %s", (_what, Statement, action, resource, allowed) => {
    const policies = createPolicies({ key: { Version: "1", Statement: Statement as never } });
    expect(policies.allows(["key"], action, [resource])).toBe(allowed);
    expect(policies.allows([`other ${random.letters(3)}`], action, [resource])).toBe(true);
  });

  test("with a condition are refused: nothing here would hold to it", () => {
    const Statement = [{ ...allow("*", "*"), Condition: { IpAddress: { "acs:SourceIp": "10.0.0.0/8" } } }];
    expect(() => createPolicies({ key: { Version: "1", Statement: Statement as never } })).toThrow(/Condition/);
  });

  test("refuse in ESS what they do not allow, and an AccessDenied fault refuses the same way", async () => {
    const emulator = await start({ groups: [essGroup] });
    const call = essClient(emulator);
    const describe = (request: object) => codeOf(call("DescribeInstanceRefreshes", { ...request }));
    const Statement = [allow("ess:DescribeInstanceRefreshes", group)];
    const policies = { [emulator.accessKeyId]: { Version: "1", Statement } };
    expect((await control(emulator, "PUT", "/policies", JSON.stringify(policies))).status).toBe(200);
    expect(await describe({ ScalingGroupId: "asg-web" })).toBe("no error");
    expect(await describe({ InstanceRefreshTaskIds: ["ir-1"] })).toBe("Forbidden.Unauthorized");
    expect(await codeOf(call("DescribeScalingGroups"))).toBe("Forbidden.Unauthorized");
    await control(emulator, "PUT", "/policies", "{}");
    expect(await codeOf(call("DescribeScalingGroups"))).toBe("no error");
    emulator.faultInjection.add({ operations: ["ess:*"], kind: "AccessDenied" });
    expect(await codeOf(call("DescribeScalingGroups"))).toBe("Forbidden.Unauthorized");
  });

  test("refuse in AWS what they do not allow, and say what was missing", async () => {
    const emulator = await start({
      groups: [awsGroup],
      policies: { "emulator-access-key": { Version: "2012-10-17", Statement: allow("autoscaling:Start*", "*") } },
    });
    const answer = awsClient(emulator).send(new DescribeAutoScalingGroupsCommand({}));
    await expect(answer).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("not authorized to perform: autoscaling:DescribeAutoScalingGroups"),
    });
  });
});
