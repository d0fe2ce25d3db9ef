/**
 * A stand-in for a bridged provider, whose binaries are not available here: Pulumi's protocol over a table of resources, each
 * of which turns inputs into the calls that the Terraform provider below the bridge makes for them. It keeps what matters
 * to the wiring: an update sends what has changed and no more; what is ignored is not sent; what an update makes again
 * is unknown at preview only where the Terraform provider says so; after every change it reads what the cloud has.
 */
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, toStruct as structOf } from "../../../provider/wire";
import { type Properties, UNKNOWN } from "../../../src/pulumi/values";

export interface Bridged {
  /** The input that gets a name of its own when the program gives none. */
  readonly named: string;
  /** Outputs that are unknown at the preview of a change. */
  readonly newAtChange: readonly string[];
  create(inputs: Properties): Promise<string>;
  update(id: string, news: Properties, changed: readonly string[]): Promise<void>;
  /** Undefined when it is gone. */
  read(id: string): Promise<Properties | undefined>;
  delete(id: string): Promise<void>;
}

export interface Attached {
  /** As `PULUMI_DEBUG_PROVIDERS` takes it. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the resources of a package by their tokens. */
export async function serve(name: string, resources: Readonly<Record<string, Bridged>>): Promise<Attached> {
  const server = new Server();
  server.addService(ResourceProviderService, serviceOf(resources));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `${name}:${port}`, close: async () => server.forceShutdown() };
}

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

function serviceOf(resources: Readonly<Record<string, Bridged>>) {
  const resourceOf = (request: { getUrn(): string }) => {
    const type = request.getUrn().split("::")[2]?.split("$").at(-1) ?? "";
    const resource = resources[type];
    if (!resource) throw new Error(`no stand-in for ${type}`);
    return resource;
  };
  return {
    handshake: unary(() => new messages.ProviderHandshakeResponse()),
    attach: unary((_request: PluginAttach) => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion("0.0.1")),
    checkConfig: unary((request: messages.CheckRequest) => new messages.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary(() => new messages.DiffResponse().setChanges(DIFF_NONE)),
    configure: unary(() => new messages.ConfigureResponse().setSupportspreview(true)),
    cancel: unary(() => new Empty()),
    check: unary((request: messages.CheckRequest) => {
      const { named } = resourceOf(request);
      const name = fromStruct(request.getOlds())[named] ?? `${request.getUrn().split("::").at(-1)}-a1b2c3d`;
      return new messages.CheckResponse().setInputs(toStruct({ [named]: name, ...fromStruct(request.getNews()) }));
    }),
    diff: unary((request: messages.DiffRequest) => {
      const changed = changes(request);
      return new messages.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
    }),
    create: unary(async (request: messages.CreateRequest) => {
      const resource = resourceOf(request);
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) {
        const outputs = { ...inputs, ...unknown(resource.newAtChange) };
        return new messages.CreateResponse().setProperties(toStruct(outputs));
      }
      const id = await resource.create(inputs);
      return new messages.CreateResponse().setId(id).setProperties(toStruct(await outputsOf(resource, id, inputs)));
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const resource = resourceOf(request);
      const olds = fromStruct(request.getOlds());
      const news = fromStruct(request.getNews());
      const answer = new messages.UpdateResponse();
      if (request.getPreview()) {
        return answer.setProperties(toStruct({ ...olds, ...news, ...unknown(resource.newAtChange) }));
      }
      await resource.update(request.getId(), news, changes(request));
      return answer.setProperties(toStruct(await outputsOf(resource, request.getId(), { ...olds, ...news })));
    }),
    read: unary(async (request: messages.ReadRequest) => {
      const resource = resourceOf(request);
      const found = await resource.read(request.getId());
      if (!found) return new messages.ReadResponse();
      const inputs = fromStruct(request.getInputs());
      const followed = Object.fromEntries(Object.keys(inputs).map((name) => [name, found[name] ?? inputs[name]]));
      return new messages.ReadResponse()
        .setId(request.getId())
        .setProperties(toStruct({ ...fromStruct(request.getProperties()), ...found }))
        .setInputs(toStruct(followed));
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      await resourceOf(request).delete(request.getId());
      return new Empty();
    }),
  };
}

/** As Terraform plans: what the program says against what the state has, without what is ignored. */
function changes(request: messages.DiffRequest | messages.UpdateRequest): string[] {
  const olds = fromStruct(request.getOlds());
  const ignored = request.getIgnorechangesList();
  return Object.entries(fromStruct(request.getNews()))
    .filter(([name, value]) => !ignored.includes(name) && JSON.stringify(value) !== JSON.stringify(olds[name]))
    .map(([name]) => name);
}

async function outputsOf(resource: Bridged, id: string, inputs: Properties): Promise<Properties> {
  return { ...inputs, ...(await resource.read(id)) };
}

function unknown(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
}

function unary<Request, Answer>(handle: (request: Request) => Answer | Promise<Answer>) {
  return async (call: ServerUnaryCall<Request, Answer>, answer: sendUnaryData<Answer>) => {
    try {
      answer(null, await handle(call.request));
    } catch (error) {
      answer({ code: status.UNKNOWN, details: (error as Error).message });
    }
  };
}

/** The wire knows nothing that is undefined. */
function toStruct(properties: Properties) {
  return structOf(JSON.parse(JSON.stringify(properties)) as Properties);
}
