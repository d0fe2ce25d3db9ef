import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AutoScalingClient, PutWarmPoolCommand } from "@aws-sdk/client-auto-scaling";
import { previewLines } from "../../src/app/forecasts";
import type { Refresh } from "../../src/core/cloud";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { failureOf, LifecycleHarness } from "../clouds/lifecycleHarness";
import { stoppedClock } from "../virtualClock";

/** The actions that a policy of SECURITY.md allows; the first is AWS's, the second Alibaba Cloud's. */
function allowed(index: number): string[] {
  const text = readFileSync(join(__dirname, "../../SECURITY.md"), "utf8");
  const policies = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json as string));
  const statements: { Action: string[] }[] = policies[index].Statement;
  return statements.flatMap(({ Action }) => Action).sort();
}

let harness: LifecycleHarness;
afterEach(() => harness.close());

/** With as much time for a preview as a busy machine needs. */
function unhurried({ cloud, tools }: Lifecycle): Lifecycle {
  const clock = { now: () => tools.clock.now(), sleep: tools.clock.sleep.bind(tools.clock), real: stoppedClock };
  return new Lifecycle(cloud, { ...tools, clock });
}

/** Everything that the library does, and what the emulator saw of it: what the test itself asks goes on before or with other names. */
async function everythingDone(
  name: "ess" | "autoscaling",
  more: object,
  prepare?: (harness: LifecycleHarness) => Promise<void>,
): Promise<string[]> {
  harness = await LifecycleHarness.start(name);
  const { cloud, group, lifecycle } = harness;
  const second = await cloud.argumentsFor(group, "second");
  const third = await cloud.argumentsFor(group, "third");
  await prepare?.(harness);
  const before = harness.emulator.requests.length;
  await previewLines(unhurried(lifecycle), second, () => false, cloud.settings, 60);
  await lifecycle.create({ ...second, ...more }, harness.call());
  // A lost record: the library describes what the group runs.
  await harness.newProcess().create({ ...second, ...more }, harness.call());
  const running = await harness.lifecycle.create({ ...third, waitForCompletion: false }, harness.call());
  if (name === "ess") {
    const refresh = { id: running.id, group } as Refresh;
    const api = await lifecycle.cloud.connect(cloud.settings);
    await api.suspend?.(refresh);
    await api.resume?.(refresh);
  }
  await harness.lifecycle.update(running, { ...third, status: "RollbackSuccessful" }, harness.call());
  const again = await harness.lifecycle.create({ ...third, waitForCompletion: false }, harness.call());
  await harness.lifecycle.update(again, { ...third, status: "Cancelled" }, harness.call());
  await harness.lifecycle.read(again.id, again.properties, third, harness.call());
  await failureOf(harness.newProcess().create({ ...third, status: "Cancelled" }, harness.call()));
  return harness.emulator.requests.slice(before).map(({ service, operation }) => `${service}:${operation}`);
}

const distinct = (operations: string[]) => [...new Set(operations)].sort();

test("the smallest policy of Alibaba Cloud allows what the library calls, and nothing more", async () => {
  expect(distinct(await everythingDone("ess", {}))).toEqual(allowed(1));
});

test("the smallest policy of AWS allows what the library calls, and nothing more", async () => {
  const preferences = { autoRollback: true, alarmSpecification: { alarms: ["errors"] } };
  const called = await everythingDone("autoscaling", { preferences }, addAlarmAndWarmPool);
  const needsNone = "sts:GetCallerIdentity";
  const named = called.map((operation) => operation.replace(/^monitoring:/, "cloudwatch:"));
  expect(distinct(named).filter((operation) => operation !== needsNone)).toEqual(allowed(0));
});

/** What the library describes only where it is there. */
async function addAlarmAndWarmPool({ emulator, group }: LifecycleHarness): Promise<void> {
  await fetch(`${emulator.url}/_emulator/alarms`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ group: `autoscaling/${group}`, region: "eu-west-1", alarm: "errors", state: "OK" }),
  });
  const { accessKeyId, secretAccessKey } = emulator;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new AutoScalingClient({ region: "eu-west-1", endpoint: emulator.url, credentials });
  await client.send(new PutWarmPoolCommand({ AutoScalingGroupName: group, MinSize: 1, MaxGroupPreparedCapacity: 1 }));
  client.destroy();
}

