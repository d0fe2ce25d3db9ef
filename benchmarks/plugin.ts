/**
 * Cold start of the plugin and its memory, beside a bare Node server of the same protocol; taken in turns in the same run.
 *
 *     npm run build && node -r ./tools/typescript.cjs benchmarks/plugin.ts [starts]
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { median } from "./figures";

const ROOT = resolve(__dirname, "..");
const EXECUTABLE = "pulumi-resource-instance-refresh";

/** Nothing but the protocol: the least that a plugin in Node can be. */
export const BARE = `
const { Server, ServerCredentials } = require("@grpc/grpc-js");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { CheckResponse } = require("@pulumi/pulumi/proto/provider_pb");
const server = new Server();
server.addService(ResourceProviderService, {
  getPluginInfo: (call, answer) => answer(null, new PluginInfo().setVersion("0.0.0")),
  check: (call, answer) => answer(null, new CheckResponse().setInputs(call.request.getNews())),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => console.log(port));
`;

export interface Start {
  /** Milliseconds from the start of the process to its answer. */
  firstAnswer: number;
  firstCheck: number;
  /** Resident memory after each, in MB. */
  memory: number;
  memoryAfterCheck: number;
}

export async function start(command: readonly [string, ...string[]]): Promise<Start> {
  const [file, ...args] = command;
  const begin = performance.now();
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"], cwd: ROOT });
  const ended = once(child, "exit");
  const [printed] = await once(child.stdout, "data");
  const client = new ResourceProviderClient(`127.0.0.1:${String(printed).trim()}`, credentials.createInsecure());
  const residentMb = () =>
    Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) / 1024;
  try {
    await answered((done) => client.getPluginInfo(new Empty(), done));
    const firstAnswer = performance.now() - begin;
    const memory = residentMb();
    const news = Struct.fromJavaScript({ scalingGroupId: "asg-1", desiredConfigurationImageId: "m-2" });
    const urn = "urn:pulumi:bench::bench::instance-refresh:ess:InstanceRefresh::web";
    const beforeCheck = performance.now();
    await answered((done) => client.check(new CheckRequest().setUrn(urn).setNews(news), done));
    const firstCheck = firstAnswer + performance.now() - beforeCheck;
    return { firstAnswer, firstCheck, memory, memoryAfterCheck: residentMb() };
  } finally {
    client.close();
    // Node writes its compile cache when a process ends by itself.
    child.kill("SIGTERM");
    await ended;
  }
}

function answered(call: (done: (error: ServiceError | null) => void) => void): Promise<void> {
  return new Promise((done, fail) => call((error) => (error ? fail(error) : done())));
}

async function main(): Promise<void> {
  const starts = Number(process.argv[2] ?? 15);
  const folder = mkdtempSync(join(tmpdir(), "instance-refresh-"));
  try {
    const archive = join(folder, "plugin.tar.gz");
    execFileSync(process.execPath, [join(ROOT, "tools/pluginArchive.mjs"), archive]);
    execFileSync("tar", ["-xzf", archive, "-C", folder]);
    const commands: Record<string, readonly [string, ...string[]]> = {
      "bare Node gRPC server": [process.execPath, "-e", BARE],
      "plugin of the npm package": [join(ROOT, "provider", EXECUTABLE), "127.0.0.1:1"],
      "plugin of the archive": [join(folder, EXECUTABLE), "127.0.0.1:1"],
    };
    const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, [] as Start[]]));
    for (let round = 0; round <= starts; round++) {
      for (const [name, command] of Object.entries(commands)) {
        const figures = await start(command);
        // The first round warms the disk's cache.
        if (round > 0) measured[name]?.push(figures);
      }
    }
    console.log("| median | first answer | first check of a resource | memory | memory after the check |");
    console.log("|---|---|---|---|---|");
    for (const [name, all] of Object.entries(measured)) {
      const middle = (key: keyof Start) => median(all.map((each) => each[key])).toFixed(0);
      console.log(
        `| ${name} | ${middle("firstAnswer")} ms | ${middle("firstCheck")} ms | ${middle("memory")} MB | ${middle("memoryAfterCheck")} MB |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
