/** The executables that need no Node: this machine's is made and run here, all six are looked at where `EXECUTABLES` is `all`. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { type LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { createEmulator, type Emulator } from "../../src/emulator";
import { autoscaling, ess, Provider } from "../../src/plugin";
import { version } from "../../src/version";
import { pulumiCliRoot } from "../../tools/pulumiEnvironment";
import { awsTestCloud } from "../clouds/awsTestCloud";
import { essTestCloud } from "../clouds/essTestCloud";
import { createStack } from "../pulumi/engine";
import { systemOf } from "./executableFormat";
import { giveCredentials } from "./pluginProtocol";

const ROOT = resolve(__dirname, "../..");
const NAME = "pulumi-resource-instance-refresh";
const SYSTEM = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
const SPEED = 1_000;

let folder: string;
let archives: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-executables-"));
  const systems = process.env.EXECUTABLES === "all" ? [] : [SYSTEM];
  const made = execFileSync(process.execPath, [join(ROOT, "tools/executables.mjs"), folder, ...systems], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  archives = made.trim().split("\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("each archive is named as Pulumi asks for it, and holds an executable of its system with the program in it", () => {
  expect(archives).toHaveLength(process.env.EXECUTABLES === "all" ? 6 : 1);
  for (const archive of archives) {
    const system = /-v[\d.]+-(\w+-\w+)\.tar\.gz$/.exec(archive)?.[1] ?? "";
    expect(basename(archive)).toBe(`${NAME}-v${version}-${system}.tar.gz`);
    const name = system.startsWith("windows-") ? `${NAME}.exe` : NAME;
    execFileSync("tar", ["-xzf", archive, "-C", folder]);
    const file = readFileSync(join(folder, name));
    expect(systemOf(file)).toBe(system);
    // Node looks for a program only where this number is 1.
    expect(file.includes("NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1")).toBe(true);
    expect(file.includes("is not a setting of instance-refresh")).toBe(true);
    rmSync(join(folder, name));
  }
});

describe("on a PATH without Node", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await createEmulator({ speed: SPEED, seed: "executables" });
  });
  afterEach(() => emulator.close());

  test("the plugin that `pulumi plugin install` has unpacked rolls a group of each cloud", async () => {
    const hangzhou = essTestCloud(emulator);
    const ireland = awsTestCloud(emulator);
    const onEss = (await hangzhou.argumentsFor(await hangzhou.createGroup(2), "second")) as never;
    const onAws = (await ireland.argumentsFor(await ireland.createGroup(2), "second")) as never;
    const stack = await createStack({
      async program() {
        const endpoints = { alicloudEndpoint: emulator.url, awsEndpoint: emulator.url };
        const regions = { alicloudRegion: hangzhou.settings.region, awsRegion: ireland.settings.region };
        const provider = new Provider("emulator", { ...endpoints, ...regions });
        const options = { provider };
        return {
          ess: new ess.InstanceRefresh("web", onEss, options).status,
          aws: new autoscaling.InstanceRefresh("web", onAws, options).status,
        };
      },
      environment: { ...giveCredentials(emulator), INSTANCE_REFRESH_CLOCK_SPEED: String(SPEED), PATH: "/nowhere" },
    });
    const root = pulumiCliRoot();
    const { command } = await PulumiCommand.get(root === undefined ? {} : { root });
    const { envVars } = stack.workspace as LocalWorkspace;
    const archive = archives.find((each) => each.includes(SYSTEM)) as string;
    const install = ["plugin", "install", "resource", "instance-refresh", version, "--file", archive];
    // Pulumi unpacks with its own code: nothing else is on the PATH.
    execFileSync(command, install, { env: { ...process.env, ...envVars, PATH: dirname(command) }, stdio: "pipe" });
    const { outputs } = await stack.up();
    expect(outputs).toMatchObject({ ess: { value: "Successful" }, aws: { value: "Successful" } });
  });
});
