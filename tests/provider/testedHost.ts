/** Both hosts behind one interface, each with an emulator and a clock of its own, to compare what they answer. */
import type { dynamic } from "@pulumi/pulumi";
import { longestSeconds } from "../../src/app/longestSeconds";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { Scheduler } from "../../src/core/polling/scheduler";
import { createEmulator, type Emulator } from "../../src/emulator";
import { dynamicProvider } from "../../src/pulumi/dynamicHost";
import { withoutInternals } from "../../src/pulumi/values";
import { LeapingClock } from "../clouds/leapingClock";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import { seededRandom } from "../seededRandom";
import {
  CallFailure,
  type CloudName,
  EMULATED,
  giveCredentials,
  PluginProtocol,
  type Properties,
} from "./pluginProtocol";

export interface State {
  id: string;
  properties: Properties;
}

/** How an operation ended. What it left in the state counts, whether it failed or not. */
export interface Outcome {
  failure?: string | undefined;
  state?: State | undefined;
}

interface Timeouts {
  create?: string;
}

export interface TestedHost {
  readonly emulator: Emulator;
  readonly cloud: TestCloud;
  readonly clock: LeapingClock;
  readonly group: string;
  /** What the stack's configuration says; the next process reads it. */
  stackConfig: Record<string, string>;
  /** Lines that stay, and passing ones, of this process. */
  readonly said: string[];
  readonly progress: string[];
  /** Forgets what the process knew, as the next run of the CLI does. */
  newProcess(): Promise<void>;
  check(inputs: Properties): Promise<string[]>;
  previewCreate(inputs: Properties): Promise<void>;
  previewUpdate(state: State, inputs: Properties, news: Properties): Promise<void>;
  create(inputs: Properties, timeouts?: Timeouts): Promise<Outcome>;
  /** Takes over a refresh by the resource option `import`; undefined inputs are those that the host finds. */
  import(id: string, inputs: Properties): Promise<Outcome>;
  diff(state: State, inputs: Properties, news: Properties): Promise<{ changes: boolean; replaces: string[] }>;
  read(state: State, inputs: Properties): Promise<State | undefined>;
  update(state: State, news: Properties): Promise<Outcome>;
  delete(state: State): Promise<void>;
  close(): Promise<void>;
}

/** Seconds of the few durations that the tests use; the engine parses them for the plugin. */
const SECONDS: Record<string, number> = { "0s": 0, "30s": 30 };

export async function pluginHost(name: CloudName): Promise<TestedHost> {
  const plugin = await PluginProtocol.start(name);
  const outcome = async (action: Promise<State>): Promise<Outcome> => {
    try {
      return { state: await action };
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      const { message, partialState } = error;
      return { failure: message, state: partialState && { id: partialState.id, properties: partialState.properties } };
    }
  };
  const host: TestedHost = {
    emulator: plugin.emulator,
    stackConfig: {},
    cloud: plugin.cloud,
    clock: plugin.clock,
    group: plugin.group,
    get said() {
      return plugin.said.split("\n").filter(Boolean);
    },
    get progress() {
      return plugin.progress;
    },
    newProcess() {
      plugin.writeStackConfig(host.stackConfig);
      return plugin.newProcess();
    },
    check: (inputs) => plugin.check(inputs),
    previewCreate: async (inputs) => void (await plugin.create(inputs, { preview: true })),
    previewUpdate: async ({ id, properties }, _inputs, news) =>
      void (await plugin.update(id, properties, news, { preview: true })),
    create: (inputs, { create = "0s" } = {}) => outcome(plugin.create(inputs, { timeout: SECONDS[create] as number })),
    // The engine reads what is imported, compares it with the program's inputs, and updates what differs.
    import: async (id, inputs) => {
      const { properties } = await plugin.read(id);
      return outcome(plugin.update(id, properties, inputs).then((updated) => ({ id, properties: updated })));
    },
    async diff({ id, properties }, inputs, news) {
      const kinds = Object.entries(await plugin.diff(id, inputs, properties, news));
      return {
        changes: kinds.length > 0,
        replaces: kinds.filter(([, kind]) => /REPLACE/.test(kind)).map(([property]) => property),
      };
    },
    async read({ id, properties }, inputs) {
      const found = await plugin.read(id, { inputs, properties });
      return found.id === "" ? undefined : { id: found.id, properties: found.properties };
    },
    update: ({ id, properties }, news) =>
      outcome(plugin.update(id, properties, news).then((updated) => ({ id, properties: updated }))),
    delete: ({ id, properties }) => plugin.delete(id, properties),
    close: () => plugin.close(),
  };
  return host;
}

