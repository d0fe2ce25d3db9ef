/** A host's process, spoken to as the engine does. It can be killed, and so can the engine that it serves. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type FakeEngine, startFakeEngine } from "../provider/fakeEngine";
import type { BuiltPackage } from "./builtPackage";

export type HostName = "dynamic" | "plugin";
export type Properties = Record<string, unknown>;

/** What the engine keeps of an operation that failed. */
export interface ResourceState {
  id: string;
  properties: Properties;
}

export class HostError extends Error {
  constructor(
    message: string,
    readonly partialState: ResourceState | undefined,
  ) {
    super(message);
  }
}

export interface HostOptions {
  built: BuiltPackage;
  /** Simulated seconds in a real one. */
  speed: number;
  environment: Record<string, string>;
}

export class Host {
  readonly #client: ResourceProviderClient;
  readonly #exited: Promise<unknown>;

  private constructor(
    readonly name: HostName,
    readonly engine: FakeEngine,
    readonly process: ChildProcess,
    readonly port: number,
    /** Everything that the process printed. */
    readonly printed: string[],
  ) {
    this.#exited = once(process, "exit");
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async open(name: HostName, { built, speed, environment }: HostOptions): Promise<Host> {
    const engine = await startFakeEngine();
    const main = name === "plugin" ? built.pluginMain : built.dynamicProviderMain;
    const child = spawn(process.execPath, [main, engine.address], {
      cwd: built.project,
      env: { ...process.env, ...environment, INSTANCE_REFRESH_CLOCK_SPEED: String(speed) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => printed.push(text));
    const port = await new Promise<number>((resolve, reject) => {
      child.stdout?.once("data", (text: string) => resolve(Number.parseInt(text, 10)));
      child.once("exit", () => reject(new Error(`The ${name} host did not start: ${printed.join("")}`)));
    });
    const host = new Host(name, engine, child, port, printed);
    if (name === "plugin")
      await host.call("handshake", new messages.ProviderHandshakeRequest().setEngineAddress(engine.address));
    await host.configure({});
    return host;
  }

  async configure(settings: Properties): Promise<void> {
    await this.call("configure", new messages.ConfigureRequest().setArgs(struct(settings)));
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    if (this.alive) this.process.kill("SIGKILL");
    await this.exited();
    this.#client.close();
    this.engine.kill();
  }

  async exited(): Promise<void> {
    if (this.alive) await this.#exited;
  }

  async check(urn: string, olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new messages.CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
    const answer = await this.call<messages.CheckResponse>("check", request);
    const failures = answer.getFailuresList().map((failure) => failure.getReason());
    return { inputs: values(answer.getInputs()), failures };
  }

  async diff(urn: string, id: string, olds: { inputs: Properties; outputs: Properties }, news: Properties) {
    const request = new messages.DiffRequest()
      .setId(id)
      .setUrn(urn)
      .setOldInputs(struct(olds.inputs))
      .setOlds(struct(olds.outputs))
      .setNews(struct(news));
    const answer = await this.call<messages.DiffResponse>("diff", request);
    const changes = answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME;
    return { changes, replaces: answer.getReplacesList() };
  }

  async create(urn: string, inputs: Properties, timeout: number): Promise<ResourceState> {
    const request = new messages.CreateRequest().setUrn(urn).setProperties(struct(inputs)).setTimeout(timeout);
    const answer = await this.call<messages.CreateResponse>("create", request);
    return { id: answer.getId(), properties: values(answer.getProperties()) };
  }

  async read(urn: string, id: string, record?: { inputs: Properties; outputs: Properties }) {
    const request = new messages.ReadRequest().setId(id).setUrn(urn);
    if (record) request.setInputs(struct(record.inputs)).setProperties(struct(record.outputs));
    const answer = await this.call<messages.ReadResponse>("read", request);
    return { id: answer.getId(), inputs: values(answer.getInputs()), properties: values(answer.getProperties()) };
  }

  async update(
    urn: string,
    id: string,
    olds: Properties,
    oldInputs: Properties,
    news: Properties,
    timeout: number,
  ): Promise<Properties> {
    const request = new messages.UpdateRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(struct(olds))
      .setOldInputs(struct(oldInputs))
      .setNews(struct(news))
      .setTimeout(timeout);
    return values((await this.call<messages.UpdateResponse>("update", request)).getProperties());
  }

  async delete(urn: string, id: string, outputs: Properties): Promise<void> {
    await this.call("delete", new messages.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(outputs)));
  }

  /** What Ctrl-C makes the engine call. */
  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  call<Answer>(method: keyof ResourceProviderClient, request: object): Promise<Answer> {
    type Method = (request: object, answer: (error: ServiceError | null, answer: Answer) => void) => void;
    return new Promise((resolve, reject) =>
      (this.#client[method] as unknown as Method).call(this.#client, request, (error, answer) =>
        error ? reject(new HostError(error.details, partialStateOf(error.metadata))) : resolve(answer),
      ),
    );
  }
}

function partialStateOf(metadata: Metadata | undefined): ResourceState | undefined {
  const [packed] = metadata?.get("grpc-status-details-bin") ?? [];
  if (!packed) return undefined;
  const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  return { id: failed.getId(), properties: values(failed.getProperties()) };
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Parameters<typeof Struct.fromJavaScript>[0]);
}

function values(properties: Struct | undefined): Properties {
  return properties?.toJavaScript() ?? {};
}
