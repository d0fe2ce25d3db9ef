/** The plugin: Pulumi's provider protocol over the lifecycle. What the protocol has beside this is answered UNIMPLEMENTED. */
import {
  Server,
  ServerCredentials,
  type ServerErrorResponse,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { DEFAULT_TIMEOUT_S } from "../src/doors/durations";
import type { Engine } from "../src/doors/engine";
import type { CloudName } from "../src/doors/lifecycles";
import { RefreshError } from "../src/refresh/errors";
import type { Lifecycle } from "../src/refresh/lifecycle";
import type { Call } from "../src/refresh/run";
import { version } from "../src/version";
import { checkConfig, settingsOf } from "./config";
import { fromStruct, initFailed, isUnknown, type Properties, toStruct } from "./wire";

const CLOUDS: Readonly<Record<string, CloudName>> = {
  "instance-refresh:ess:InstanceRefresh": "ess",
  "instance-refresh:autoscaling:InstanceRefresh": "autoscaling",
};

/** A look is not worth more of a preview's time. */
const PREVIEW_TIMEOUT_S = 30;

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

export interface PluginOptions {
  /** Called when the engine that this process serves has been killed. */
  onEngineGone(): void;
  /** The lifecycles of the process, loaded with the first resource. */
  lifecycleOf?(cloud: CloudName): Promise<Lifecycle>;
}

async function lifecycleOfProcess(cloud: CloudName): Promise<Lifecycle> {
  const { lifecycleOf } = await import("../src/doors/lifecycles.js");
  return lifecycleOf(cloud);
}

/** One process serves one provider of one run; it is configured once. */
export class Plugin {
  readonly #options: PluginOptions;
  #config: Properties = {};
  #engine: Engine | undefined;
  #stop = new AbortController();

  constructor(options: PluginOptions) {
    this.#options = options;
  }

  /** Ends every wait; the refreshes go on in their clouds. Harmless at any time, as it also comes at every normal end. */
  cancel(): void {
    this.#stop.abort();
  }

  /** Listens on the loopback interface, and connects back to the engine as soon as it has said where that is. */
  async listen(): Promise<{ port: number; close(): Promise<void> }> {
    const server = new Server();
    server.addService(ResourceProviderService, this.#service());
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    // What is under way is still answered: an id that was not told is a refresh that is forgotten.
    const close = async () => {
      this.cancel();
      await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      this.#engine?.close();
    };
    return { port, close };
  }

  async #connect(address: string): Promise<void> {
    const { connectEngine } = await import("../src/doors/engine.js");
    this.#engine?.close();
    this.#engine = connectEngine(address, () => {
      this.cancel();
      this.#engine?.close();
      this.#options.onEngineGone();
    });
  }

  #service() {
    return {
      handshake: unary(async (request: messages.ProviderHandshakeRequest) => {
        await this.#connect(request.getEngineAddress());
        // The engine keeps the marks of secrets by itself, at the same paths: none of them is accepted.
        return new messages.ProviderHandshakeResponse();
      }),
      attach: unary(async (request: PluginAttach) => {
        await this.#connect(request.getAddress());
        return new Empty();
      }),
      getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
      getSchema: unary(async () => {
        const { packageSchema } = await import("./schema.js");
        return new messages.GetSchemaResponse().setSchema(JSON.stringify(packageSchema()));
      }),
      checkConfig: unary((request: messages.CheckRequest) => {
        const news = fromStruct(request.getNews());
        return checked(news, checkConfig(news));
      }),
      diffConfig: unary((request: messages.DiffRequest) => {
        const olds = JSON.stringify(fromStruct(request.getOlds()));
        // Another way to a cloud never replaces what is there, even when the old way was another package's.
        const isSame = olds === JSON.stringify(fromStruct(request.getNews()));
        return new messages.DiffResponse().setChanges(isSame ? DIFF_NONE : DIFF_SOME);
      }),
      configure: unary((request: messages.ConfigureRequest) => {
        this.#config = fromStruct(request.getArgs());
        this.#stop = new AbortController();
        return new messages.ConfigureResponse().setSupportspreview(true);
      }),
      cancel: unary(() => {
        this.cancel();
        return new Empty();
      }),
      check: unary(async (request: messages.CheckRequest) => {
        const { lifecycle } = await this.#resourceOf(request);
        const { inputs, failures } = lifecycle.check(fromStruct(request.getNews()), isUnknown);
        return checked(inputs, failures);
      }),
      diff: unary(async (request: messages.DiffRequest) => {
        const { urn, lifecycle } = await this.#resourceOf(request);
        const recorded = { id: request.getId(), properties: own(request.getOlds()) };
        const news = fromStruct(request.getNews());
        const { replaces, updates } = lifecycle.diff(recorded, news, urn);
        const answer = new messages.DiffResponse()
          .setChanges(replaces.length + updates.length > 0 ? DIFF_SOME : DIFF_NONE)
          .setReplacesList(replaces)
          .setDiffsList([...replaces, ...updates])
          .setHasdetaileddiff(true);
        const olds = fromStruct(request.getOldInputs());
        for (const name of [...replaces, ...updates]) {
          answer.getDetaileddiffMap().set(name, propertyDiff(olds[name], news[name], replaces.includes(name)));
        }
        return answer;
      }),
      create: unary(async (request: messages.CreateRequest) => {
        const { urn, cloud, lifecycle } = await this.#resourceOf(request);
        const inputs = fromStruct(request.getProperties());
        const call = this.#call(urn, cloud, request.getTimeout());
        if (request.getPreview()) {
          await Promise.all([this.#foresee(lifecycle, inputs, call), this.#forecast(cloud, inputs, call)]);
          const { plannedCreate } = await import("./preview.js");
          return new messages.CreateResponse().setProperties(toStruct(plannedCreate(lifecycle.cloud, inputs)));
        }
        const { id, properties } = await keeping(inputs, () => lifecycle.create(inputs, call));
        return new messages.CreateResponse().setId(id).setProperties(toStruct(properties));
      }),
      read: unary(async (request: messages.ReadRequest) => {
        const { urn, cloud, lifecycle } = await this.#resourceOf(request);
        const call = this.#call(urn, cloud, request.getTimeout());
        const recorded = own(request.getProperties());
        const answer = new messages.ReadResponse();
        if (recorded.status !== undefined) {
          const found = await lifecycle.read(request.getId(), recorded, {}, call);
          if (!found) return answer;
          return answer.setId(found.id).setProperties(toStruct(found.properties)).setInputs(request.getInputs());
        }
        // There is no record yet: an import brings nothing but the id, `X.get` how the cloud is to be reached.
        const args = { ...recorded, ...own(request.getInputs()) };
        const found = await lifecycle.read(request.getId(), undefined, args, call);
        if (!found) return answer;
        const { withSecrets } = await import("./secrets.js");
        const marked = (values: Properties = {}) => toStruct(withSecrets(lifecycle.cloud.definition.arguments, values));
        return answer.setId(found.id).setProperties(marked(found.properties)).setInputs(marked(found.inputs));
      }),
      update: unary(async (request: messages.UpdateRequest) => {
        const { urn, cloud, lifecycle } = await this.#resourceOf(request);
        const recorded = { id: request.getId(), properties: own(request.getOlds()) };
        const news = fromStruct(request.getNews());
        const answer = new messages.UpdateResponse();
        if (request.getPreview()) {
          const { plannedUpdate } = await import("./preview.js");
          return answer.setProperties(toStruct(plannedUpdate(lifecycle.cloud, recorded.properties, news)));
        }
        const call = this.#call(urn, cloud, request.getTimeout());
        return answer.setProperties(toStruct(await keeping(news, () => lifecycle.update(recorded, news, call))));
      }),
      delete: unary(async (request: messages.DeleteRequest) => {
        const { urn, cloud, lifecycle } = await this.#resourceOf(request);
        const recorded = { id: request.getId(), properties: own(request.getProperties()) };
        await lifecycle.delete(recorded, this.#call(urn, cloud, request.getTimeout()));
        return new Empty();
      }),
    };
  }

  async #resourceOf(request: { getUrn(): string }) {
    const urn = request.getUrn();
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const cloud = CLOUDS[type];
    if (!cloud)
      throw new Error(`instance-refresh has no resource ${type}; there are ${Object.keys(CLOUDS).join(", ")}`);
    const { lifecycleOf = lifecycleOfProcess } = this.#options;
    return { urn, cloud, lifecycle: await lifecycleOf(cloud) };
  }

  #call(urn: string, cloud: CloudName, timeoutSeconds: number): Call {
    return {
      urn,
      settings: settingsOf(cloud, this.#config),
      timeoutSeconds: timeoutSeconds || DEFAULT_TIMEOUT_S,
      signal: this.#stop.signal,
      progress: (line) => this.#engine?.progress(urn, line),
      notice: (line) => this.#engine?.notice(urn, line),
    };
  }

  /** Says what the refresh would do to its group, where that can be told. */
  async #forecast(cloud: CloudName, inputs: Properties, { urn, settings, timeoutSeconds }: Call): Promise<void> {
    const { previewLines } = await import("../src/doors/forecasts.js");
    const lines = await previewLines(cloud, inputs, isUnknown, settings, timeoutSeconds);
    if (lines.length > 0) this.#engine?.notice(urn, lines.join("\n"));
  }

  /** Says what a create would meet. A group that cannot be looked at now is no reason to refuse a preview. */
  async #foresee(lifecycle: Lifecycle, inputs: Properties, call: Call): Promise<void> {
    const lines = await lifecycle
      .preview(inputs, { ...call, timeoutSeconds: PREVIEW_TIMEOUT_S }, isUnknown)
      .catch((error: Error) => [`The group could not be looked at. ${error.message}`]);
    for (const line of lines) this.#engine?.warn(call.urn, line);
  }
}

