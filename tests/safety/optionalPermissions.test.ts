/** Each optional permission of SECURITY.md, left out: everything goes on, and one line names it, wherever it was needed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AutoScalingClient, PutWarmPoolCommand } from "@aws-sdk/client-auto-scaling";
import { failureText } from "../../src/cli/failureText";
import { registerForecast } from "../../src/cli/forecast";
import type { Emulator } from "../../src/emulator";
import { handlersOf } from "../../src/pulumi/handlers";
import { run } from "../cli/runCommand";
import { LifecycleHarness } from "../clouds/lifecycleHarness";

const CLOUDS = ["autoscaling", "ess"] as const;
type Cloud = (typeof CLOUDS)[number];

/** What SECURITY.md says can be left out; its first policy is AWS's, the second Alibaba Cloud's. */
function optional(cloud: Cloud): string[] {
  const text = readFileSync(join(__dirname, "../../SECURITY.md"), "utf8");
  const policies = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json as string));
  const statements: { Sid: string; Action: string[] }[] = policies[CLOUDS.indexOf(cloud)].Statement;
  return statements.filter(({ Sid }) => Sid === "Forecast").flatMap(({ Action }) => Action);
}

const CASES = CLOUDS.flatMap((cloud) => optional(cloud).map((permission) => [cloud, permission] as const));

/** Alarms, and a rollback, for which the versions of templates are looked at. */
const MORE = {
  ess: {},
  autoscaling: { preferences: { autoRollback: true, alarmSpecification: { alarms: ["errors"] } } },
};

let harness: LifecycleHarness;
afterEach(() => harness?.close());

/** The alarm that the refresh names, and a warm pool: each is described only where it is there. */
async function addAlarmAndWarmPool(): Promise<void> {
  const { emulator, group } = harness;
  await emulated("POST", "alarms", {
    group: `autoscaling/${group}`,
    region: harness.cloud.settings.region,
    alarm: "errors",
    state: "OK",
  });
  const { accessKeyId, secretAccessKey, url: endpoint } = emulator;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new AutoScalingClient({ region: "eu-west-1", endpoint, credentials });
  await client.send(new PutWarmPoolCommand({ AutoScalingGroupName: group, MinSize: 1, MaxGroupPreparedCapacity: 1 }));
  client.destroy();
}

async function emulated(method: string, path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${harness.emulator.url}/_emulator/${path}`, { method, headers, body: JSON.stringify(body) });
}

async function begin(cloud: Cloud, permission: string) {
  harness = await LifecycleHarness.start(cloud, 4);
  const { emulator, group } = harness;
  const inputs = { ...(await harness.cloud.argumentsFor(group, "second")), ...MORE[cloud] };
  if (cloud === "autoscaling") await addAlarmAndWarmPool();
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const policy = {
    Version: cloud === "ess" ? "1" : "2012-10-17",
    Statement: [everything, { ...everything, Effect: "Deny", Action: permission }],
  };
  await emulated("PUT", "policies", { [emulator.accessKeyId]: policy });
  return { inputs, before: emulator.requests.length };
}

/** Whether the permission was needed since then. */
const asked = (permission: string, before: number) =>
  harness.emulator.requests
    .slice(before)
    .some(({ service, operation }) => `${service.replace("monitoring", "cloudwatch")}:${operation}` === permission);
const naming = (permission: string, lines: string[]) => lines.filter((line) => line.includes(permission));

function host() {
  const said: string[] = [];
  const say = (_: string, text: string) => void said.push(...text.split("\n"));
  const handlers = handlersOf(harness.lifecycle, {
    settingsOf: () => harness.cloud.settings,
    signal: () => new AbortController().signal,
    engine: () => ({ progress: () => {}, notice: say, warn: say, error: say }),
  });
  return { handlers, said, operation: { urn: harness.urn } };
}

test("SECURITY.md names what is optional", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(5);
});

describe.each(CASES)("%s: without %s", (cloud, permission) => {
  test("a preview says so once", async () => {
    const { inputs, before } = await begin(cloud, permission);
    const { handlers, said, operation } = host();
    await handlers.previewCreate(operation, inputs);
    expect(asked(permission, before)).toBe(true);
    expect(naming(permission, said)).toEqual([expect.stringMatching(/permission/)]);
  });

  test("an up goes on, and says so once where it needed it", async () => {
    const { inputs, before } = await begin(cloud, permission);
    const { handlers, said, operation } = host();
    expect((await handlers.create(operation, inputs)).properties.status).toBe("Successful");
    expect(naming(permission, said)).toHaveLength(asked(permission, before) ? 1 : 0);
  });

  test("the command says so once", async () => {
    const { inputs, before } = await begin(cloud, permission);
    const folder = mkdtempSync(join(tmpdir(), "permissions-"));
    const file = join(folder, "arguments.json");
    writeFileSync(file, JSON.stringify(inputs));
    const emulator = { ...harness.emulator, region: harness.cloud.settings.region } as Emulator;
    const words = ["forecast", harness.group, "--cloud", cloud, "--arguments", file];
    const lines = await run(registerForecast, emulator, ...words).then(
      ({ out, err }) => `${out}${err}`.split("\n"),
      (error: Error) => failureText(error, words).split("\n"),
    );
    rmSync(folder, { recursive: true });
    expect(asked(permission, before)).toBe(true);
    expect(naming(permission, lines)).toHaveLength(1);
  });
});
