/** The plugin spoken to as the engine does, without the engine: a cloud of the emulator, on a clock that leaps. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { stringify } from "yaml";
import { Plugin } from "../../provider/server";
import { longestSeconds } from "../../src/app/longestSeconds";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { Scheduler } from "../../src/core/polling/scheduler";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator";
import { LeapingClock } from "../clouds/leapingClock";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import { seededRandom } from "../seededRandom";
import { type FakeEngine, startFakeEngine } from "./fakeEngine";

export type CloudName = "ess" | "autoscaling";
export type Properties = Record<string, unknown>;

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A group of container instances, whose containers may hold secrets. */
export const CONTAINERS = "asg-containers";

/** The same history for every host. */
export const EMULATED = {
  speed: 0,
  seed: "protocol",
  startTime: Date.UTC(2026, 0, 1),
  groups: [
    {
      service: "ess",
      ScalingGroupId: CONTAINERS,
      GroupType: "ECI",
      DesiredCapacity: 2,
      MultiAZPolicy: "PRIORITY",
      ScalingConfiguration: { Containers: [{ Name: "web", Image: "nginx:1" }] },
    },
  ],
} as const satisfies EmulatorOptions;

const KEYS = { ess: "alicloud", autoscaling: "aws" } as const;

/** What an operation that failed leaves in the state. */
export interface PartialState {
  id: string;
  properties: Properties;
  inputs: Properties;
  reasons: string[];
}

export class CallFailure extends Error {
  constructor(
    message: string,
    readonly partialState: PartialState | undefined,
    cause?: ServiceError,
  ) {
    super(message, { cause });
  }
}

export class PluginProtocol {
  /** Set when the plugin noticed that the engine has gone. */
  engineGone = false;
  lifecycle: Lifecycle | undefined;
  engine!: FakeEngine;
  client!: ResourceProviderClient;
  readonly #folder = mkdtempSync(join(tmpdir(), "project-"));
  #close!: () => Promise<void>;

  private constructor(
    readonly emulator: Emulator,
    readonly name: CloudName,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly clock: LeapingClock,
  ) {}

  static async start(name: CloudName, instances = 10): Promise<PluginProtocol> {
    const emulator = await createEmulator(EMULATED);
    giveCredentials(emulator);
    const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
    const plugin = new PluginProtocol(
      emulator,
      name,
      cloud,
      await cloud.createGroup(instances),
      new LeapingClock(emulator),
    );
    await plugin.newProcess();
    return plugin;
  }

