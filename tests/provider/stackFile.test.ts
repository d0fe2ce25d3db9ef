/** What the plugin knows of the stack's configuration: the files of the project, as the CLI writes them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { settingsOf } from "../../provider/config";
import { stackFilesIn } from "../../provider/stackFile";
import { settingIssues } from "../../src/clouds/autoscaling/configuration";
import { autoscaling } from "../../src/clouds/autoscaling/module";
import { ess } from "../../src/clouds/ess/module";
import { systemClock } from "../../src/core/clock";
import type { CloudModule } from "../../src/core/cloud";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { Scheduler } from "../../src/core/polling/scheduler";
import * as plugin from "../../src/plugin";
import { handlersOf } from "../../src/pulumi/handlers";

const tools = { clock: systemClock, scheduler: new Scheduler({ clock: systemClock }), random: Math.random };

const URN = "urn:pulumi:dev::shop::instance-refresh:ess:InstanceRefresh::web";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stack-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const settings = (cloud: unknown, config = {}, urn = URN, at = folder) =>
  settingsOf(cloud as CloudModule, config, stackFilesIn(at)(urn));

const PROJECT = "name: shop\nruntime: yaml\n";

test("the plugin acts as the identity that the stack gives to the bridged provider", () => {
  write("Pulumi.yaml", PROJECT);
  write(
    "Pulumi.dev.yaml",
    `config:
  alicloud:region: cn-shanghai
  alicloud:assumeRole:
    roleArn: acs:ram::1:role/deploy
    sessionExpiration: 3600
  aws:assumeRoles: '[{"roleArn":"arn:aws:iam::1:role/deploy"}]'
  aws:useFipsEndpoint: true
  other:region: moon
`,
  );
  expect(settings(ess)).toEqual({
    bridged: { region: "cn-shanghai", assumeRole: { roleArn: "acs:ram::1:role/deploy", sessionExpiration: 3600 } },
  });
  expect(settings(autoscaling)).toEqual({
    bridged: { assumeRoles: [{ roleArn: "arn:aws:iam::1:role/deploy" }], useFipsEndpoint: "true" },
  });
});

test("the plugin's own configuration comes before the stack's, and that before the project's", () => {
  write("Pulumi.yaml", `${PROJECT}config:\n  alicloud:region: cn-a\n  alicloud:profile:\n    value: web\n`);
  expect(settings(ess)).toEqual({ bridged: { region: "cn-a", profile: "web" } });
  write("Pulumi.dev.yaml", "config:\n  alicloud:region: cn-b\n");
  expect(settings(ess)).toEqual({ bridged: { region: "cn-b", profile: "web" } });
  expect(settings(ess, { alicloudRegion: "cn-beijing" })).toMatchObject({ region: "cn-beijing" });
});

test("the files are found where the CLI finds them", () => {
  mkdirSync(join(folder, "program"));
  mkdirSync(join(folder, "stacks"));
  write("Pulumi.yaml", `${PROJECT}main: program\nstackConfigDir: stacks\n`);
  write("stacks/Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
  expect(settings(autoscaling, {}, URN, join(folder, "program"))).toEqual({ bridged: { region: "eu-west-1" } });
});

test("files of another project or another stack say nothing", () => {
  write("Pulumi.yaml", "name: other\n");
  write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
  expect(settings(autoscaling)).toEqual({});
  write("Pulumi.yaml", PROJECT);
  expect(settings(autoscaling, {}, URN.replace("dev", "prod"))).toEqual({});
  expect(settings(autoscaling, {}, "")).toEqual({});
  write("Pulumi.dev.yaml", "{ not: [yaml");
  expect(settings(autoscaling)).toEqual({});
});

describe("what is encrypted", () => {
  beforeEach(() => {
    write("Pulumi.yaml", PROJECT);
    write(
      "Pulumi.dev.yaml",
      `config:
  aws:region: eu-west-1
  aws:accessKey: AKIA1
  aws:secretKey:
    secure: AAABAGhlbGxv
  aws:assumeRoles:
    - roleArn: arn:aws:iam::1:role/deploy
      externalId:
        secure: AAABAHdvcmxk
`,
    );
  });
  const refused = (more: object, environment: NodeJS.ProcessEnv = {}) =>
    settingIssues({ ...settings(autoscaling), ...more }, environment).map(({ property }) => property);

  test("is refused by its name, and not shown", () => {
    expect(settings(autoscaling)).toEqual({
      bridged: { region: "eu-west-1", accessKey: "AKIA1" },
      encrypted: ["aws:secretKey", "aws:assumeRoles"],
    });
    expect(refused({})).toEqual(["aws:secretKey", "aws:assumeRoles"]);
    const [key, roles] = settingIssues(settings(autoscaling), {});
    expect(key?.reason).toContain("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the same keys");
    expect(roles?.reason).toContain("keep it in plain text, or use the dynamic provider");
    expect(`${key?.reason}${roles?.reason}`).not.toContain("AAAB");
  });

  test("is no obstacle where something else takes its place", () => {
    expect(refused({ profile: "web" })).toEqual(["aws:assumeRoles"]);
    expect(refused({ role: "arn:aws:iam::1:role/x" }, { AWS_ACCESS_KEY_ID: "AKIA1" })).toEqual([]);
    expect(refused({ role: "arn:aws:iam::1:role/x" }, { AWS_ACCESS_KEY_ID: "AKIA2" })).toEqual(["aws:secretKey"]);
  });
});

describe("what the program knows, and no file holds", () => {
  const untold = (more: object = {}) => {
    const program = ["aws:region", "aws:assumeRoles", "aws:secretKey", "aws:defaultTags", "other:region"];
    const told = settingsOf(autoscaling as CloudModule, {}, stackFilesIn(folder)(URN), program);
    return settingIssues({ ...told, ...more }, {}).map(({ property }) => property);
  };

  test("is refused by its name", () => {
    write("Pulumi.yaml", PROJECT);
    write("Pulumi.dev.yaml", "environment:\n  - shop/dev\n");
    expect(untold()).toEqual(["aws:secretKey", "aws:region", "aws:assumeRoles"]);
  });

  test("is no obstacle where a file or something else takes its place", () => {
    write("Pulumi.yaml", PROJECT);
    write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
    expect(untold()).toEqual(["aws:secretKey", "aws:assumeRoles"]);
    expect(untold({ profile: "web" })).toEqual([]);
    expect(untold({ region: "eu-west-1", role: "arn:aws:iam::1:role/x" })).toEqual(["aws:secretKey"]);
  });

  test("is told by the class of the plugin, by names alone, and not kept in the state", async () => {
    const seen: Record<string, unknown>[] = [];
    await pulumi.runtime.setMocks({
      call: () => ({}),
      newResource: ({ inputs, name }) => {
        seen.push(inputs);
        return { id: name, state: inputs };
      },
    });
    pulumi.runtime.setAllConfig({ "aws:secretKey": "hidden", "aws:region": "eu-west-1", "shop:size": "2" });
    const web = new plugin.autoscaling.InstanceRefresh("web", { autoscalingGroupName: "web" });
    await new Promise((resolve) => web.urn.apply(resolve));
    expect(seen).toMatchObject([{ autoscalingGroupName: "web", __stackKeys: ["aws:region", "aws:secretKey"] }]);
    expect(JSON.stringify(seen)).not.toContain("hidden");
    const handlers = handlersOf(new Lifecycle(autoscaling as CloudModule, tools), {
      settingsOf: (cloud, urn, program) => settingsOf(cloud, {}, stackFilesIn(folder)(urn), program),
      signal: () => new AbortController().signal,
      engine: () => undefined,
    });
    const { inputs, failures } = handlers.check(URN, seen[0] as Record<string, unknown>);
    expect(inputs).toEqual({ autoscalingGroupName: "web" });
    expect(failures.join()).toMatch(/`aws:region` is set for the program, and in no file of the project/);
  });
});
