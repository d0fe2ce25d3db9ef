/**
 * The operations on an instance refresh, the same for both hosts, over plain objects. A host translates between these
 * and Pulumi's protocol, and adds nothing else.
 */
import type { CloudModule, ConnectionSettings } from "../core/cloud";
import { DEFAULT_TIMEOUT_S } from "../core/durations";
import type { Difference } from "../core/lifecycle/compare";
import { RefreshError } from "../core/lifecycle/errors";
import type { Lifecycle } from "../core/lifecycle/lifecycle";
import { type Call, lineText } from "../core/lifecycle/run";
import { heartbeat } from "./heartbeat";
import { PartialFailure } from "./partialFailure";
import { plannedCreate, plannedUpdate } from "./planned";
import { withSecretArguments, withSecrets } from "./secrets";
import { isUnknown, type Properties, STACK_KEYS, withoutInternals } from "./values";

/** Where lines for a person go; each belongs to a resource. */
interface EngineLines {
  /** Shows a passing line. */
  progress(urn: string, line: string): void;
  /** Leaves a lasting line. */
  notice(urn: string, line: string): void;
  /** Leaves a lasting warning. */
  warn(urn: string, line: string): void;
  /** Leaves a lasting error. */
  error(urn: string, line: string): void;
}

/** What a host tells of its process. */
export interface Host {
  /**
   * How the stack's or the provider's configuration says that a cloud is to be reached.
   * @param urn of the resource: it names the stack
   * @param program keys of the stack's configuration that the program knows, where it tells them
   */
  settingsOf(cloud: CloudModule, urn: string, program?: readonly string[]): ConnectionSettings;
  /** Ends every wait when it is aborted. */
  signal(): AbortSignal;
  /** Undefined until the engine has connected. */
  engine(): EngineLines | undefined;
}

/** One operation on one resource. */
export interface Operation {
  urn: string;
  /** From the resource option `customTimeouts`. The engine gives 0 when the option is not set. */
  timeoutSeconds?: number | undefined;
}

/** A resource as the state will hold it. Sensitive values that the program did not give are marked as secrets. */
export interface Resource {
  id: string;
  properties: Properties;
}

/** What a host calls. */
export type Handlers = Omit<ReturnType<typeof handlersOf>, "cloud" | "complete">;

