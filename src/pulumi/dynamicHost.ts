/** The host of the dynamic resources: adapts the handlers to `dynamic.ResourceProvider`. */
import type { dynamic } from "@pulumi/pulumi";
import type { ConnectionSettings } from "../core/cloud";
import { secondsOf } from "../core/durations";
import type { Lifecycle } from "../core/lifecycle/lifecycle";
import { type Host, handlersOf, type Operation } from "./handlers";
import { PartialFailure } from "./partialFailure";
import { isInternal, type Properties } from "./values";

/** Inputs that the class adds, because Pulumi does not tell a dynamic provider otherwise. No argument begins with `__`. */
interface Internals {
  __urn?: string;
  __customTimeouts?: { create?: string; update?: string; delete?: string };
  /** The resource option `import`. */
  __import?: string;
  /** The resource option: the engine obeys it only for a provider that names what differs, which a dynamic one cannot. */
  __replaceOnChanges?: string[];
  /** True while Pulumi previews, when nothing is stored. */
  __preview?: boolean;
}

export interface DynamicHost extends Pick<Host, "engine"> {
  /** Called once per process, before the first operation. */
  connect(): void;
  lifecycle(): Promise<Lifecycle>;
}

/** The provider of one cloud's refreshes. */
export function dynamicProvider(host: DynamicHost): dynamic.ResourceProvider {
  let settings: ConnectionSettings = {};
  // Nobody tells a dynamic provider of Ctrl-C. Its process ends when the engine is gone.
  const { signal } = new AbortController();
  const shared: Host = { engine: host.engine, settingsOf: () => settings, signal: () => signal };
  const resource = async () => handlersOf(await host.lifecycle(), shared);

  return {
    /** Called once per process, with the whole stack's configuration: only what leads to the cloud is kept. */
    async configure({ config }) {
      settings = (await host.lifecycle()).cloud.settingsOf((key) => config.get(key));
      host.connect();
    },

    async check(olds, news) {
      const { check, previewCreate } = await resource();
      const { inputs, stored, failures } = check(operationOf(news).urn, news);
      const { __preview: isPreview = false, __import: importId } = news as Internals;
      // There are no olds when a resource is created, and when it is replaced.
      const isCreated = Object.keys(olds).length === 0;
      if (isPreview && isCreated && failures.length === 0)
        await previewCreate(operationOf(news, "create"), inputs, importId);
      return {
        inputs: { ...internalsOf(news), ...stored },
        failures: failures.map((reason) => ({ property: "", reason })),
      };
    },

    async diff(id, olds, news) {
      const { cloud, diff, previewUpdate } = await resource();
      const { __import: importId, __replaceOnChanges: replaceOnChanges = [], __preview: isPreview } = news as Internals;
      const parse = (each: string) => cloud.parseId(each)?.id ?? each;
      if (importId !== undefined && parse(importId) !== parse(id))
        throw withoutStack(new Error(importedAlready(importId, id)));
      const operation = operationOf(news, "update");
      const { replaces, updates } = diff(operation, id, olds, news);
      const forced = updates.filter((update) => replaceOnChanges.some((path) => isPartOf(path, update)));
      // An update is not asked for at preview.
      const isUpdated = updates.length > 0 && replaces.length + forced.length === 0;
      if (isPreview && isUpdated) previewUpdate(operation, id, olds, news);
      // Read and delete run the code that the state holds. A state of the plugin or of the bridged provider has none yet.
      const isForeign = olds.__provider === undefined;
      return { changes: isForeign || replaces.length + updates.length > 0, replaces: [...replaces, ...forced] };
    },

    async create(inputs) {
      const { create } = await resource();
      const { __import: importId } = inputs as Internals;
      const { id, properties } = await withInternals(inputs, () =>
        create(operationOf(inputs, "create"), inputs, importId),
      );
      return { id, outs: { ...internalsOf(inputs), ...properties } };
    },

    async read(id, props) {
      const { read } = await resource();
      const found = await read(operationOf(props), id, props, {});
      return found ? { id: found.id, props: { ...internalsOf(props), ...found.properties } } : {};
    },

    async update(id, olds, news) {
      const { update } = await resource();
      const properties = await withInternals(news, () => update(operationOf(news, "update"), id, olds, news));
      return { outs: { ...internalsOf(news), ...properties } };
    },

    async delete(id, props) {
      const handlers = await resource();
      await handlers.delete(operationOf(props, "delete"), id, props);
    },
  };
}

function operationOf(inputs: Properties, name?: "create" | "update" | "delete"): Operation {
  const { __urn: urn = "", __customTimeouts: timeouts } = inputs as Internals;
  const timeout = name && timeouts?.[name];
  return { urn, timeoutSeconds: timeout === undefined ? undefined : secondsOf(timeout) };
}

/** What an error carries becomes the state as it is: Pulumi adds neither the inputs of the class nor the provider. */
async function withInternals<T>(inputs: Properties, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const { id, message } = error;
    const properties = { ...internalsOf(inputs), ...error.properties, __provider: inputs.__provider };
    throw Object.assign(new Error(message), { id, properties, reasons: [message] });
  }
}

/** True when a path of `replaceOnChanges` names the argument, something in it, or everything. */
function isPartOf(path: string, argument: string): boolean {
  return path === "*" || path.split(/[.[]/)[0] === argument;
}

/** The host prints the stack of an error of diff, read and delete between the lines for the person. */
function withoutStack(error: Error): Error {
  error.stack = "";
  return error;
}

function importedAlready(importId: string, id: string): string {
  return `The \`import\` option names ${importId}, but the resource already stands for ${id}. Remove the option, or give the resource another name.`;
}

/** Properties of the class for the state. Pulumi itself adds the provider, except to an error. */
function internalsOf(inputs: Properties): Properties {
  const names = Object.keys(inputs).filter((name) => isInternal(name) && name !== "__provider");
  return Object.fromEntries(names.map((name) => [name, inputs[name]]));
}
