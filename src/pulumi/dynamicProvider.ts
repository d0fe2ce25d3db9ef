/**
 * The entry `pulumi-instance-refresh/dynamic-provider`, which the code in the state loads. Pulumi writes that code into
 * every resource, so it only names what is exported here, and neither grows nor changes with this package.
 */
import "../requireNode";
import type { dynamic } from "@pulumi/pulumi";
import { lifecycleOf } from "../app/lifecycles";
import { processClock } from "../core/clock";
import { completionProvider } from "./dynamicCompletion";
import { dynamicProvider } from "./dynamicHost";
import { connectEngine, type Engine } from "./engine";
import { soakProvider } from "./soak";

let engine: Engine | undefined;

function connect(): void {
  const address = process.argv.at(-1) ?? "";
  // Nobody waits for this process when its engine is gone: it must neither call a cloud nor go on.
  if (!engine && /:\d+$/.test(address)) engine = connectEngine(address, () => process.exit(1));
}

/** The provider of one cloud's refreshes in this process. */
export function providerOf(cloud: string): dynamic.ResourceProvider {
  return dynamicProvider({ connect, engine: () => engine, lifecycle: () => lifecycleOf(cloud) });
}

export const ess = providerOf("ess");
export const autoscaling = providerOf("autoscaling");
export const completion = completionProvider({ connect, engine: () => engine, lifecycleOf });
export const soak: dynamic.ResourceProvider = {
  ...soakProvider(processClock, (urn, line) => engine?.progress(urn, line)),
  configure: async () => connect(),
};