describe("the policy as it is written, enforced, is enough", () => {
  const NARROW = { accessKeyId: "NARROWKEY", secretAccessKey: "narrow-secret" };

  /** The policy of SECURITY.md for this group, without the statements that are left out. */
  function policyFor(index: number, group: string, without: string[] = []): object {
    const text = readFileSync(join(__dirname, "../../SECURITY.md"), "utf8");
    const [json = "{}"] = [...text.matchAll(/```json\n([\s\S]*?)```/g)].slice(index).map(([, found]) => found);
    const policy = JSON.parse(json.replaceAll("asg-example", group).replaceAll("my-group", group));
    policy.Statement = policy.Statement.filter(({ Sid }: { Sid: string }) => !without.includes(Sid));
    return policy;
  }

  async function begin(name: "ess" | "autoscaling", index: number, without: string[] = []) {
    harness = await LifecycleHarness.start(name, 4, { credentials: [NARROW] });
    await fetch(`${harness.emulator.url}/_emulator/policies`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ [NARROW.accessKeyId]: policyFor(index, harness.group, without) }),
    });
    return { ...harness.cloud.settings, credentials: NARROW };
  }

  test.each([
    ["autoscaling", 0],
    ["ess", 1],
  ] as const)("%s: start, follow, roll back, cancel, read, adopt and forecast", async (name, index) => {
    const settings = await begin(name, index);
    const call = () => ({ ...harness.call(), settings });
    const second = await harness.cloud.argumentsFor(harness.group, "second");
    const third = await harness.cloud.argumentsFor(harness.group, "third");
    expect((await previewLines(unhurried(harness.lifecycle), second, () => false, settings, 60)).join()).not.toContain(
      "permission",
    );
    await harness.lifecycle.create(second, call());
    const running = await harness.newProcess().create({ ...third, waitForCompletion: false }, call());
    await harness.newProcess().update(running, { ...third, status: "RollbackSuccessful" }, call());
    const again = await harness.newProcess().create({ ...third, waitForCompletion: false }, call());
    expect(await harness.newProcess().read(again.id, again.properties, third, call())).toBeDefined();
    const cancelled = await harness.newProcess().update(again, { ...third, status: "Cancelled" }, call());
    expect(cancelled.status).toBe("Cancelled");
    const denied = harness.emulator.requests.filter(
      ({ accessKeyId, code }) =>
        accessKeyId === NARROW.accessKeyId && /Forbidden|AccessDenied|NoPermission/.test(code ?? ""),
    );
    expect(denied).toEqual([]);
  });

  test.each([
    ["autoscaling", 0, "autoscaling:DescribeScalingActivities"],
    ["ess", 1, "ess:DescribeScaling"],
  ] as const)(
    "%s: without the optional part one line says what is missing, and the refresh runs",
    async (name, index, permission) => {
      const settings = await begin(name, index, ["Forecast"]);
      const second = await harness.cloud.argumentsFor(harness.group, "second");
      const lines = await previewLines(unhurried(harness.lifecycle), second, () => false, settings, 60);
      expect(lines.filter((line) => line.includes(permission))).toHaveLength(1);
      expect((await harness.lifecycle.create(second, { ...harness.call(), settings })).properties.status).toBe(
        "Successful",
      );
    },
  );

  test.each([
    ["autoscaling", 0, "autoscaling:StartInstanceRefresh"],
    ["ess", 1, "ess:"],
  ] as const)(
    "%s: without the needed part the error names the permission and the group",
    async (name, index, permission) => {
      const settings = await begin(name, index, ["Group"]);
      const second = await harness.cloud.argumentsFor(harness.group, "second");
      const error = await failureOf(harness.lifecycle.create(second, { ...harness.call(), settings }));
      expect(error.message).toContain(harness.group);
      expect(error.message).toMatch(/\nNext: allow `/);
      expect(error.message).toContain(permission);
    },
  );
});
