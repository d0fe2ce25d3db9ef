import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { packageSchema } from "../../provider/schema";
import { pulumiCliRoot, pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { generateSdk } from "../../tools/sdks";

const ROOT = resolve(__dirname, "../..");

type Property = { description?: string; willReplaceOnChanges?: boolean; default?: unknown; $ref?: string };
interface Schema {
  resources: Record<
    string,
    { inputProperties: Record<string, Property>; requiredInputs: string[]; properties: Record<string, Property> }
  >;
  types: Record<string, { properties?: Record<string, Property>; enum?: { value: string }[] }>;
}

let schema: Schema;
let ess: Schema["resources"][string];
let autoscaling: Schema["resources"][string];

let folder: string;
let file: string;
beforeAll(async () => {
  schema = (await packageSchema()) as unknown as Schema;
  ess = schema.resources["instance-refresh:ess:InstanceRefresh"] as Schema["resources"][string];
  autoscaling = schema.resources["instance-refresh:autoscaling:InstanceRefresh"] as Schema["resources"][string];
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-"));
  file = join(folder, "schema.json");
  writeFileSync(file, JSON.stringify(schema));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function pulumi(...args: string[]): Promise<void> {
  const root = pulumiCliRoot();
  const { command } = await PulumiCommand.get(root === undefined ? {} : { root });
  execFileSync(command, args, { env: { ...process.env, ...pulumiEnvironment(folder) }, stdio: "pipe" });
}

it("passes the checks of Pulumi's metaschema", async () => {
  await pulumi("schema", "check", file);
  const faulty = join(folder, "faulty.json");
  writeFileSync(
    faulty,
    JSON.stringify({ ...schema, resources: { "instance-refresh:ess:InstanceRefresh": { inputProperties: 1 } } }),
  );
  await expect(pulumi("schema", "check", faulty)).rejects.toThrow();
});

it("says where SDKs find the plugin, who publishes it, and where the registry finds its pages", () => {
  expect(schema).toMatchObject({
    pluginDownloadURL: expect.stringMatching(/^github:\/\/api\.github\.com\/[\w-]+\/[\w-]+$/),
    repository: expect.stringMatching(/^https:/),
    homepage: expect.stringMatching(/^https:/),
    publisher: expect.any(String),
    logoUrl: expect.stringMatching(/\/main\/docs\/pictures\/logo\.png$/),
    language: Object.fromEntries(["nodejs", "python", "go", "csharp", "java"].map((name) => [name, expect.anything()])),
  });
  expect(existsSync(join(ROOT, "docs/pictures/logo.png"))).toBe(true);
});

it("describes every argument and output, down to the last one", () => {
  const all = [
    ...Object.values(schema.resources).flatMap((resource) => [resource.inputProperties, resource.properties]),
    ...Object.values(schema.types).map(({ properties = {} }) => properties),
  ];
  const undescribed = all.flatMap((properties) =>
    Object.entries(properties).filter(([, { description }]) => !description),
  );
  expect(undescribed).toEqual([]);
  expect(ess.inputProperties.minHealthyPercentage?.description).toBe(
    [
      "Share of the group's capacity that stays in service while instances are replaced. With both percentages at 100, one instance at a time.",
      "It must be a whole number from 0 to 100 (%).",
      "Default of the service: `80`.",
      "A change starts a new refresh, unless `startOn` is `configurationChange`.",
    ].join("\n"),
  );
});

it("says what is required, what a change replaces, what is assumed, and which words there are", () => {
  const replacing = ({ inputProperties }: typeof ess) =>
    Object.keys(inputProperties).filter((name) => inputProperties[name]?.willReplaceOnChanges);
  expect(ess.requiredInputs).toEqual(["scalingGroupId"]);
  expect(replacing(ess)).toEqual(expect.arrayContaining(["scalingGroupId", "triggers", "checkpoints"]));
  expect(replacing(ess)).not.toContain("onConflict");
  expect(autoscaling.requiredInputs).toEqual(["autoscalingGroupName"]);
  expect(replacing(autoscaling)).toEqual(["autoscalingGroupName", "desiredConfiguration", "triggers"]);
  expect(ess.inputProperties.onConflict).toMatchObject({
    default: "wait",
    $ref: "#/types/instance-refresh:ess:OnConflict",
  });
  const words = schema.types["instance-refresh:ess:OnConflict"]?.enum?.map(({ value }) => value);
  expect(words).toEqual(["wait", "fail", "cancel", "rollback"]);
});

it("gives a Node.js SDK that compiles, and a program over it", async () => {
  const sdk = join(folder, "sdk", "nodejs");
  generateSdk("nodejs", sdk);
  symlinkSync(join(ROOT, "node_modules"), join(sdk, "node_modules"), "dir");
  const program = `
    import * as refresh from "./index";
    const provider = new refresh.Provider("beijing", { alicloudRegion: "cn-beijing" });
    const web = new refresh.ess.InstanceRefresh("web", {
      scalingGroupId: "asg-1",
      desiredConfigurationImageId: "m-2",
      checkpoints: [{ percentage: 20 }, { percentage: 100 }],
      onConflict: refresh.types.enums.ess.OnConflict.Rollback,
    }, { provider });
    new refresh.autoscaling.InstanceRefresh("api", {
      autoscalingGroupName: "api",
      desiredConfiguration: { launchTemplate: { id: "lt-1", version: 3 } },
      preferences: { scaleInProtectedInstances: "Ignore" },
    });
    export const status: import("@pulumi/pulumi").Output<string> = web.status;`;
  writeFileSync(join(sdk, "program.ts"), program);
  writeFileSync(
    join(sdk, "tsconfig.program.json"),
    JSON.stringify({ extends: "./tsconfig.json", files: ["program.ts"], compilerOptions: { noEmit: true } }),
  );
  const compile = () =>
    execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.program.json"], {
      cwd: sdk,
      encoding: "utf8",
    });
  expect(compile()).toBe("");
});
