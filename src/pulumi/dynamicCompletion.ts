/** The wait for the refreshes of a wave, as the dynamic provider of a resource. */
import type { dynamic } from "@pulumi/pulumi";
import { registeredClouds } from "../clouds";
import type { ConnectionSettings } from "../core/cloud";
import type { Lifecycle } from "../core/lifecycle/lifecycle";
import { type CompletionHost, complete, isCompletionChanged, type Member } from "./completion";
import type { Engine } from "./engine";
import type { Outcome } from "./outcome";

interface Inputs {
  members: Member[];
  __urn: string;
}

export interface CompletionProcess {
  /** Called once, before the first operation. */
  connect(): void;
  engine(): Engine | undefined;
  lifecycleOf(cloud: string): Promise<Lifecycle>;
}

export function completionProvider({ connect, engine, lifecycleOf }: CompletionProcess): dynamic.ResourceProvider {
  const settings = new Map<string, ConnectionSettings>();
  // Nobody tells a dynamic provider of Ctrl-C. Its process ends when the engine is gone.
  const { signal } = new AbortController();
  const host: CompletionHost = {
    lifecycleOf,
    engine,
    signal: () => signal,
    settingsOf: ({ key }) => settings.get(key) ?? {},
  };
  return {
    /** Called once per process, with the whole stack's configuration: only what leads to the clouds is kept. */
    async configure({ config }) {
      for (const key of registeredClouds()) {
        const { cloud } = await lifecycleOf(key);
        settings.set(
          key,
          cloud.settingsOf((name) => config.get(name)),
        );
      }
      connect();
    },
    async diff(_id, olds, news) {
      return { changes: isCompletionChanged(olds, news) };
    },
    async create(inputs: Inputs) {
      const outcomes = await complete(host, inputs.__urn, inputs);
      return { id: inputs.__urn, outs: { ...inputs, outcomes } };
    },
    async update(_id, olds: Inputs & { outcomes: Outcome[] }, news: Inputs) {
      const outcomes = await complete(host, news.__urn, news, olds.outcomes);
      return { outs: { ...news, outcomes } };
    },
  };
}
