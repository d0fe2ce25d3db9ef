import { createEmulator, type Emulator, type EmulatorOptions, type FaultOptions } from "../../src/emulator";
import { codeOf, essClient } from "./essClient";
import { essGroup, hour, minute } from "./essGroup";

const startTime = Date.UTC(2026, 0, 1);
const started: Emulator[] = [];

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({ speed: 0, startTime, ...options });
  started.push(emulator);
  return emulator;
}
afterEach(() => Promise.all(started.splice(0).map((emulator) => emulator.close())));

const web = {
  service: "ess",
  ScalingGroupId: "asg-web",
  DesiredCapacity: 10,
  ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
};
const image = (ImageId: string) => ({ ScalingGroupId: "asg-web", DesiredConfiguration: { ImageId } });

describe("faults", () => {
  const describing = "DescribeInstanceRefreshes";
  const of = (kind: FaultOptions["kind"], changes: Partial<FaultOptions> = {}): FaultOptions => ({
    operations: ["ess:StartInstanceRefresh"],
    kind,
    ...changes,
  });

  test.each([
    ["Throttling", "Throttling.User", 400],
    ["InternalError", "InternalError", 500],
    ["ServiceUnavailable", "ServiceUnavailable", 503],
    ["ExpiredToken", "InvalidSecurityToken.Expired", 400],
  ] as const)("%s is answered in the vendor's form, and nothing is done", async (kind, code, status) => {
    const emulator = await start({ groups: [web], faults: [of(kind, { count: 1 })] });
    const call = essClient(emulator);
    expect(await codeOf(call("StartInstanceRefresh", image("m-2")))).toBe(code);
    expect(emulator.requests).toMatchObject([
      { operation: "StartInstanceRefresh", status, code, acted: false, fault: kind },
    ]);
    expect(await call(describing, { ScalingGroupId: "asg-web" })).toMatchObject({ TotalCount: 0 });
    await call("StartInstanceRefresh", image("m-2"));
  });

  test.each([
    ["CutBefore", false],
    ["CutAfter", true],
    ["Truncated", true],
    ["NotParsable", false],
  ] as const)("%s leaves the client without an answer; whether it was done: %p", async (kind, acted) => {
    const emulator = await start({ groups: [web], faults: [of(kind, { count: 1 })] });
    const call = essClient(emulator);
    await expect(call("StartInstanceRefresh", image("m-2"))).rejects.toThrow();
    expect(emulator.requests).toMatchObject([{ acted, fault: kind }]);
    expect(await call(describing, { ScalingGroupId: "asg-web" })).toMatchObject({ TotalCount: acted ? 1 : 0 });
  });

  test("a slow answer comes late, and what it answers is done at once", async () => {
    const emulator = await start({ groups: [web], faults: [of("Slow", { delayMilliseconds: 60_000 })] });
    const call = essClient(emulator);
    const pending = codeOf(call("StartInstanceRefresh", image("m-2")));
    while ((await call(describing, { ScalingGroupId: "asg-web" })).TotalCount === 0);
    // Nobody waits for a minute: closing cuts it off.
    await started.pop()?.close();
    expect(await pending).not.toBe("no error");
  });

  test("hit the operations that they name, skip the first, and end after a count", async () => {
    const emulator = await start({
      groups: [web],
      faults: [of("Throttling", { operations: [`ess:${describing}`], skip: 2, count: 3 })],
    });
    const call = essClient(emulator);
    const codes: string[] = [];
    for (let count = 0; count < 7; count++) codes.push(await codeOf(call(describing, { ScalingGroupId: "asg-web" })));
    const [ok, hit] = ["no error", "Throttling.User"];
    expect(codes).toEqual([ok, ok, hit, hit, hit, ok, ok]);
    expect(emulator.faultInjection.list()).toMatchObject([{ seen: 7, hit: 3 }]);
    await call("DescribeScalingGroups");
  });

  test("of a rate hit the same requests for the same seed, and others for another", async () => {
    const pattern = async (seed: string) => {
      const emulator = await start({ seed, faults: [of("InternalError", { operations: ["*"], rate: 0.5 })] });
      const codes: string[] = [];
      for (let count = 0; count < 30; count++) codes.push(await codeOf(essClient(emulator)("DescribeScalingGroups")));
      return codes.join();
    };
    const first = await pattern("one");
    expect(await pattern("one")).toBe(first);
    expect(await pattern("two")).not.toBe(first);
    expect(first).toContain("InternalError");
    expect(first).toContain("no error");
  });

  test("come and go while it runs, through the handle", async () => {
    const emulator = await start();
    const call = essClient(emulator);
    emulator.faultInjection.add(of("Throttling", { operations: ["ess:*"] }));
    expect(await codeOf(call("DescribeScalingGroups"))).toBe("Throttling.User");
    emulator.faultInjection.clear();
    expect(await codeOf(call("DescribeScalingGroups"))).toBe("no error");
    expect(() => emulator.faultInjection.add(of("Throttling", { operations: ["StartInstanceRefresh"] }))).toThrow(
      /ess:StartInstanceRefresh/,
    );
  });
});

