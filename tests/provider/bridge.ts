/** A deployment that the bridged provider has made, and as much of that provider as the engine needs to let go of it. */
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import type { Stack } from "@pulumi/pulumi/automation";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  CheckResponse,
  ConfigureResponse,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** Stands in for `pulumi-resource-alicloud`; it knows no resource. */
export async function startBridge(): Promise<{ port: number; close(): void }> {
  const server = new Server();
  const answering =
    <Request, Answer>(answer: (request: Request) => Answer) =>
    ({ request }: ServerUnaryCall<Request, Answer>, callback: sendUnaryData<Answer>) =>
      callback(null, answer(request));
  server.addService(ResourceProviderService, {
    handshake: answering(() => new ProviderHandshakeResponse()),
    attach: answering(() => new Empty()),
    getPluginInfo: answering(() => new PluginInfo().setVersion("3.108.0")),
    checkConfig: answering((request: CheckRequest) => new CheckResponse().setInputs(request.getNews())),
    configure: answering(() => new ConfigureResponse()),
    cancel: answering(() => new Empty()),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}

/** Puts a refresh of the bridge into the stack, as `pulumi stack export` has it there. */
export async function importBridged(stack: Stack, id: string, inputs: object, outputs: object): Promise<void> {
  const exported = await stack.exportStack();
  const { manifest } = exported.deployment as { manifest: unknown };
  const root = "urn:pulumi:test::test::pulumi:pulumi:Stack::test-test";
  const provider = {
    urn: "urn:pulumi:test::test::pulumi:providers:alicloud::default_3_108_0",
    id: "0b2b4a6e-4d26-4e0e-9a1d-2f3c56c0a7f1",
  };
  const times = { created: "2026-01-01T00:00:00Z", modified: "2026-01-01T00:00:00Z" };
  const settings = { region: "cn-hangzhou", version: "3.108.0" };
  const resources = [
    { urn: root, custom: false, type: "pulumi:pulumi:Stack", ...times },
    { ...provider, custom: true, type: "pulumi:providers:alicloud", inputs: settings, outputs: settings, ...times },
    {
      urn: "urn:pulumi:test::test::alicloud:ess/instanceRefresh:InstanceRefresh::web",
      custom: true,
      id,
      type: "alicloud:ess/instanceRefresh:InstanceRefresh",
      inputs: { __defaults: [], ...inputs },
      outputs: { ...inputs, ...outputs, id },
      parent: root,
      provider: `${provider.urn}::${provider.id}`,
      propertyDependencies: Object.fromEntries(Object.keys(inputs).map((name) => [name, []])),
      ...times,
    },
  ];
  await stack.importStack({ version: exported.version, deployment: { manifest, resources } });
}