  /** The plugin as the next run of the CLI has it: started, and told of its engine and its settings. */
  async newProcess(config: Properties = this.config): Promise<void> {
    await this.#close?.();
    const { cloud, clock } = this;
    const random = seededRandom(7);
    const lifecycle = new Lifecycle(clock.watched(cloud.cloud), {
      scheduler: new Scheduler({ clock, random }),
      clock,
      random,
      longestSeconds,
    });
    const plugin = new Plugin({
      onEngineGone: () => {
        this.engineGone = true;
      },
      lifecycleOf: async () => lifecycle,
      projectFolder: this.#folder,
    });
    const { port, close } = await plugin.listen();
    this.engine = await startFakeEngine();
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      // The engine takes answers of any size.
      "grpc.max_receive_message_length": -1,
      "grpc.use_local_subchannel_pool": 1,
    });
    this.#close = async () => {
      this.client.close();
      await close();
      this.engine.kill();
    };
    await this.call("handshake", new messages.ProviderHandshakeRequest().setEngineAddress(this.engine.address));
    await this.call("configure", new messages.ConfigureRequest().setArgs(struct(config)));
  }

  async close(): Promise<void> {
    await this.#close();
    await this.emulator.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** The project's files, as the CLI writes them. */
  writeStackConfig(config: Record<string, string>): void {
    writeFileSync(join(this.#folder, "Pulumi.yaml"), "name: project\nruntime: nodejs\n");
    writeFileSync(join(this.#folder, "Pulumi.test.yaml"), stringify({ config }));
  }

  get config(): Properties {
    return settingsOf(this.name, this.cloud, this.emulator);
  }

  /** The resource that is called; the refresh `web` when not set. */
  target: string | undefined;

  get urn(): string {
    return this.target ?? `urn:pulumi:test::project::instance-refresh:${this.name}:InstanceRefresh::web`;
  }

  /** How often a refresh was started. */
  get started(): number {
    return this.emulator.requests.filter(({ operation, acted }) => operation === "StartInstanceRefresh" && acted)
      .length;
  }

  /** Lines that stay, and passing ones. */
  get said(): string {
    return this.#lines(false).join("\n");
  }

  get progress(): string[] {
    return this.#lines(true);
  }

  #lines(ephemeral: boolean): string[] {
    const lines = this.engine.lines.filter((line) => line.urn === this.urn && line.ephemeral === ephemeral);
    return lines.map(({ message }) => message);
  }

  /** Reasons for which the arguments are refused. */
  async check(news: Properties): Promise<string[]> {
    const request = new messages.CheckRequest().setUrn(this.urn).setOlds(struct({})).setNews(struct(news));
    const answer = await this.call<messages.CheckResponse>("check", request);
    return answer.getFailuresList().map((failure) => failure.getReason());
  }

  async checkConfig(news: Properties): Promise<string[]> {
    const request = new messages.CheckRequest().setNews(struct(news));
    const answer = await this.call<messages.CheckResponse>("checkConfig", request);
    return answer.getFailuresList().map((failure) => failure.getReason());
  }

  async diffConfig(olds: Properties, news: Properties): Promise<{ changes: boolean; replaces: string[] }> {
    const request = new messages.DiffRequest().setOlds(struct(olds)).setNews(struct(news));
    const answer = await this.call<messages.DiffResponse>("diffConfig", request);
    const changes = answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME;
    return { changes, replaces: answer.getReplacesList() };
  }

  /** Kind of change by argument; empty when nothing differs. */
  async diff(id: string, oldInputs: Properties, olds: Properties, news: Properties): Promise<Record<string, string>> {
    const request = new messages.DiffRequest()
      .setId(id)
      .setUrn(this.urn)
      .setOldInputs(struct(oldInputs))
      .setOlds(struct(olds))
      .setNews(struct(news));
    const answer = await this.call<messages.DiffResponse>("diff", request);
    const kinds = Object.fromEntries(Object.entries(messages.PropertyDiff.Kind).map(([kind, value]) => [value, kind]));
    return Object.fromEntries(
      [...answer.getDetaileddiffMap().entries()].map(([name, diff]) => [name, kinds[diff.getKind()] as string]),
    );
  }

  async create(
    inputs: Properties,
    { preview = false, timeout = 0 } = {},
  ): Promise<{ id: string; properties: Properties }> {
    const request = new messages.CreateRequest()
      .setUrn(this.urn)
      .setProperties(struct(inputs))
      .setPreview(preview)
      .setTimeout(timeout);
    const answer = await this.call<messages.CreateResponse>("create", request);
    return { id: answer.getId(), properties: values(answer.getProperties()) };
  }

  /** Without a record: an import. */
  async read(id: string, record?: { inputs: Properties; properties: Properties }) {
    const request = new messages.ReadRequest().setId(id).setUrn(this.urn);
    if (record) request.setInputs(struct(record.inputs)).setProperties(struct(record.properties));
    const answer = await this.call<messages.ReadResponse>("read", request);
    return { id: answer.getId(), inputs: values(answer.getInputs()), properties: values(answer.getProperties()) };
  }

  async update(id: string, olds: Properties, news: Properties, { preview = false } = {}): Promise<Properties> {
    const request = new messages.UpdateRequest()
      .setId(id)
      .setUrn(this.urn)
      .setOlds(struct(olds))
      .setNews(struct(news))
      .setPreview(preview);
    return values((await this.call<messages.UpdateResponse>("update", request)).getProperties());
  }

  async delete(id: string, properties: Properties): Promise<void> {
    await this.call(
      "delete",
      new messages.DeleteRequest().setId(id).setUrn(this.urn).setProperties(struct(properties)),
    );
  }

  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  call<Answer>(method: keyof ResourceProviderClient, request: object): Promise<Answer> {
    type Method = (request: object, answer: (error: ServiceError | null, answer: Answer) => void) => void;
    return new Promise((resolve, reject) =>
      (this.client[method] as unknown as Method).call(this.client, request, (error, answer) =>
        error ? reject(new CallFailure(error.details, partialStateOf(error.metadata), error)) : resolve(answer),
      ),
    );
  }
}

/** The plugin's settings for the emulator. */
export function settingsOf(name: CloudName, { settings }: TestCloud, { url }: Emulator): Record<string, string> {
  return { [`${KEYS[name]}Region`]: settings.region as string, [`${KEYS[name]}Endpoint`]: url };
}

/** As a person's environment has them: no setting of the plugin carries a credential. */
export function giveCredentials({ accessKeyId, secretAccessKey }: Emulator): Record<string, string> {
  const environment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secretAccessKey,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  Object.assign(process.env, environment);
  return environment;
}

/** The failure that a call ends with. */
export async function failureOf(action: Promise<unknown>): Promise<CallFailure> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CallFailure) return error;
  throw error ?? new Error("it did not fail");
}

function partialStateOf(metadata: Metadata): PartialState | undefined {
  const [packed] = metadata.get("grpc-status-details-bin");
  if (!packed) return undefined;
  const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  return {
    id: failed.getId(),
    properties: values(failed.getProperties()),
    inputs: values(failed.getInputs()),
    reasons: failed.getReasonsList(),
  };
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function values(properties: Struct | undefined): Properties {
  return properties?.toJavaScript() ?? {};
}