describe("time", () => {
  test("stands still at speed 0, and moves by advance", async () => {
    const emulator = await start({ groups: [web] });
    expect(emulator.clock.now()).toBe(startTime);
    emulator.clock.advance(hour);
    expect(emulator.clock.now()).toBe(startTime + hour);
    expect(() => emulator.clock.advance(-1)).toThrow(RangeError);
  });

  test("runs as many times as fast as is asked for, from where it was", async () => {
    const emulator = await start();
    emulator.clock.advance(hour);
    emulator.clock.speed = 1_000_000;
    // Less than 4 ms of a machine that has time; it would be an hour at the speed of people.
    while (emulator.clock.now() < startTime + 2 * hour);
    emulator.clock.speed = 0;
    const stopped = emulator.clock.now();
    expect(emulator.clock.now()).toBe(stopped);
    expect(() => {
      emulator.clock.speed = Number.NaN;
    }).toThrow(RangeError);
  });
});

test("the same seed and the same calls give the same history", async () => {
  const history = async (seed: string) => {
    const emulator = await start({ seed });
    const group = await essGroup(emulator);
    await group.start();
    const seen: unknown[] = [];
    for (let count = 0; count < 20; count++) {
      emulator.clock.advance(10_000);
      seen.push(await group.task(), await group.instances());
    }
    return JSON.stringify(seen);
  };
  const first = await history("one");
  expect(await history("one")).toBe(first);
  expect(await history("two")).not.toBe(first);
});

test("every region is a world of its own", async () => {
  const emulator = await start({ groups: [web, { ...web, region: "eu-central-1" }] });
  const [here, there] = [essClient(emulator), essClient(emulator, { region: "eu-central-1" })];
  await here("StartInstanceRefresh", image("m-2"));
  expect(await here("DescribeInstanceRefreshes", { ScalingGroupId: "asg-web" })).toMatchObject({ TotalCount: 1 });
  expect(await there("DescribeInstanceRefreshes", { ScalingGroupId: "asg-web" })).toMatchObject({ TotalCount: 0 });
});

test("every call is recorded, without secrets", async () => {
  const emulator = await start({
    groups: [web],
    credentials: [{ accessKeyId: "STS.1", secretAccessKey: "s3cret", securityToken: "t0ken" }],
  });
  await essClient(emulator, { keys: { accessKeyId: "STS.1", accessKeySecret: "s3cret", securityToken: "t0ken" } })(
    "StartInstanceRefresh",
    image("m-2"),
  );
  await codeOf(essClient(emulator, { version: "2014-08-28" })("StartInstanceRefresh", image("m-2")));
  const common = { service: "ess", operation: "StartInstanceRefresh", region: "cn-hangzhou", time: startTime };
  expect(emulator.requests).toEqual([
    {
      ...common,
      accessKeyId: "STS.1",
      status: 200,
      code: undefined,
      acted: true,
      fault: undefined,
      parameters: { RegionId: "cn-hangzhou", ScalingGroupId: "asg-web", "DesiredConfiguration.ImageId": "m-2" },
    },
    {
      ...common,
      accessKeyId: emulator.accessKeyId,
      status: 400,
      code: "InstanceRefreshTask.AlreadyRunning",
      acted: false,
      fault: undefined,
      parameters: expect.anything(),
    },
  ]);
  expect(JSON.stringify(emulator.requests)).not.toMatch(/s3cret|t0ken|Signature/);
});

