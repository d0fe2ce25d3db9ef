import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { credentials } from "@grpc/grpc-js";
import type { EngineEvent, LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ProviderHandshakeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { createEmulator, type Emulator } from "../../src/emulator";
import { autoscaling, ess, Provider } from "../../src/plugin";
import { version } from "../../src/version";
import { awsTestCloud } from "../clouds/awsTestCloud";
import { essTestCloud } from "../clouds/essTestCloud";
import { createStack } from "../pulumi/engine";
import { startFakeEngine } from "./fakeEngine";
import { giveCredentials } from "./pluginProtocol";

const ROOT = resolve(__dirname, "../..");
const NAME = "pulumi-resource-instance-refresh";

let folder: string;
let archive: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-"));
  archive = join(folder, "plugin.tar.gz");
  execFileSync(process.execPath, [join(ROOT, "tools/pluginArchive.mjs"), archive]);
  execFileSync("tar", ["-xzf", archive, "-C", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the executable as the engine does; the port that it prints. */
async function start(path: string): Promise<{ child: ChildProcess; port: number; ended: Promise<unknown[]> }> {
  const child = spawn(path, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const [output] = await once(child.stdout as NodeJS.ReadableStream, "data");
  return { child, port: Number(String(output)), ended };
}

function pluginInfo(client: ResourceProviderClient): Promise<PluginInfo> {
  return new Promise((done, fail) =>
    client.getPluginInfo(new Empty(), (error, info) => (error ? fail(error) : done(info))),
  );
}

describe("the executable", () => {
  it("prints its port and answers on it, and ends by the signal that the engine sends at its end", async () => {
    const { child, port, ended } = await start(join(folder, NAME));
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    expect((await pluginInfo(client)).getVersion()).toBe(version);
    client.close();
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
  });

  it("ends when its engine is killed", async () => {
    const engine = await startFakeEngine();
    const { port, ended } = await start(join(folder, NAME));
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const request = new ProviderHandshakeRequest().setEngineAddress(engine.address);
    await new Promise<void>((done, fail) => client.handshake(request, (error) => (error ? fail(error) : done())));
    engine.kill();
    expect(await ended).toEqual([1, null]);
    client.close();
  });

  it("is found through a link, as npm makes one in `node_modules/.bin`", async () => {
    const link = join(folder, "link");
    symlinkSync(join(ROOT, "provider", NAME), link);
    const { child, ended } = await start(link);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });
});

describe("a program with the plugin installed from its archive", () => {
  let emulator: Emulator;
  let stack: Stack;

  beforeEach(async () => {
    // Time goes by as it does for people: a refresh outlasts the test unless the clock is advanced.
    emulator = await createEmulator({
      groups: [
        {
          service: "ess",
          region: "cn-beijing",
          ScalingGroupId: "asg-beijing",
          MultiAZPolicy: "PRIORITY",
          DesiredCapacity: 2,
          ScalingConfiguration: { ImageId: "m-first", InstanceType: "ecs.g7.large" },
        },
      ],
    });
    const hangzhou = essTestCloud(emulator);
    const ireland = awsTestCloud(emulator);
    const programs = {
      hangzhou: (await hangzhou.argumentsFor(await hangzhou.createGroup(2), "second")) as never,
      beijing: { scalingGroupId: "asg-beijing", desiredConfigurationImageId: "m-second" },
      ireland: (await ireland.argumentsFor(await ireland.createGroup(2), "second")) as never,
    };
    stack = await createStack({
      async program() {
        const options = { alicloudEndpoint: emulator.url, awsEndpoint: emulator.url };
        const provider = new Provider("beijing", { ...options, alicloudRegion: "cn-beijing" });
        const others = new Provider("others", { ...options, alicloudRegion: "cn-hangzhou", awsRegion: "eu-west-1" });
        new ess.InstanceRefresh("beijing", programs.beijing, { provider });
        new ess.InstanceRefresh("hangzhou", programs.hangzhou, { provider: others });
        new autoscaling.InstanceRefresh("ireland", programs.ireland, { provider: others });
      },
      environment: giveCredentials(emulator),
    });
    const { pulumiCommand, envVars } = stack.workspace as LocalWorkspace;
    const env = { ...process.env, ...envVars };
    const install = ["plugin", "install", "resource", "instance-refresh", version, "--file", archive];
    execFileSync(pulumiCommand.command, install, { env, stdio: "pipe" });
  });
  afterEach(() => emulator.close());

  interface Recorded {
    urn: string;
    id: string;
    outputs: { status: string };
    sourcePosition: string;
  }

  async function recorded(): Promise<Record<string, Recorded>> {
    const { deployment } = await stack.exportStack();
    const { resources = [] } = deployment as { resources?: Recorded[] };
    const refreshes = resources.filter(({ urn }) => /InstanceRefresh::/.test(urn));
    return Object.fromEntries(refreshes.map((resource) => [resource.urn.split("::").at(-1), resource]));
  }

  it("waits in three regions, stops at one Ctrl-C, and attaches with the next up", async () => {
    const interrupt = new AbortController();
    const seen = new Set<string>();
    const onEvent = ({ diagnosticEvent: line }: EngineEvent) => {
      if (line?.ephemeral) seen.add(line.urn as string);
      if (seen.size === 3) interrupt.abort();
    };
    await expect(stack.up({ onEvent, signal: interrupt.signal })).rejects.toThrow(
      /Stopped waiting for the instance refresh/,
    );
    const interrupted = await recorded();
    expect(Object.keys(interrupted).sort()).toEqual(["beijing", "hangzhou", "ireland"]);
    for (const { outputs, sourcePosition } of Object.values(interrupted)) {
      expect(outputs.status).toMatch(/^(Pending|InProgress)$/);
      expect(sourcePosition).toContain("tests/provider/executable.slow.test.ts#");
    }

    emulator.clock.advance(3_600_000);
    await stack.up();
    const ended = await recorded();
    for (const [name, { id, outputs }] of Object.entries(ended)) {
      expect(id).toBe(interrupted[name]?.id);
      expect(outputs.status).toBe("Successful");
    }
    expect(emulator.requests.filter(({ operation }) => operation === "StartInstanceRefresh")).toHaveLength(3);
  });
});