export function handlersOf(lifecycle: Lifecycle, host: Host) {
  const { cloud } = lifecycle;

  function callOf({ urn, timeoutSeconds }: Operation): Call {
    return {
      urn,
      settings: host.settingsOf(cloud, urn),
      timeoutSeconds: timeoutSeconds || DEFAULT_TIMEOUT_S,
      signal: host.signal(),
      progress: (line) => host.engine()?.progress(urn, lineText(line)),
      notice: (line) => host.engine()?.notice(urn, line),
      warn: (line) => host.engine()?.warn(urn, line),
      error: (line) => host.engine()?.error(urn, line),
    };
  }

  /** An operation that may wait for long: a person sees that it is alive. */
  async function alive<T>(operation: Operation, action: (call: Call) => Promise<T>): Promise<T> {
    const call = callOf(operation);
    const beat = heartbeat(call.progress, "Waiting for an answer of the cloud");
    try {
      return await action({ ...call, progress: beat.progress });
    } finally {
      beat.stop();
    }
  }

  /** Properties for the wire: no value is undefined, at any depth, and what is sensitive is marked. */
  function answer(properties: Properties, given: Properties): Properties {
    return withSecrets(cloud, JSON.parse(JSON.stringify(properties)) as Properties, given);
  }

  function say(urn: string, warnings: readonly string[], notices: readonly string[]): void {
    for (const line of warnings) host.engine()?.warn(urn, line);
    if (notices.length > 0) host.engine()?.notice(urn, notices.join("\n"));
  }

  async function withPartialState<T>(given: Properties, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof RefreshError) || !error.partialState) throw error;
      const { id, properties } = error.partialState;
      throw new PartialFailure(error.message, id, answer(properties, given));
    }
  }

  return {
    cloud,

    /**
     * The inputs as they are compared, as the state keeps them, and what is wrong with them. Unknown values pass. After a read
     * for an import also says what is taken over, and what differs: `pulumi import` compares nothing.
     */
    check(urn: string, news: Properties): { inputs: Properties; stored: Properties; failures: string[] } {
      const { inputs, failures } = lifecycle.check(withoutInternals(news), isUnknown);
      const issues =
        cloud.settingIssues?.({ ...host.settingsOf(cloud, urn, stackKeysOf(news)), ...connectionOf(inputs) }) ?? [];
      const { warnings, notes } = lifecycle.previewRead(urn, inputs, isUnknown);
      say(urn, warnings, notes);
      // The reason names the property. The engine prints the value of a property that is named apart: it may be a secret.
      return {
        inputs,
        stored: withSecretArguments(cloud, inputs),
        failures: [...failures, ...issues].map(({ reason }) => reason),
      };
    },

    /** What a change calls for. Warns of a program that will not notice a new version. */
    diff({ urn }: Operation, id: string, olds: Properties, news: Properties): Difference {
      const inputs = withoutInternals(news);
      const difference = lifecycle.diff({ id, properties: withoutInternals(olds) }, inputs, urn);
      const isChanged = difference.replaces.length + difference.updates.length > 0;
      if (!isChanged) say(urn, lifecycle.previewUnchanged(inputs, isUnknown), []);
      return difference;
    },

    /** Says what a create would do and meet; answers the outputs as far as they are known. */
    async previewCreate(operation: Operation, news: Properties, importId?: string): Promise<Properties> {
      const inputs = withoutInternals(news);
      if (lifecycle.followsImport(operation.urn)) return plannedCreate(cloud, inputs);
      // A deployment needs no forecast: it is loaded with the first preview.
      const { previewOf } = await import("../app/preview.js");
      const { warnings, notices } = await previewOf(lifecycle, inputs, callOf(operation), { isUnknown, importId });
      say(operation.urn, warnings, notices);
      return plannedCreate(cloud, inputs);
    },

    /** @param importId id of a refresh to take over instead of starting one */
    async create(operation: Operation, news: Properties, importId?: string): Promise<Resource> {
      const inputs = withoutInternals(news);
      const { id, properties } = await withPartialState(inputs, () =>
        alive(operation, (call) =>
          importId === undefined ? lifecycle.create(inputs, call) : lifecycle.adopt(importId, inputs, call),
        ),
      );
      return { id, properties: answer(properties, inputs) };
    },

    /**
     * @param record what the state holds; without a status when there is no record yet: then only what the program says
     * about the connection is in it or in `given`
     * @returns undefined when the refresh is gone; `inputs` only where there was no record
     */
    async read(
      operation: Operation,
      id: string,
      record: Properties,
      given: Properties,
    ): Promise<(Resource & { inputs?: Properties }) | undefined> {
      const recorded = withoutInternals(record);
      if (recorded.status !== undefined) {
        const found = await alive(operation, (call) => lifecycle.read(id, recorded, {}, call));
        // The engine keeps the marks that the state has.
        return found && { id: found.id, properties: answer(found.properties, found.properties) };
      }
      const inputs = { ...recorded, ...withoutInternals(given) };
      const found = await alive(operation, (call) => lifecycle.read(id, undefined, inputs, call));
      return (
        found && { id: found.id, properties: answer(found.properties, {}), inputs: answer(found.inputs ?? {}, {}) }
      );
    },

    /** Says what an update will do; answers the outputs as far as they are known. */
    previewUpdate({ urn }: Operation, id: string, olds: Properties, news: Properties): Properties {
      const inputs = withoutInternals(news);
      const lines = lifecycle.previewUpdate({ id, properties: withoutInternals(olds) }, inputs, urn);
      for (const line of lines) host.engine()?.warn(urn, line);
      return answer(plannedUpdate(cloud, withoutInternals(olds), inputs), inputs);
    },

    async update(operation: Operation, id: string, olds: Properties, news: Properties): Promise<Properties> {
      const inputs = withoutInternals(news);
      const recorded = { id, properties: withoutInternals(olds) };
      const properties = await withPartialState(inputs, () =>
        alive(operation, (call) => lifecycle.update(recorded, inputs, call)),
      );
      return answer(properties, inputs);
    },

    /** Waits for the end of a refresh that its own resource has only started. */
    complete(operation: Operation, id: string, args: Properties): Promise<Properties> {
      return alive(operation, (call) => lifecycle.complete(id, args, call));
    },

    async delete(operation: Operation, id: string, properties: Properties): Promise<void> {
      await alive(operation, (call) => lifecycle.delete({ id, properties: withoutInternals(properties) }, call));
    },
  };
}

/** The keys that the program's class tells. */
function stackKeysOf({ [STACK_KEYS]: keys }: Properties): string[] {
  return Array.isArray(keys) ? keys.filter((key): key is string => typeof key === "string") : [];
}

/** The connection that the program names, as far as it is known. */
function connectionOf({ connection }: Properties): ConnectionSettings {
  if (connection === null || typeof connection !== "object") return {};
  return Object.fromEntries(
    Object.entries(connection).filter(([, value]) => typeof value === "string" && !isUnknown(value)),
  );
}
