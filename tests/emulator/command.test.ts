import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(__dirname, "../..");
const program = `
const { Command } = require("commander");
const program = new Command();
require("./src/cli/emulator.ts").registerEmulator(program);
program.parseAsync().catch((error) => { process.stderr.write(error.message); process.exitCode = 1; });
`;

let folder: string;
let running: ChildProcessWithoutNullStreams[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

function emulator(...options: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ["-r", "./tools/typescript.cjs", "-e", program, "--", "emulator", ...options], {
    cwd: root,
  });
  running.push(child);
  return child;
}

function file(name: string, contents: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof contents === "string" ? contents : JSON.stringify(contents));
  return path;
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "it prints one line of JSON when it listens, and stops cleanly on %s",
  async (signal) => {
    const groups = file("groups.json", [
      { service: "ess", ScalingGroupId: "asg-web", DesiredCapacity: 3, LaunchTemplateId: "lt-1" },
      {
        service: "autoscaling",
        region: "eu-west-1",
        AutoScalingGroupName: "web",
        MinSize: 0,
        MaxSize: 4,
        DesiredCapacity: 2,
        LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
        LaunchTemplateVersions: [{ ImageId: "ami-1", InstanceType: "t3.small" }],
      },
    ]);
    const faults = file("faults.json", [{ operations: ["*"], kind: "Throttling" }]);
    const child = emulator("--groups", groups, "--faults", faults, "--speed", "0", "--seed", "one");
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    await once(reader, "line");
    const { url, ...printed } = JSON.parse(lines[0] ?? "");
    expect(printed).toEqual({
      region: "cn-hangzhou",
      awsRegion: "us-east-1",
      accessKeyId: expect.any(String),
      secretAccessKey: expect.any(String),
    });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

    const state = await (await fetch(`${url}/_emulator/state`)).json();
    expect(state).toMatchObject({
      speed: 0,
      regions: [
        { region: "cn-hangzhou", groups: [{ group: "ess/asg-web", desiredCapacity: 3 }] },
        { region: "eu-west-1", groups: [{ group: "autoscaling/web", desiredCapacity: 2 }] },
      ],
    });
    expect(await (await fetch(`${url}/_emulator/faults`)).json()).toHaveLength(1);

    child.kill(signal);
    const [code] = await once(child, "exit");
    expect({ code, lines: lines.length }).toEqual({ code: 0, lines: 1 });
  },
);

test.each<[string, () => string[], RegExp]>([
  ["a port that is none", () => ["--port", "web"], /port/],
  ["a speed that is none", () => ["--speed", "fast"], /number/],
  ["a speed that nobody can follow", () => ["--speed", "1e308"], /1,000,000/],
  ["a policy that is none", () => ["--policies", file("policies.json", { key: { Version: "1" } })], /Statement/],
  ["policies that are a list", () => ["--policies", file("list.json", [])], /list\.json.*object/],
  ["a file that is not there", () => ["--groups", join(folder, "none.json")], /none\.json/],
  ["a file that is not JSON", () => ["--faults", file("broken.json", "[")], /broken\.json/],
  ["a file that is no list", () => ["--faults", file("object.json", {})], /object\.json.*array/],
  ["a fault that is none", () => ["--faults", file("fire.json", [{ operations: ["*"], kind: "Fire" }])], /kind/],
])("%s is refused with a message", async (_what, options, message) => {
  const child = emulator(...options());
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(errors).toMatch(message);
});
