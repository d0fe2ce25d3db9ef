/**
 * Records states of refreshes as this version leaves them: `node -r ./tools/typescript.cjs tests/states/record.ts`. Once a
 * version is released, its file is never written again: later versions must go on with those states.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudName, Properties } from "../provider/pluginProtocol";
import { dynamicHost, type Outcome, pluginHost, type State, type TestedHost } from "../provider/testedHost";

/** A state, the program that made it, and what this version's preview says of the same program. */
export interface RecordedState {
  readonly host: "dynamic" | "plugin";
  readonly cloud: CloudName;
  readonly kind: string;
  readonly inputs: Properties;
  readonly state: State;
  readonly diff: { changes: boolean; replaces: string[] };
}

type Kind = (host: TestedHost, args: Properties) => Promise<{ inputs: Properties; outcome: Outcome }>;

async function created(host: TestedHost, inputs: Properties) {
  return { inputs, outcome: await host.create(inputs) };
}

const unhealthy = async (host: TestedHost, args: Properties) => ({
  ...args,
  ...(await host.cloud.argumentsFor(host.group, "unhealthy")),
});

const KINDS: Readonly<Record<string, Kind>> = {
  finished: created,
  "finished, with policies and triggers": (host, args) =>
    created(host, { ...args, triggers: { release: 7 }, onTimeout: "rollback", rollout: { name: "fleet" } }),
  "running, not waited for": (host, args) => created(host, { ...args, waitForCompletion: false }),
  "running, its time was over": async (host, args) => ({
    inputs: args,
    outcome: await host.create(args, { create: "30s" }),
  }),
  failed: async (host, args) => created(host, await unhealthy(host, args)),
  "failed, and accepted": async (host, args) => {
    const inputs = await unhealthy(host, args);
    const failed = await host.create(inputs);
    const accepted = { ...inputs, waitForCompletion: false };
    return { inputs: accepted, outcome: await host.update(failed.state as State, accepted) };
  },
  cancelled: async (host, args) => {
    const { state } = await host.create({ ...args, waitForCompletion: false });
    const inputs = { ...args, status: "Cancelled" };
    return { inputs, outcome: await host.update(state as State, inputs) };
  },
  held: (host, args) => created(host, { ...args, hold: true }),
  "nothing to refresh": async (host, args) => {
    await host.create(args);
    await host.newProcess();
    return created(host, { ...args, triggers: ["again"] });
  },
  imported: async (host, args) => {
    const id = await host.cloud.startElsewhere(host.group, "second");
    return { inputs: args, outcome: await host.import(id, args) };
  },
};

async function recorded(): Promise<RecordedState[]> {
  const states: RecordedState[] = [];
  for (const [name, open] of [
    ["dynamic", dynamicHost],
    ["plugin", pluginHost],
  ] as const) {
    for (const cloud of ["ess", "autoscaling"] as const) {
      for (const [kind, make] of Object.entries(KINDS)) {
        const host = await open(cloud);
        const connection = { region: host.cloud.settings.region, endpoint: host.emulator.url };
        const args = { ...(await host.cloud.argumentsFor(host.group, "second")), connection };
        const { inputs, outcome } = await make(host, args);
        const state = outcome.state as State;
        const seen = { host: name, cloud, kind, inputs, state, diff: await host.diff(state, inputs, inputs) };
        states.push(JSON.parse(JSON.stringify(seen).replaceAll(host.emulator.url, "http://localhost:8643")));
        await host.close();
      }
    }
  }
  return states;
}

async function main(): Promise<void> {
  writeFileSync(join(__dirname, "states-0.1.json"), `${JSON.stringify(await recorded(), undefined, 2)}\n`);
}

if (require.main === module) void main();