/** The dynamic provider as Pulumi's process for dynamic resources calls it. */
export async function dynamicHost(name: CloudName): Promise<TestedHost> {
  const emulator = await createEmulator(EMULATED);
  giveCredentials(emulator);
  const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
  const group = await cloud.createGroup(10);
  const clock = new LeapingClock(emulator);
  const urn = `urn:pulumi:test::project::pulumi-nodejs:dynamic/${name}:InstanceRefresh::web`;
  let said: string[];
  let progress: string[];
  let provider: Required<dynamic.ResourceProvider>;

  const withInternals = (inputs: Properties, more: Properties = {}) => ({
    ...inputs,
    __provider: "",
    __urn: urn,
    ...more,
  });
  const stateOf = (id: string, properties: Properties): State => ({ id, properties: withoutInternals(properties) });
  const outcome = async (action: Promise<State>): Promise<Outcome> => {
    try {
      return { state: await action };
    } catch (error) {
      const { message, id, properties } = error as Error & { id?: string; properties: Properties };
      return { failure: message, state: id === undefined ? undefined : stateOf(id, properties) };
    }
  };
  const create = (inputs: Properties) =>
    outcome(provider.create(inputs).then(({ id, outs }) => stateOf(id, outs as Properties)));

  const host: TestedHost = {
    emulator,
    stackConfig: {},
    cloud,
    clock,
    group,
    get said() {
      return said;
    },
    get progress() {
      return progress;
    },
    async newProcess() {
      said = [];
      progress = [];
      const random = seededRandom(7);
      const tools = { scheduler: new Scheduler({ clock, random }), clock, random, longestSeconds };
      const lifecycle = new Lifecycle(clock.watched(cloud.cloud), tools);
      const lasting = (_urn: string, line: string) => void said.push(...line.split("\n"));
      const engine = {
        progress: (_urn: string, line: string) => void progress.push(line),
        notice: lasting,
        warn: lasting,
        error: lasting,
      };
      provider = dynamicProvider({
        connect() {},
        engine: () => engine,
        lifecycle: async () => lifecycle,
      }) as Required<dynamic.ResourceProvider>;
      await provider.configure({ config: { get: (key: string) => host.stackConfig[key], require: () => "" } as never });
    },
    async check(inputs) {
      const { failures = [] } = await provider.check({}, withInternals(inputs));
      return failures.map(({ reason }) => reason);
    },
    previewCreate: async (inputs) => void (await provider.check({}, withInternals(inputs, { __preview: true }))),
    async previewUpdate({ id, properties }, inputs, news) {
      const checked = await provider.check(withInternals(inputs), withInternals(news, { __preview: true }));
      await provider.diff(id, withInternals(properties), { ...checked.inputs, __provider: "" });
    },
    create: (inputs, timeouts) => create(withInternals(inputs, timeouts && { __customTimeouts: timeouts })),
    import: (id, inputs) => create(withInternals(inputs, { __import: id })),
    async diff({ id, properties }, _inputs, news) {
      const { changes = false, replaces = [] } = await provider.diff(
        id,
        withInternals(properties),
        withInternals(news),
      );
      return { changes, replaces };
    },
    async read({ id, properties }) {
      const found = await provider.read(id, withInternals(properties));
      return found.id === undefined ? undefined : stateOf(found.id, found.props);
    },
    update: ({ id, properties }, news) =>
      outcome(
        provider
          .update(id, withInternals(properties), withInternals(news))
          .then(({ outs }) => stateOf(id, outs as Properties)),
      ),
    delete: ({ id, properties }) => provider.delete(id, withInternals(properties)),
    close: () => emulator.close(),
  };
  await host.newProcess();
  return host;
}
