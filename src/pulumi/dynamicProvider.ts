/**
 * What stands behind the dynamic resources. The provider that Pulumi serializes into the state only delegates to here, so
 * that the state neither grows nor changes with this package.
 */
import "../requireNode";
import type { dynamic } from "@pulumi/pulumi";
import { previewLines } from "../app/forecasts";
import { clock, lifecycleOf } from "../app/lifecycles";
import { cloudModule } from "../clouds";
import type { ConnectionSettings } from "../core/cloud";
import { DEFAULT_TIMEOUT_S, secondsOf } from "../core/durations";
import { RefreshError } from "../core/lifecycle/errors";
import type { Call } from "../core/lifecycle/run";
import { timeLeftOf } from "../core/lifecycle/trackedRefresh";
import { connectEngine, type Engine } from "./engine";
import { soakProvider } from "./soak";

/** The string that stands for a value that is not known at preview. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Properties = Record<string, unknown>;

/** Inputs that the class adds for this door; they begin with `__`, which no argument does. */
interface Internals {
  __urn?: string;
  __customTimeouts?: { create?: string; update?: string; delete?: string };
  /** Id of a refresh to take over. */
  __import?: string;
  /** The resource option: the engine heeds it only for providers that name what differs, which this host does not let us. */
  __replaceOnChanges?: string[];
  /** True while Pulumi previews: no hook is told so otherwise. It goes no further than `check`. */
  __preview?: boolean;
}

let engine: Engine | undefined;

function connect(): void {
  const address = process.argv.at(-1) ?? "";
  // Whoever waits for this process has been killed: it must neither call a cloud any more nor live on.
  if (!engine && /:\d+$/.test(address)) engine = connectEngine(address, () => process.exit(1));
}

/** The hooks of one cloud's refreshes, as Pulumi's dynamic provider calls them. */
function providerOf(cloud: string): dynamic.ResourceProvider {
  let settings: ConnectionSettings = {};

  function callOf(inputs: Properties, operation: "create" | "update" | "delete"): Call {
    const { __urn: urn = "", __customTimeouts: timeouts } = inputs as Internals;
    const timeout = timeouts?.[operation];
    return {
      urn,
      settings,
      timeoutSeconds: timeout === undefined ? DEFAULT_TIMEOUT_S : secondsOf(timeout),
      signal: new AbortController().signal,
      progress: (line) => engine?.progress(urn, line),
      timeLeft: timeLeftOf(() => clock.now()),
      notice: (line) => engine?.notice(urn, line),
    };
  }

  return {
    /** Called once per process, with the whole stack's configuration: only what leads to the cloud is kept. */
    async configure({ config }) {
      settings = (await cloudModule(cloud)).settingsOf((key) => config.get(key));
      connect();
    },

    async check(olds, news) {
      const isUnknown = (value: unknown) => value === UNKNOWN;
      const { inputs, failures } = (await lifecycleOf(cloud)).check(news, isUnknown);
      const { __preview: isPreview = false, __import: taken, __urn: urn = "" } = news as Internals;
      // There are no olds when a resource is created, and when it is replaced.
      if (isPreview && Object.keys(olds).length === 0 && taken === undefined && failures.length === 0) {
        const { timeoutSeconds } = callOf(news, "create");
        const lines = await previewLines(cloud, inputs, isUnknown, settings, timeoutSeconds);
        if (lines.length > 0) engine?.notice(urn, lines.join("\n"));
      }
      // The reason names the property. Beside a property the engine prints its value, which may be a secret.
      const unnamed = failures.map(({ reason }) => ({ property: "", reason }));
      return { inputs: { ...internalsOf(news), ...inputs }, failures: unnamed };
    },

    async diff(id, olds, news) {
      const lifecycle = await lifecycleOf(cloud);
      const { __import: taken, __urn: urn = "" } = news as Internals;
      const parse = (each: string) => lifecycle.cloud.parseId(each)?.id ?? each;
      if (taken !== undefined && parse(taken) !== parse(id)) throw new Error(takenAlready(taken, id));
      const { replaces, updates } = lifecycle.diff({ id, properties: olds }, argumentsOf(news), urn);
      const forced = updates.filter((update) =>
        (news as Internals).__replaceOnChanges?.some((path) => isPartOf(path, update)),
      );
      // Read and delete run the code that the state holds: what comes from the plugin, or from the bridge, has none yet.
      const isForeign = olds.__provider === undefined;
      return { changes: isForeign || replaces.length + updates.length > 0, replaces: [...replaces, ...forced] };
    },

    async create(inputs) {
      const lifecycle = await lifecycleOf(cloud);
      const { __import: taken } = inputs as Internals;
      const args = argumentsOf(inputs);
      const call = callOf(inputs, "create");
      return keeping(inputs, async () => {
        const { id, properties } = await (taken === undefined
          ? lifecycle.create(args, call)
          : lifecycle.adopt(taken, args, call));
        return { id, outs: { ...internalsOf(inputs), ...properties } };
      });
    },

    async read(id, props) {
      const lifecycle = await lifecycleOf(cloud);
      const known = argumentsOf(props);
      // `X.get` comes without a record: what it brings is how the cloud is to be reached.
      const recorded = known.status === undefined ? undefined : known;
      const found = await lifecycle.read(id, recorded, known, callOf(props, "update"));
      return found ? { id, props: { ...internalsOf(props), ...found.properties } } : {};
    },

    async update(id, olds, news) {
      const lifecycle = await lifecycleOf(cloud);
      return keeping(news, async () => {
        const recorded = { id, properties: argumentsOf(olds) };
        const properties = await lifecycle.update(recorded, argumentsOf(news), callOf(news, "update"));
        return { outs: { ...internalsOf(news), ...properties } };
      });
    },

    async delete(id, props) {
      const lifecycle = await lifecycleOf(cloud);
      await lifecycle.delete({ id, properties: argumentsOf(props) }, callOf(props, "delete"));
    },
  };
}

export const ess = providerOf("ess");
export const autoscaling = providerOf("autoscaling");
export const soak: dynamic.ResourceProvider = {
  ...soakProvider(clock, (urn, line) => engine?.progress(urn, line)),
  configure: async () => connect(),
};

function takenAlready(taken: string, id: string): string {
  return `The \`import\` option names ${taken}, but the resource stands for ${id} already. Remove the option, or give the resource another name.`;
}

/** Makes of an error that carries a refresh what Pulumi keeps: the error path of the host adds nothing by itself. */
async function keeping<T>(inputs: Properties, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RefreshError) || !error.partialState) throw error;
    const { id, properties } = error.partialState;
    throw Object.assign(new Error(error.message), {
      id,
      properties: { ...internalsOf(inputs), ...properties, __provider: inputs.__provider },
      reasons: [error.message],
    });
  }
}

/** True when a path of `replaceOnChanges` names the argument, something in it, or everything. */
function isPartOf(path: string, argument: string): boolean {
  return path === "*" || path.split(/[.[]/)[0] === argument;
}

function argumentsOf(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
}

function internalsOf(inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => name.startsWith("__") && !["__provider", "__preview"].includes(name)),
  );
}
