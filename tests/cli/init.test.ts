/** `instance-refresh init`, on both clouds: the project asks for what the group is, so that the first `up` replaces nothing. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lifecycleOf } from "../../src/app/lifecycles";
import { registerInit } from "../../src/cli/init";
import type { CloudKey } from "../../src/clouds";
import type { Arguments } from "../../src/core/cloud";
import { createEmulator, type Emulator } from "../../src/emulator";
import { settingsFor } from "../forecast/emulatedGroups";
import { type Ran, run } from "./runCommand";

const AUTO_SCALING = {
  service: "autoscaling",
  AutoScalingGroupName: "web",
  MinSize: 0,
  MaxSize: 8,
  DesiredCapacity: 4,
} as const;
const LaunchTemplateVersions = [
  { ImageId: "ami-1", InstanceType: "t3.small" },
  { ImageId: "ami-2", InstanceType: "t3.small" },
];
const ESS = { service: "ess", ScalingGroupId: "asg-web", DesiredCapacity: 4, MultiAZPolicy: "PRIORITY" } as const;
/** Brings the launch template that another group's policy names. */
const templateHolder = {
  ...AUTO_SCALING,
  AutoScalingGroupName: "other",
  DesiredCapacity: 0,
  LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
  LaunchTemplateVersions,
};
const mixed = {
  ...AUTO_SCALING,
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateName: "web", Version: "1" },
      Overrides: [{ InstanceType: "t3.small" }, { InstanceType: "t3.medium" }],
    },
    InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 50 },
  },
};

let emulator: Emulator;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-"));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

async function init(group: object, ...more: string[]): Promise<Ran> {
  emulator = await createEmulator({
    speed: 0,
    region: "eu-west-1",
    startTime: Date.UTC(2026, 0, 1),
    groups: ["MixedInstancesPolicy" in group ? templateHolder : undefined, group].filter(Boolean) as never[],
  });
  const { ScalingGroupId, AutoScalingGroupName } = group as { ScalingGroupId?: string; AutoScalingGroupName?: string };
  return run(
    registerInit,
    emulator,
    "init",
    ScalingGroupId ?? AutoScalingGroupName ?? "",
    "--directory",
    folder,
    ...more,
  );
}

const file = (name: string) => readFileSync(join(folder, name), "utf8");

/** The arguments that the program declares. */
function declared(): Arguments {
  const [, text] = /InstanceRefresh\("[^"]+", (\{.*?\n\})\);/s.exec(file("index.ts")) ?? [];
  return new Function(`return ${text}`)() as Arguments;
}

/** Starts what the program declares; answers its id, or undefined when the cloud says that nothing needs it. */
async function start(cloud: CloudKey): Promise<string | undefined> {
  const lifecycle = await lifecycleOf(cloud);
  const { connection: _, ...args } = declared();
  const { inputs, failures } = lifecycle.check(args);
  expect(failures).toEqual([]);
  return (await lifecycle.cloud.connect(settingsFor(emulator))).start(inputs, "token");
}

const machines = () =>
  [...emulator.world(emulator.region).groups.values()].flatMap(({ instances }) => [...instances.keys()]);

test.each<[string, CloudKey, object]>([
  [
    "a launch template",
    "autoscaling",
    { ...AUTO_SCALING, LaunchTemplate: { LaunchTemplateName: "web", Version: "1" }, LaunchTemplateVersions },
  ],
  [
    "$Latest of a launch template",
    "autoscaling",
    { ...AUTO_SCALING, LaunchTemplate: { LaunchTemplateName: "web", Version: "$Latest" }, LaunchTemplateVersions },
  ],
  ["a mixed instances policy", "autoscaling", mixed],
  [
    "a scaling configuration",
    "ess",
    { ...ESS, ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" } },
  ],
  ["a launch template", "ess", { ...ESS, LaunchTemplateId: "lt-1", LaunchTemplateVersion: "3" }],
])("a group with %s (%s): the project's first refresh is accepted and replaces no machine", async (_, cloud, group) => {
  const { out, err, code } = await init(group);
  expect([err, code]).toEqual(["", 0]);
  expect(out).toContain("Next:");
  expect(readdirSync(folder).sort()).toEqual([
    ".gitignore",
    "Pulumi.yaml",
    "index.ts",
    "package.json",
    "tsconfig.json",
  ]);
  expect(declared()).toMatchObject({ connection: { region: emulator.region, endpoint: emulator.url } });
  const before = machines();
  const id = await start(cloud);
  emulator.clock.advance(6 * 3_600_000);
  expect(machines()).toEqual(before);
  if (cloud === "autoscaling") expect(id).toMatch(/^web\//);
  expect(emulator.requests.filter(({ operation }) => !/^(Describe|StartInstanceRefresh)/.test(operation))).toEqual([]);
});

test("the version that $Latest stands for is written as its number, and what cannot be rolled back is left out", async () => {
  const { out } = await init({
    ...AUTO_SCALING,
    LaunchTemplate: { LaunchTemplateName: "web", Version: "$Latest" },
    LaunchTemplateVersions,
  });
  expect(declared()).toMatchObject({
    desiredConfiguration: { launchTemplate: { name: "web", version: "2" } },
    preferences: { skipMatching: true },
  });
  expect(out).toMatch(/Left out: `preferences\.autoRollback` .*cannot roll back/);
});

test("a group without a template to compare with gets `triggers`, and says why", async () => {
  const { out } = await init({
    ...AUTO_SCALING,
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName: "web", Version: "1" },
        Overrides: [{ InstanceRequirements: { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 2048 } } }],
      },
    },
  });
  expect(declared()).toMatchObject({ triggers: { rollout: "1" } });
  expect(out).toContain("Left out: `desiredConfiguration`");
  expect(file("index.ts")).toContain("Change `triggers`");
});

test("files that exist stay as they are, and only what is missing is to be installed", async () => {
  const packageFile = '{ "dependencies": { "pulumi-instance-refresh": "^0.1.0" } }';
  writeFileSync(join(folder, "package.json"), packageFile);
  const { out } = await init({ ...ESS, ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" } });
  expect(file("package.json")).toBe(packageFile);
  expect(out).toContain(`kept ${join(folder, "package.json")}, which exists`);
  expect(out).toContain("  npm install @pulumi/pulumi @types/node typescript\n");
});

test("where there is a program nothing is written", async () => {
  writeFileSync(join(folder, "index.ts"), "mine");
  const { err, code } = await init({ ...ESS, ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" } });
  expect(err).toContain("has index.ts already: nothing was written");
  expect(code).toBe(2);
  expect(file("index.ts")).toBe("mine");
  expect(existsSync(join(folder, "Pulumi.yaml"))).toBe(false);
});

test.each([["asg-nope"], ["nope"]])("of group %s it says that there is none, and writes nothing", async (group) => {
  emulator = await createEmulator({ speed: 0 });
  const { err, code } = await run(registerInit, emulator, "init", group, "--directory", folder);
  expect(err).toMatch(new RegExp(`Group ${group} \\(.*\\) does not exist`));
  expect([code, readdirSync(folder)]).toEqual([2, []]);
});