test("requests above a rate limit are throttled, by operation and region", async () => {
  const emulator = await start({
    rateLimits: [{ operations: ["ess:DescribeScalingGroups"], perSecond: 0.001, burst: 2 }],
  });
  const codes: string[] = [];
  for (let count = 0; count < 3; count++) codes.push(await codeOf(essClient(emulator)("DescribeScalingGroups")));
  codes.push(await codeOf(essClient(emulator)("DescribeScalingConfigurations")));
  codes.push(await codeOf(essClient(emulator, { region: "cn-beijing" })("DescribeScalingGroups")));
  expect(codes).toEqual(["no error", "no error", "Throttling.User", "no error", "no error"]);
});

describe("groups to begin with", () => {
  test("are enabled and in service, with their protected instances", async () => {
    const emulator = await start({
      groups: [{ ...web, MinSize: 2, MaxSize: 30, ScalingGroupName: "web", ProtectedInstances: 3 }],
    });
    const { ScalingGroups } = await essClient(emulator)("DescribeScalingGroups");
    expect(ScalingGroups).toMatchObject([
      {
        ScalingGroupId: "asg-web",
        ScalingGroupName: "web",
        LifecycleState: "Active",
        MinSize: 2,
        MaxSize: 30,
        ActiveCapacity: 7,
        ProtectedCapacity: 3,
      },
    ]);
  });

  test("may be of ECI, or come from a launch template, and be large", async () => {
    const { ScalingConfiguration, ...bare } = web;
    const emulator = await start({
      groups: [
        {
          ...bare,
          ScalingGroupId: "asg-eci",
          GroupType: "ECI",
          ScalingConfiguration: { Containers: [{ Name: "nginx", Image: "nginx:1" }] },
        },
        {
          ...bare,
          ScalingGroupId: "asg-large",
          DesiredCapacity: 10_000,
          LaunchTemplateId: "lt-1",
          LaunchTemplateVersion: "3",
        },
      ],
    });
    const { ScalingGroups } = await essClient(emulator)("DescribeScalingGroups");
    expect(ScalingGroups).toMatchObject([
      { GroupType: "ECI" },
      { TotalCapacity: 10_000, LaunchTemplateId: "lt-1", LaunchTemplateVersion: "3" },
    ]);
  });

  test.each([
    [{ ...web, DesiredCapacity: "many" }, /Group 0: .*DesiredCapacity/],
    [{ ...web, ScalingConfiguration: undefined }, /Group 0: .*ScalingConfiguration/],
    [{ ...web, service: "vms" }, /Group 0: there is no service "vms"/],
  ])("%j is refused", async (group, message) => {
    await expect(start({ groups: [group] })).rejects.toThrow(message);
  });

  test("of one id are refused", async () => {
    await expect(start({ groups: [web, web] })).rejects.toThrow(/Group 1: .*asg-web/);
  });
});

