/** `instance-refresh conformance`, as somebody with an account uses it, against the emulator. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerConformance } from "../../src/cli/conformance";
import { createEmulator, type Emulator } from "../../src/emulator";
import { run } from "../cli/runCommand";

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 20_000 });
  folder = mkdtempSync(join(tmpdir(), "conformance-"));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const site = {
  aws: ["--image", "ami-0123456789abcdef0", "--subnet", "subnet-0123456789abcdef0"],
  ess: ["--image", "m-bp1234567890", "--subnet", "vsw-bp1234567890", "--security-group", "sg-bp1234567890"],
};
const created = () => emulator.requests.map(({ operation }) => operation).filter((name) => name.startsWith("Create"));

describe.each(["aws", "ess"] as const)("%s", (cloud) => {
  const conformance = (...words: string[]) =>
    run(registerConformance, emulator, "conformance", "--cloud", cloud, "--speed", "20000", ...site[cloud], ...words);

  test("--dry-run says what would be created, for how long and at which cost, and creates nothing", async () => {
    const { err, code } = await conformance("--dry-run");
    expect(err).toMatch(/Creates in cn-hangzhou, .*machines/);
    expect(err).toMatch(/Takes up to \d+ h \d+ min and costs up to \d+\.\d\d USD/);
    expect(err).toMatch(/failing-image/);
    expect(created()).toEqual([]);
    expect(code).toBe(0);
  });

  test("a budget below the estimate, an unknown scenario and a missing answer are refused before anything is created", async () => {
    expect((await conformance("--yes", "--budget", "0.001")).err).toMatch(/above the budget/);
    expect((await conformance("--yes", "--only", "sideways")).err).toMatch(/no scenario sideways; there are plain/);
    expect((await conformance()).err).toMatch(/nobody to ask/);
    expect(created()).toEqual([]);
  });

  test("it plays, writes a cassette, compares, removes everything, and goes on by --resume", async () => {
    const out = join(folder, "cassette.json");
    const played = await conformance("--yes", "--only", "refused-groups", "--out", out);
    expect(played.out).toMatch(/facts: \d+ agree, 0 deviate/);
    const { scenarios, source } = JSON.parse(readFileSync(out, "utf8"));
    expect({ scenarios, source }).toEqual({ scenarios: ["refused-groups"], source: "emulator" });
    expect([...emulator.world("eu-west-1").groups.keys()]).toEqual([]);

    expect((await conformance("--yes", "--out", out)).err).toMatch(/is there already: go on with it by --resume/);
    await conformance("--yes", "--only", "refused-groups,refused-starts", "--out", out, "--resume");
    expect(JSON.parse(readFileSync(out, "utf8")).scenarios).toEqual(["refused-groups", "refused-starts"]);
    const again = await conformance("--yes", "--only", "refused-starts", "--out", out, "--resume");
    expect(again.err).toMatch(/has all of these scenarios already/);
    expect(again.out).toMatch(/facts: \d+ agree/);
    expect(existsSync(`${out}.part`)).toBe(false);
  });
});

test("what a killed run has left is shown and removed by clean", async () => {
  const name = "conformance-run1-plain";
  const tag = { Key: "instance-refresh-conformance", Value: "run1" };
  await emulator.close();
  emulator = await createEmulator({
    region: "eu-west-1",
    groups: [
      {
        service: "autoscaling",
        AutoScalingGroupName: name,
        MinSize: 0,
        MaxSize: 1,
        Tags: [tag],
        LaunchTemplate: { LaunchTemplateName: "web" },
        LaunchTemplateVersions: [{ ImageId: "ami-1" }],
      },
      {
        service: "autoscaling",
        AutoScalingGroupName: "conformance-run",
        MinSize: 0,
        MaxSize: 1,
        Tags: [tag],
        LaunchTemplate: { LaunchTemplateName: "web" },
      },
    ],
  });
  const clean = (...words: string[]) =>
    run(registerConformance, emulator, "conformance", "clean", "--cloud", "aws", ...words);
  expect((await clean("--dry-run")).out).toMatch(/1 thing is left.*\n.*group conformance-run1-plain/);
  expect((await clean("--yes")).out).toMatch(/1 of 1 are removed/);
  expect([...emulator.world("eu-west-1").groups.keys()]).toEqual(["autoscaling/conformance-run"]);
});
