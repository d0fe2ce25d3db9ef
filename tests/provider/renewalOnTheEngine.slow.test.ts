/** On the real engine, with the hosts' own processes: sessions of an hour are renewed in a rollout of two, in both clouds. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { LocalWorkspace } from "@pulumi/pulumi/automation";
import { createEmulator, type Emulator } from "../../src/emulator";
import { version } from "../../src/version";
import { awsTestCloud } from "../clouds/awsTestCloud";
import { essTestCloud } from "../clouds/essTestCloud";
import { createStack } from "../pulumi/engine";

const ROOT = resolve(__dirname, "../..");
const HOUR_MS = 3_600_000;
/** Simulated seconds in a real one: two hours take about ten seconds. */
const SPEED = 800;
const ROLE = "role/deployer";

let folder: string;
let emulator: Emulator;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-"));
  emulator = await createEmulator({ speed: SPEED, seed: "renewal" });
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Keys and roles are those of the stack's bridged configuration. */
const config = ({ accessKeyId, secretAccessKey, url }: Emulator) => ({
  "alicloud:region": { value: "cn-hangzhou" },
  "alicloud:accessKey": { value: accessKeyId },
  "alicloud:secretKey": { value: secretAccessKey, secret: true },
  "alicloud:assumeRole": {
    value: JSON.stringify({ roleArn: `acs:ram::123456789012:${ROLE}`, sessionExpiration: 3600 }),
  },
  "alicloud:endpoints": { value: JSON.stringify([{ ess: url, sts: url }]) },
  "aws:region": { value: "eu-west-1" },
  "aws:accessKey": { value: accessKeyId },
  "aws:secretKey": { value: secretAccessKey, secret: true },
  "aws:assumeRoles": { value: JSON.stringify([{ roleArn: `arn:aws:iam::123456789012:${ROLE}`, duration: "1h" }]) },
  "aws:endpoints": { value: JSON.stringify([{ autoscaling: url, sts: url, ec2: url }]) },
});

/** What the plugin cannot decrypt is in the environment too, as its refusal advises. */
const sameKeys = ({ accessKeyId, secretAccessKey }: Emulator) => ({
  ALICLOUD_ACCESS_KEY: accessKeyId,
  ALICLOUD_SECRET_KEY: secretAccessKey,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

/** A project as a person has it: the engine starts the plugin in its folder, where the stack's file is. */
function project(module: string, args: Record<"ess" | "autoscaling", object>): { folder: string } {
  const path = join(folder, "project");
  mkdirSync(path);
  const file = (name: string, text: string) => writeFileSync(join(path, name), text);
  file("Pulumi.yaml", "name: test\nruntime: nodejs\n");
  file("package.json", JSON.stringify({ name: "test", main: "index.js" }));
  file(
    "index.js",
    `const { ess, autoscaling } = require(${JSON.stringify(module)});
new ess.InstanceRefresh("hangzhou", ${JSON.stringify(args.ess)});
new autoscaling.InstanceRefresh("ireland", ${JSON.stringify(args.autoscaling)});
`,
  );
  return { folder: path };
}

test.each([
  ["the dynamic provider", "pulumi-instance-refresh"],
  ["the plugin", "pulumi-instance-refresh/plugin"],
] as const)("%s", async (host, module) => {
  const [hangzhou, ireland] = [essTestCloud(emulator), awsTestCloud(emulator)];
  const args = {
    ess: {
      ...(await hangzhou.argumentsFor(await hangzhou.createGroup(2), "second")),
      checkpoints: [{ percentage: 50 }, { percentage: 100 }],
      checkpointPauseTime: 60,
    },
    autoscaling: {
      ...(await ireland.argumentsFor(await ireland.createGroup(2), "second")),
      preferences: { checkpointPercentages: [50, 100], checkpointDelay: 3_600 },
    },
  };
  const stack = await createStack({
    program: project(module, args),
    config: config(emulator),
    environment: {
      INSTANCE_REFRESH_CLOCK_SPEED: String(SPEED),
      HOME: folder,
      ...(host === "the plugin" ? sameKeys(emulator) : {}),
    },
  });
  if (host === "the plugin") {
    const archive = join(folder, "plugin.tar.gz");
    execFileSync(process.execPath, [join(ROOT, "tools/pluginArchive.mjs"), archive]);
    const { pulumiCommand, envVars } = stack.workspace as LocalWorkspace;
    const install = ["plugin", "install", "resource", "instance-refresh", version, "--file", archive];
    execFileSync(pulumiCommand.command, install, { env: { ...process.env, ...envVars }, stdio: "pipe" });
  }
  const [start, before] = [emulator.clock.now(), emulator.requests.length];
  await stack.up();
  expect(emulator.clock.now() - start).toBeGreaterThan(2 * HOUR_MS);
  const requests = emulator.requests.slice(before);
  for (const service of ["ess", "autoscaling"]) {
    const calls = requests.filter((request) => request.service === service);
    expect(calls.filter(({ operation }) => operation === "StartInstanceRefresh")).toHaveLength(1);
    const keys = new Set(calls.filter(({ code }) => !code).map(({ accessKeyId }) => accessKeyId));
    // At the beginning, and after an hour.
    expect(keys.size).toBeGreaterThan(1);
    expect([...keys]).not.toContain(emulator.accessKeyId);
  }
  const { deployment } = await stack.exportStack();
  const { resources = [] } = deployment as { resources?: { type: string; outputs?: { status?: string } }[] };
  const refreshes = resources.filter(({ type }) => type.endsWith(":InstanceRefresh"));
  expect(refreshes.map(({ outputs }) => outputs?.status)).toEqual(["Successful", "Successful"]);
});
