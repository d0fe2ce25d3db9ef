/** What a user sees of a forecast at `pulumi preview`, on the real engine, with a group in an emulated cloud. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups } from "../forecast/emulatedGroups";
import { createStack } from "./engine";

const program = `
const { ess } = require("pulumi-instance-refresh");
const connection = { region: process.env.EMULATOR_REGION, endpoint: process.env.EMULATOR_URL };
new ess.InstanceRefresh("web", {
  scalingGroupId: "asg-web",
  desiredConfigurationImageId: process.env.IMAGE,
  minHealthyPercentage: 80,
  maxHealthyPercentage: 100,
  waitForCompletion: false,
  connection,
});
`;

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await emulatedGroups({ speed: 900 });
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-program-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
  writeFileSync(join(folder, "package.json"), '{ "name": "test", "main": "index.js" }\n');
  writeFileSync(join(folder, "index.js"), program);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a dynamic resource is forecast at preview, when it is made and when it is replaced, and leaves no trace in the state", async () => {
  const environment = {
    EMULATOR_URL: emulator.url,
    EMULATOR_REGION: emulator.region,
    ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.secretAccessKey,
    IMAGE: "m-2",
  };
  const stack = await createStack({ program: { folder }, environment });
  const first = await stack.preview();
  expect(first.stdout).toContain("Forecast for group asg-web: replaces 10 of 10 instances in 5 batches of 2");
  expect(first.stdout).toContain("never fewer than 8 of 10 ready");
  expect(emulator.requests.filter(({ operation }) => !operation.startsWith("Describe"))).toEqual([]);

  const made = await stack.up();
  expect(made.stdout).not.toContain("Forecast");
  expect(JSON.stringify(await stack.exportStack())).not.toContain("__preview");
  expect((await stack.preview()).changeSummary).toEqual({ same: 2 });

  Object.assign(stack.workspace.envVars, { IMAGE: "m-3" });
  const second = await stack.preview();
  expect(second.stdout).toContain("Forecast for group asg-web: replaces 10 of 10 instances");
  expect(second.changeSummary).toEqual({ replace: 1, same: 1 });
});