describe("the endpoints for tests of other processes", () => {
  async function ask(emulator: Emulator, method: string, path: string, body?: unknown) {
    const answer = await fetch(`${emulator.url}/_emulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  test("tell the state of every group, and move the clock", async () => {
    const emulator = await start({ groups: [web] });
    await essClient(emulator)("StartInstanceRefresh", image("m-2"));
    expect(await ask(emulator, "POST", "/clock", { advanceSeconds: 20 })).toEqual({
      status: 200,
      body: { time: startTime + 20_000, speed: 0 },
    });
    expect((await ask(emulator, "GET", "/state")).body).toMatchObject({
      time: startTime + 20_000,
      regions: [
        {
          region: "cn-hangzhou",
          groups: [
            { group: "ess/asg-web", capacity: { inService: 8 }, refreshes: [{ status: "InProgress", percentage: 0 }] },
          ],
        },
      ],
    });
    expect((await ask(emulator, "POST", "/clock", { speed: 60 })).body).toMatchObject({ speed: 60 });
  });

  test("set faults, list and clear them", async () => {
    const emulator = await start();
    const fault = { operations: ["ess:*"], kind: "Throttling" };
    expect((await ask(emulator, "POST", "/faults", [fault])).body).toMatchObject([
      { ...fault, skip: 0, rate: 1, seen: 0 },
    ]);
    expect(await codeOf(essClient(emulator)("DescribeScalingGroups"))).toBe("Throttling.User");
    expect((await ask(emulator, "GET", "/faults")).body).toMatchObject([{ seen: 1, hit: 1 }]);
    expect((await ask(emulator, "DELETE", "/faults")).body).toEqual([]);
    expect(await codeOf(essClient(emulator)("DescribeScalingGroups"))).toBe("no error");
    expect((await ask(emulator, "GET", "/requests")).body).toHaveLength(2);
    await ask(emulator, "DELETE", "/requests");
    expect(emulator.requests).toEqual([]);
  });

  test("make groups, unhealthy launches and unhealthy instances", async () => {
    const emulator = await start();
    await ask(emulator, "POST", "/groups", [web]);
    const group = { group: "ess/asg-web" };
    await ask(emulator, "POST", "/unhealthy-launches", { ...group, rate: 1 });
    const call = essClient(emulator);
    await call("StartInstanceRefresh", image("m-2"));
    await ask(emulator, "POST", "/clock", { advanceSeconds: 7200 });
    expect(await call("DescribeInstanceRefreshes", { ScalingGroupId: "asg-web" })).toMatchObject({
      InstanceRefreshTasks: [{ Status: "Failed" }],
    });
    await ask(emulator, "POST", "/unhealthy-launches", { ...group, rate: 0 });
    emulator.clock.advance(hour);
    const { ScalingInstances } = await call("DescribeScalingInstances", { ScalingGroupId: "asg-web" });
    const [{ InstanceId }] = ScalingInstances as [{ InstanceId: string }];
    await ask(emulator, "POST", "/unhealthy", { ...group, instance: InstanceId });
    expect(
      await call("DescribeScalingInstances", { ScalingGroupId: "asg-web", HealthStatus: "Unhealthy" }),
    ).toMatchObject({ ScalingInstances: [{ InstanceId }] });
    emulator.clock.advance(5 * minute);
    expect(
      await call("DescribeScalingInstances", { ScalingGroupId: "asg-web", InstanceIds: [InstanceId] }),
    ).toMatchObject({ TotalCount: 0 });
  });

  test("say what is wrong with a request to them", async () => {
    const emulator = await start({ groups: [web] });
    expect(await ask(emulator, "POST", "/clock", { advanceSeconds: -1 })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("advanceSeconds") },
    });
    expect(await ask(emulator, "POST", "/faults", [{ operations: ["*"], kind: "Fire" }])).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("kind") },
    });
    expect(await ask(emulator, "POST", "/alarms", { group: "asg-web", alarm: "a", state: "ALARM" })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("service/id") },
    });
    expect(await ask(emulator, "GET", "/nothing")).toMatchObject({ status: 404 });
    const crossSite = await fetch(`${emulator.url}/_emulator/clock`, { method: "POST", body: "{}" });
    expect(crossSite.status).toBe(415);
  });
});

test("it listens on the loopback interface only, on the port that was asked for, and lets go of it", async () => {
  const emulator = await start();
  const { hostname, port } = new URL(emulator.url);
  expect(hostname).toBe("127.0.0.1");
  await expect(start({ port: Number(port) })).rejects.toThrow(/EADDRINUSE/);
  await started.pop()?.close();
  const again = await start({ port: Number(port) });
  expect(again.url).toBe(emulator.url);
});

test("a body that is too large is refused, and the next request answered", async () => {
  const emulator = await start();
  await fetch(emulator.url, { method: "POST", body: "x".repeat(2_000_000) }).catch(() => undefined);
  expect((await fetch(`${emulator.url}/_emulator/state`)).status).toBe(200);
});
