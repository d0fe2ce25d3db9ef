/**
 * Records what Pulumi's engine and the plugin say to each other: `RECORD=1 npx jest tests/sessions/record`, then `npx biome format --write tests/sessions`. Once a version is
 * released, its file is never written again: later versions must answer those calls as it did.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Message } from "google-protobuf";
import { autoscaling, ess } from "../../src/plugin";
import {
  type CallFailure,
  type CloudName,
  giveCredentials,
  PluginProtocol,
  settingsOf,
} from "../provider/pluginProtocol";
import { createStack } from "../pulumi/engine";
import { versionsOf } from "./cloudOfSession";
import { isRecorded, type RecordedCall, recorded, type Session } from "./recordedCall";

const CLASSES = { ess: ess.InstanceRefresh, autoscaling: autoscaling.InstanceRefresh };

/** A server beside the plugin that passes on each call, and writes it down. */
async function recorder(plugin: PluginProtocol, calls: RecordedCall[]) {
  const shown = (text: string) => text.replaceAll(plugin.emulator.url, "EMULATOR");
  const server = new Server();
  const methods = Object.keys(ResourceProviderService);
  const handlers = methods.map((method) => [
    method,
    async ({ request }: ServerUnaryCall<Message, Message>, answer: sendUnaryData<Message>) => {
      const asked = isRecorded(method) ? recorded(request, shown) : undefined;
      const call = (rest: Partial<RecordedCall>) => void (asked && calls.push({ method, request: asked, ...rest }));
      try {
        const given = await plugin.call<Message>(method as never, request);
        call({ answer: recorded(given, shown) });
        answer(null, given);
      } catch (error) {
        call({ failure: shown((error as Error).message) });
        answer((error as CallFailure).cause as Error);
      }
    },
  ]);
  server.addService(ResourceProviderService, Object.fromEntries(handlers));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}

async function record(name: CloudName): Promise<Session> {
  const plugin = await PluginProtocol.start(name, 4);
  const calls: RecordedCall[] = [];
  const { port, close } = await recorder(plugin, calls);
  const versions = await versionsOf(plugin);
  const asked = (version: keyof typeof versions, more: object = {}) => ({ ...versions[version], ...more });
  let args: object = asked("second");
  let declares = true;
  const program: PulumiFn = async () => {
    if (declares) new CLASSES[name]("web", args as never);
  };
  const settings = Object.entries(settingsOf(name, plugin.cloud, plugin.emulator));
  const stack = await createStack({
    program,
    config: Object.fromEntries(settings.map(([key, value]) => [`instance-refresh:${key}`, { value }])),
    environment: { ...giveCredentials(plugin.emulator), PULUMI_DEBUG_PROVIDERS: `instance-refresh:${port}` },
  });
  const bad = (run: Promise<unknown>) =>
    run.then(
      () => undefined,
      (error: Error) => error,
    );
  await stack.preview();
  await stack.up();
  await stack.refresh();
  args = asked("second", { onTimeout: "rollback", onDelete: "cancel" });
  await stack.up();
  args = asked("third", { waitForCompletion: false });
  await stack.up();
  args = asked("third");
  await stack.up();
  args = asked("unhealthy");
  await bad(stack.up());
  await bad(stack.preview());
  args = asked("unhealthy", { waitForCompletion: false });
  await stack.up();
  args = asked("unhealthy", { waitForCompletion: "yes" });
  await bad(stack.up());
  declares = false;
  await stack.up();
  close();
  await plugin.close();
  return { cloud: name, calls };
}

const recording = process.env.RECORD ? test : test.skip;

recording("a session of each cloud is recorded", async () => {
  const sessions = [await record("ess"), await record("autoscaling")];
  writeFileSync(join(__dirname, "sessions-0.1.json"), `${JSON.stringify(sessions, undefined, 1)}\n`);
  expect(sessions.every(({ calls }) => calls.length > 30)).toBe(true);
});