/** Properties less those that belong to the dynamic door: a state may come from there. */
function own(struct: Struct | undefined): Properties {
  return Object.fromEntries(Object.entries(fromStruct(struct)).filter(([name]) => !name.startsWith("__")));
}

function checked(inputs: Properties, failures: readonly { reason: string }[]) {
  const answer = new messages.CheckResponse().setInputs(toStruct(inputs));
  // The reason names the property. Beside a property the engine prints its value, which may be a secret.
  for (const { reason } of failures) answer.addFailures(new messages.CheckFailure().setReason(reason));
  return answer;
}

const { Kind } = messages.PropertyDiff;

function propertyDiff(old: unknown, asked: unknown, replaces: boolean): messages.PropertyDiff {
  const diff = new messages.PropertyDiff().setInputdiff(true);
  if (old === undefined) return diff.setKind(replaces ? Kind.ADD_REPLACE : Kind.ADD);
  if (asked === undefined) return diff.setKind(replaces ? Kind.DELETE_REPLACE : Kind.DELETE);
  return diff.setKind(replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE);
}

/** Makes of an error that carries a refresh what the engine keeps. */
async function keeping<T>(inputs: Properties, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RefreshError) || !error.kept) throw error;
    throw initFailed(error.message, error.kept, inputs);
  }
}

function unary<Request, Answer>(handle: (request: Request) => Answer | Promise<Answer>) {
  return async (call: ServerUnaryCall<Request, Answer>, answer: sendUnaryData<Answer>) => {
    try {
      answer(null, await handle(call.request));
    } catch (error) {
      if ((error as Partial<ServerErrorResponse>).metadata) return answer(error as ServerErrorResponse);
      answer({ code: status.UNKNOWN, details: (error as Error).message });
    }
  };
}
