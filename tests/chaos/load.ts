/**
 * `npm run faults:load`: many refreshes in one `pulumi up` against a cloud that throttles; none may fail for it.
 *   --refreshes N (500)   --cloud ess|autoscaling (ess)   --host plugin|dynamic (plugin)
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createEmulator, type RateLimit } from "../../src/emulator";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { environmentOf } from "../constructs/emulated";
import { copyOfBuild } from "./builtPackage";

const SPEED = 20;
const IMAGE = "second";

/** No document gives the limits of these operations: these are below what accounts are known to have. Requests in a real second. */
const LIMITS: readonly RateLimit[] = [
  { operations: ["ess:StartInstanceRefresh", "autoscaling:StartInstanceRefresh"], perSecond: 10, burst: 20 },
  { operations: ["ess:DescribeInstanceRefreshes", "autoscaling:DescribeInstanceRefreshes"], perSecond: 20, burst: 40 },
  { operations: ["ess:DescribeScalingGroups", "autoscaling:DescribeAutoScalingGroups"], perSecond: 20, burst: 40 },
];

const CLOUDS = {
  ess: {
    region: "cn-hangzhou",
    group: (name: string) => ({
      service: "ess",
      region: "cn-hangzhou",
      ScalingGroupId: name,
      DesiredCapacity: 2,
      MultiAZPolicy: "PRIORITY",
      ScalingConfiguration: { ImageId: "m-first", InstanceType: "ecs.g7.large" },
    }),
    args: (name: string) => ({ scalingGroupId: name, desiredConfigurationImageId: `m-${IMAGE}` }),
  },
  autoscaling: {
    region: "eu-west-1",
    group: (name: string) => ({
      service: "autoscaling",
      region: "eu-west-1",
      AutoScalingGroupName: name,
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 2,
      LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
      LaunchTemplateVersions: [{ ImageId: "ami-first" }, { ImageId: `ami-${IMAGE}` }],
    }),
    args: (name: string) => ({
      autoscalingGroupName: name,
      desiredConfiguration: { launchTemplate: { name: "web", version: "2" } },
    }),
  },
} as const;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { refreshes: { type: "string" }, cloud: { type: "string" }, host: { type: "string" } },
  });
  const count = Number(values.refreshes ?? 500);
  const name = values.cloud === "autoscaling" ? "autoscaling" : "ess";
  const host = values.host === "dynamic" ? "dynamic" : "plugin";
  const cloud = CLOUDS[name];
  const groups = Array.from({ length: count }, (_, index) => `asg-load${index}`);
  const emulator = await createEmulator({
    speed: SPEED,
    rateLimits: LIMITS,
    groups: groups.map((group) => cloud.group(group)),
  });
  const built = copyOfBuild();
  const folder = mkdtempSync(join(tmpdir(), "instance-refresh-load-"));
  try {
    const project = join(folder, "project");
    mkdirSync(project);
    symlinkSync(join(built.project, "node_modules"), join(project, "node_modules"), "dir");
    const plugins = { providers: [{ name: "instance-refresh", path: built.pluginFolder }] };
    writeFileSync(join(project, "Pulumi.yaml"), JSON.stringify({ name: "load", runtime: "nodejs", plugins }));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "load", main: "index.js" }));
    const from = host === "plugin" ? "pulumi-instance-refresh/plugin" : "pulumi-instance-refresh";
    const resources = groups.map(
      (group) => `new ${name}.InstanceRefresh("${group}", ${JSON.stringify(cloud.args(group))});`,
    );
    writeFileSync(join(project, "index.js"), `const { ${name} } = require("${from}");\n${resources.join("\n")}\n`);
    const env = {
      ...process.env,
      ...pulumiEnvironment(folder),
      ...environmentOf(emulator),
      INSTANCE_REFRESH_CLOCK_SPEED: String(SPEED),
    };
    spawnSync("pulumi", ["stack", "init", "test", "--non-interactive"], { cwd: project, env, stdio: "ignore" });
    const begun = Date.now();
    const up = spawn("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive", "--parallel", String(count)], {
      cwd: project,
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(up, "exit");
    const seconds = Math.round((Date.now() - begun) / 1000);
    const refreshes = groups.flatMap(
      (group) => emulator.world(cloud.region).groups.get(`${name}/${group}`)?.refreshes ?? [],
    );
    const successful = refreshes.filter(({ status }) => status === "Successful").length;
    const throttled = emulator.requests.filter((request) => request.code?.startsWith("Throttling")).length;
    console.log(`up ended with ${code} after ${seconds} s; calls ${emulator.requests.length}, throttled ${throttled}`);
    console.log(`refreshes ${refreshes.length} of ${count}, successful ${successful}`);
    return code === 0 && refreshes.length === count && successful === count;
  } finally {
    await emulator.close();
    built.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
