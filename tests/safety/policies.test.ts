import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { previewLines } from "../../src/app/forecasts";
import type { Refresh } from "../../src/core/cloud";
import { failureOf, Life } from "../clouds/life";

/** The actions that a policy of SECURITY.md allows; the first is AWS's, the second Alibaba Cloud's. */
function allowed(index: number): string[] {
  const text = readFileSync(join(__dirname, "../../SECURITY.md"), "utf8");
  const policies = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json as string));
  const statements: { Action: string[] }[] = policies[index].Statement;
  return statements.flatMap(({ Action }) => Action).sort();
}

let life: Life;
/** What was asked of CloudWatch, which the emulator does not play. */
const alarms: string[] = [];
const cloudWatch = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  alarms.push(`cloudwatch:${new URLSearchParams(body).get("Action")}`);
  response.end(
    "<DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms><member><AlarmName>errors</AlarmName><StateValue>OK</StateValue></member></MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>",
  );
});
beforeAll(() => new Promise<void>((resolve) => cloudWatch.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => cloudWatch.close(resolve)));
afterEach(() => life.end());

/** Everything that the library does, and what the emulator saw of it: what the test itself asks goes on before or with other names. */
async function everythingDone(name: "ess" | "autoscaling", more: object): Promise<string[]> {
  life = await Life.begin(name);
  const { cloud, group, lifecycle } = life;
  const second = await cloud.argumentsFor(group, "second");
  const third = await cloud.argumentsFor(group, "third");
  const before = life.emulator.requests.length;
  await previewLines(name, second, () => false, cloud.settings, 60);
  await lifecycle.create({ ...second, ...more }, life.call());
  // A lost record: what the group runs is looked at.
  await life.newProcess().create({ ...second, ...more }, life.call());
  const running = await life.lifecycle.create({ ...third, waitForCompletion: false }, life.call());
  if (name === "ess") {
    const refresh = { id: running.id, group } as Refresh;
    const api = await lifecycle.cloud.connect(cloud.settings);
    await api.suspend?.(refresh);
    await api.resume?.(refresh);
  }
  await life.lifecycle.update(running, { ...third, status: "RollbackSuccessful" }, life.call());
  const again = await life.lifecycle.create({ ...third, waitForCompletion: false }, life.call());
  await life.lifecycle.update(again, { ...third, status: "Cancelled" }, life.call());
  await life.lifecycle.read(again.id, again.properties, third, life.call());
  await failureOf(life.newProcess().create({ ...third, status: "Cancelled" }, life.call()));
  return life.emulator.requests.slice(before).map(({ service, operation }) => `${service}:${operation}`);
}

const distinct = (operations: string[]) => [...new Set(operations)].sort();

test("the smallest policy of Alibaba Cloud allows what the library calls, and nothing more", async () => {
  expect(distinct(await everythingDone("ess", {}))).toEqual(allowed(1));
});

test("the smallest policy of AWS allows what the library calls, and nothing more", async () => {
  const variable = "AWS_ENDPOINT_URL_CLOUDWATCH";
  process.env[variable] = `http://127.0.0.1:${(cloudWatch.address() as AddressInfo).port}`;
  try {
    const preferences = { autoRollback: true, alarmSpecification: { alarms: ["errors"] } };
    const called = await everythingDone("autoscaling", { preferences });
    const needsNone = "sts:GetCallerIdentity";
    expect(distinct([...called, ...alarms]).filter((operation) => operation !== needsNone)).toEqual(allowed(0));
  } finally {
    delete process.env[variable];
  }
});
