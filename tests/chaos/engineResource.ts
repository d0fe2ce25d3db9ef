/** One resource as the engine keeps it: what a run of the CLI does with it through a host, and what the state holds then. */
import { providerCode } from "../../src/pulumi/providerCode";
import type { CloudName } from "../provider/pluginProtocol";
import { type Host, HostError, type HostName, type Properties, type ResourceState } from "./host";

/** What the state holds of a resource. */
export interface Recorded {
  id: string;
  inputs: Properties;
  outputs: Properties;
  initErrors: string[];
}

export interface UpOptions {
  /** Seconds, in the host's time. */
  timeout?: number;
  /** Id of a refresh to take over. */
  import?: string;
}

export class EngineResource {
  recorded: Recorded | undefined;
  /** Replaced resources that are still to be deleted. */
  #pendingDeletes: Recorded[] = [];

  constructor(
    readonly hostName: HostName,
    readonly cloud: CloudName,
    /** Tells apart resources that share a process. */
    readonly name: string,
  ) {}

  get urn(): string {
    const type =
      this.hostName === "plugin"
        ? `instance-refresh:${this.cloud}:InstanceRefresh`
        : `pulumi-nodejs:dynamic/${this.cloud}:InstanceRefresh`;
    return `urn:pulumi:test::project::${type}::${this.name}`;
  }

  /** `pulumi up`; the message of its failure, if it failed. */
  async up(
    host: Host,
    args: Properties,
    { timeout = 0, import: importId }: UpOptions = {},
  ): Promise<string | undefined> {
    return failureOf(async () => {
      if (importId !== undefined && this.hostName === "plugin" && !this.recorded) await this.#import(host, importId);
      const news = this.#asked(args, timeout, this.hostName === "dynamic" ? importId : undefined);
      const { recorded } = this;
      const inputs = await this.#check(host, recorded?.inputs ?? {}, news);
      if (!recorded) await this.#create(host, inputs, timeout);
      else await this.#change(host, recorded, inputs, news, timeout);
      for (const old of this.#pendingDeletes) await host.delete(this.urn, old.id, old.outputs);
      this.#pendingDeletes = [];
    });
  }

  /** `pulumi refresh`. */
  async refresh(host: Host): Promise<string | undefined> {
    return failureOf(async () => {
      if (!this.recorded) return;
      const { inputs, outputs } = this.recorded;
      const found = await host.read(this.urn, this.recorded.id, { inputs, outputs });
      this.recorded = found.id === "" ? undefined : { id: found.id, inputs, outputs: found.properties, initErrors: [] };
    });
  }

  /** `pulumi destroy`. */
  async destroy(host: Host): Promise<string | undefined> {
    return failureOf(async () => {
      if (this.recorded) await host.delete(this.urn, this.recorded.id, this.recorded.outputs);
      this.recorded = undefined;
    });
  }

  async #check(host: Host, olds: Properties, news: Properties): Promise<Properties> {
    const { inputs, failures } = await host.check(this.urn, olds, news);
    if (failures.length > 0) throw new HostError(failures.join("\n"), undefined);
    return inputs;
  }

  async #create(host: Host, inputs: Properties, timeout: number): Promise<void> {
    await this.#withPartialState(inputs, () => host.create(this.urn, inputs, timeout));
  }

  async #change(host: Host, recorded: Recorded, inputs: Properties, news: Properties, timeout: number): Promise<void> {
    const { id, outputs } = recorded;
    const { changes, replaces } = await host.diff(this.urn, id, recorded, inputs);
    if (replaces.length > 0) {
      const fresh = await this.#check(host, {}, news);
      await this.#create(host, fresh, timeout).finally(() => {
        if (this.recorded !== recorded) this.#pendingDeletes.push(recorded);
      });
    } else if (changes || recorded.initErrors.length > 0) {
      await this.#withPartialState(inputs, async () => {
        const properties = await host.update(this.urn, id, outputs, recorded.inputs, inputs, timeout);
        return { id, properties };
      });
    } else {
      this.recorded = { ...recorded, inputs };
    }
  }

  /** The engine keeps what a step answers, and of a failed one what the error carries. */
  async #withPartialState(inputs: Properties, step: () => Promise<ResourceState>): Promise<void> {
    try {
      const { id, properties } = await step();
      this.recorded = { id, inputs, outputs: properties, initErrors: [] };
    } catch (error) {
      if (error instanceof HostError && error.partialState) {
        const { id, properties } = error.partialState;
        this.recorded = { id, inputs, outputs: properties, initErrors: [error.message] };
      }
      throw error;
    }
  }

  async #import(host: Host, id: string): Promise<void> {
    const found = await host.read(this.urn, id);
    this.recorded = { id: found.id, inputs: found.inputs, outputs: found.properties, initErrors: [] };
  }

  #asked(args: Properties, timeout: number, importId: string | undefined): Properties {
    if (this.hostName === "plugin") return args;
    const seconds = `${timeout}s`;
    return {
      ...args,
      __provider: providerCode(this.cloud),
      __urn: this.urn,
      ...(timeout > 0 ? { __customTimeouts: { create: seconds, update: seconds, delete: seconds } } : {}),
      ...(importId === undefined ? {} : { __import: importId }),
    };
  }
}

async function failureOf(action: () => Promise<void>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}
