/** The plugin: a server of Pulumi's provider protocol. Calls that are not listed here are answered UNIMPLEMENTED. */
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Lifecycle } from "../src/core/lifecycle/lifecycle";
import type { Engine } from "../src/pulumi/engine";
import type { Properties } from "../src/pulumi/values";
import { version } from "../src/version";
import { checkConfig, settingsOf } from "./config";
import { resourceService } from "./resourceService";
import type { StackFiles } from "./stackFile";
import { unary } from "./unary";
import { checked, fromStruct } from "./wire";

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

/** As Pulumi's own hosts have it. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

export interface PluginOptions {
  /** Called when the engine that this process serves has been killed. */
  onEngineGone(): void;
  /** Where the project is. Default: where the engine starts the plugin. */
  projectFolder?: string;
  /** The lifecycles of the process, loaded with the first resource. */
  lifecycleOf?(cloud: string): Promise<Lifecycle>;
}

async function lifecycleOfProcess(cloud: string): Promise<Lifecycle> {
  const { lifecycleOf } = await import("../src/app/lifecycles.js");
  return lifecycleOf(cloud);
}

/** One process serves one provider of one run; it is configured once. */
export class Plugin {
  readonly #options: PluginOptions;
  #config: Properties = {};
  #stackFileOf: StackFiles = () => ({ get: () => undefined, isEncrypted: () => false });
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
    const server = new Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
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
    const { connectEngine } = await import("../src/pulumi/engine.js");
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
        return new messages.GetSchemaResponse().setSchema(JSON.stringify(await packageSchema()));
      }),
      checkConfig: unary(async (request: messages.CheckRequest) => {
        const news = fromStruct(request.getNews());
        const failures = await checkConfig(news);
        return checked(
          news,
          failures.map(({ reason }) => reason),
        );
      }),
      diffConfig: unary((request: messages.DiffRequest) => {
        const olds = JSON.stringify(fromStruct(request.getOlds()));
        // Another way to a cloud never replaces what is there, even when the old way was another package's.
        const isSame = olds === JSON.stringify(fromStruct(request.getNews()));
        return new messages.DiffResponse().setChanges(isSame ? DIFF_NONE : DIFF_SOME);
      }),
      configure: unary(async (request: messages.ConfigureRequest) => {
        this.#config = fromStruct(request.getArgs());
        const { stackFilesIn } = await import("./stackFile.js");
        this.#stackFileOf = stackFilesIn(this.#options.projectFolder ?? process.cwd());
        this.#stop = new AbortController();
        return new messages.ConfigureResponse().setSupportspreview(true);
      }),
      cancel: unary(() => {
        this.cancel();
        return new Empty();
      }),
      ...resourceService({
        lifecycleOf: this.#options.lifecycleOf ?? lifecycleOfProcess,
        settingsOf: (cloud, urn, program) => settingsOf(cloud, this.#config, this.#stackFileOf(urn), program),
        signal: () => this.#stop.signal,
        engine: () => this.#engine,
      }),
    };
  }
}
