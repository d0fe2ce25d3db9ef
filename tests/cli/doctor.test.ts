/** `instance-refresh doctor`, on both clouds: what stands in the way is found, named and counted in the exit code. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerDoctor } from "../../src/cli/doctor";
import type { Emulator } from "../../src/emulator";
import { LifecycleHarness } from "../clouds/lifecycleHarness";
import { type Ran, run } from "./runCommand";

const CLOUDS = ["ess", "autoscaling"] as const;

let harness: LifecycleHarness;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
});
afterEach(async () => {
  await harness.close();
  rmSync(folder, { recursive: true });
});

function doctor(groups: string[], more: string[] = [], emulator: Partial<Emulator> = {}): Promise<Ran> {
  const { accessKeyId, secretAccessKey, url } = harness.emulator;
  const reached = { accessKeyId, secretAccessKey, url, region: harness.cloud.settings.region, ...emulator };
  return run(registerDoctor, reached as Emulator, "doctor", ...groups, "--cloud", harness.cloud.cloud.key, ...more);
}

async function forbid(...actions: string[]): Promise<void> {
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const Statement = [everything, { ...everything, Effect: "Deny", Action: actions }];
  await fetch(`${harness.emulator.url}/_emulator/policies`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ [harness.emulator.accessKeyId]: { Version: "1", Statement } }),
  });
}

const linesWith = (mark: string, { out }: Ran) => out.split("\n").filter((line) => line.startsWith(`${mark} `));

describe.each(CLOUDS)("%s", (name) => {
  const prefix = name;

  test("a group that can be refreshed: who I am, where, what I may do, and exit code 0; nothing is changed", async () => {
    harness = await LifecycleHarness.start(name, 4);
    const before = harness.emulator.requests.length;
    const ran = await doctor([harness.group]);
    const { accessKeyId, url } = harness.emulator;
    expect(ran.out.split("\n")[0]).toBe(harness.group);
    expect(ran.out).toMatch(
      new RegExp(`✓ credentials: access key ${accessKeyId}, of (arn:aws:iam|acs:ram)::\\d+:root`),
    );
    expect(ran.out).toContain(`✓ region: ${harness.cloud.settings.region}`);
    expect(ran.out).toContain(`✓ endpoint: ${url}`);
    expect(ran.out).toContain(`✓ ${prefix}:DescribeInstanceRefreshes\n`);
    expect(ran.out).toContain("✓ group: 4 of 4 in service");
    expect(ran.out).toContain(
      "✓ nothing that can be seen now stops a refresh\n  Next: npx pulumi-instance-refresh forecast ",
    );
    expect(linesWith("–", ran)).toEqual([expect.stringContaining(`${prefix}:StartInstanceRefresh`)]);
    expect([linesWith("✗", ran), ran.code]).toEqual([[], 0]);
    expect(
      harness.emulator.requests.slice(before).filter(({ operation }) => !/^(Describe|Get)/.test(operation)),
    ).toEqual([]);
  });

  test("a missing optional permission is named, and is no failure", async () => {
    harness = await LifecycleHarness.start(name, 4);
    await forbid(`${prefix}:DescribeScalingActivities`);
    const ran = await doctor([harness.group]);
    expect(linesWith("!", ran)).toEqual([
      `! ${prefix}:DescribeScalingActivities is missing; it is optional: a forecast assumes how long launches take`,
    ]);
    expect(ran.code).toBe(0);
  });

  test("a missing permission that is needed is one", async () => {
    harness = await LifecycleHarness.start(name, 4);
    await forbid(`${prefix}:DescribeInstanceRefreshes`);
    const ran = await doctor([harness.group]);
    expect(linesWith("✗", ran)[0]).toBe(`✗ ${prefix}:DescribeInstanceRefreshes is missing`);
    expect(ran.code).toBe(1);
  });

  test("of several groups, one that is not there hides nothing of another", async () => {
    harness = await LifecycleHarness.start(name, 4);
    const ran = await doctor(["nowhere", harness.group]);
    expect(ran.out).toMatch(/^nowhere\n/);
    expect(linesWith("✗", ran)).toEqual([expect.stringContaining("group: there is none of this name in")]);
    expect(ran.out).toContain("✓ group: 4 of 4 in service");
    expect(ran.code).toBe(1);
  });

  test("it says that a refresh runs on the group", async () => {
    harness = await LifecycleHarness.start(name, 4);
    const id = await harness.cloud.startElsewhere(harness.group, "third");
    const file = join(folder, "arguments.json");
    writeFileSync(file, JSON.stringify(await harness.cloud.argumentsFor(harness.group, "second")));
    const ran = await doctor([harness.group], ["--arguments", file]);
    expect(linesWith("!", ran).join()).toContain(`${id} (`);
    expect(ran.code).toBe(0);
  });

  test("keys that are wrong, and an address that nobody listens at, are named with what to do", async () => {
    harness = await LifecycleHarness.start(name, 4);
    const wrong = await doctor([harness.group], [], { accessKeyId: "UNKNOWN" });
    expect(wrong.out.split("\n").slice(1)).toEqual([
      expect.stringMatching(/^✗ /),
      expect.stringMatching(/^ {2}Next: /),
      "",
    ]);
    expect(wrong.out).toMatch(/\n {2}Next: check the keys, or sign in/);
    expect(wrong.out).not.toContain("connection.");
    expect(wrong.code).toBe(1);
    const dead = await doctor([harness.group], [], { url: "http://127.0.0.1:9" });
    expect(dead.out).toMatch(/✗ .*no answer from http:\/\/127\.0\.0\.1:9/);
    expect(dead.out).toContain("behind a proxy, set HTTP_PROXY");
    expect(dead.out).toContain("`--endpoint`");
    expect(dead.code).toBe(1);
  });
});

test("what would refuse the refresh stands in the way", async () => {
  harness = await LifecycleHarness.start("ess", 4);
  const file = join(folder, "arguments.json");
  const containers = [{ name: "web", image: "nginx:2" }];
  writeFileSync(file, JSON.stringify({ desiredConfigurationContainers: containers }));
  const ran = await doctor([harness.group], ["--arguments", file]);
  expect(linesWith("✗", ran)).toEqual([expect.stringContaining("the group is of type ECS")]);
  expect(ran.code).toBe(1);
});

test("the page on commands shows what it prints", async () => {
  harness = await LifecycleHarness.start("ess", 4);
  const { out } = await doctor([harness.group]);
  const shown = out
    .replaceAll(harness.group, "asg-web")
    .replace(harness.emulator.url, "https://ess.aliyuncs.com")
    .replace(harness.emulator.accessKeyId, "LTAI5tExample")
    .replace(/asc-\w+/, "asc-blue")
    // What was typed to reach the emulator is there too.
    .replace(/(forecast asg-web) --.*/, "$1");
  expect(readFileSync(join(__dirname, "../../docs/commands.md"), "utf8")).toContain(`doctor asg-web\n${shown}`);
});
