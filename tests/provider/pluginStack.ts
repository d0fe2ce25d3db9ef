/** The plugin within the test's process, on the real engine: a cloud of the emulator, on a clock that leaps. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { Plugin } from "../../provider/server";
import { measure } from "../../src/app/checks/measure";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import type { Tools } from "../../src/core/lifecycle/run";
import { Scheduler } from "../../src/core/polling/scheduler";
import { createEmulator, type Emulator } from "../../src/emulator";
import { autoscaling, ess } from "../../src/plugin";
import { LeapingClock } from "../clouds/leapingClock";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import { createStack } from "../pulumi/engine";
import { seededRandom } from "../seededRandom";
import { type CloudName, giveCredentials, type Properties, settingsOf } from "./pluginProtocol";

const CLASSES = { ess: ess.InstanceRefresh, autoscaling: autoscaling.InstanceRefresh };

/** A resource as the state has it. */
export interface Recorded {
  type: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Urn and id of the provider. */
  provider: string;
}

/** What a run of the CLI did with refreshes, and said. */
export interface Run {
  failed: boolean;
  steps: string[];
  /** Lasting lines, and errors. */
  said: string;
  /** Passing lines. */
  progress: string[];
  /** Kind of change by property path. */
  diffs: Record<string, string>;
}

export class PluginStack {
  program: PulumiFn = async () => {};

  private constructor(
    readonly emulator: Emulator,
    readonly name: CloudName,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly automation: Stack,
    readonly plugin: RunningPlugin,
  ) {}

  /** @param speed of the emulator, for what waits in another process */
  static async start(
    name: CloudName,
    { speed = 0, environment = {} }: { speed?: number; environment?: Record<string, string> } = {},
  ): Promise<PluginStack> {
    const emulator = await createEmulator({ speed, seed: "plugin" });
    const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
    const plugin = await runPlugin(emulator, cloud);
    const providers = [`instance-refresh:${plugin.port}`, environment.PULUMI_DEBUG_PROVIDERS].filter(Boolean).join();
    const settings = Object.entries(settingsOf(name, cloud, emulator));
    const stack = await createStack({
      program: () => pluginStack.program(),
      config: Object.fromEntries(settings.map(([key, value]) => [`instance-refresh:${key}`, { value }])),
      environment: { ...giveCredentials(emulator), ...environment, PULUMI_DEBUG_PROVIDERS: providers },
    });
    // After each run the Automation API calls the CLI three more times, for what the events have told already.
    Object.assign(stack, { outputs: async () => ({}), info: async () => undefined });
    const pluginStack = new PluginStack(emulator, name, cloud, await cloud.createGroup(10), stack, plugin);
    return pluginStack;
  }

  async close(): Promise<void> {
    await this.plugin.close();
    await this.emulator.close();
  }

  /** Declares a refresh as a program does. */
  declare(name: string, args: object, options?: CustomResourceOptions): CustomResource {
    return new CLASSES[this.name](name, args as never, options);
  }

  /** A refresh as a program reads one. */
  get(name: string, id: string): CustomResource {
    return CLASSES[this.name].get(name, id);
  }

  get type(): string {
    return `instance-refresh:${this.name}:InstanceRefresh`;
  }

  up(): Promise<Run> {
    return this.#run((options) => this.automation.up(options));
  }

  preview(): Promise<Run> {
    return this.#run((options) => this.automation.preview({ ...options, diff: true }));
  }

  refresh(): Promise<Run> {
    return this.#run((options) => this.automation.refresh(options));
  }

  destroy(): Promise<Run> {
    return this.#run((options) => this.automation.destroy(options));
  }

  /** `pulumi import TYPE NAME ID`, for each. */
  import(ids: Record<string, string>): Promise<Run> {
    const resources = Object.entries(ids).map(([name, id]) => ({ type: this.type, name, id }));
    return this.#run(async (_options, run) => {
      // This command has no event log.
      run.said += (await this.automation.import({ resources, generateCode: false, protect: false })).stdout;
    });
  }

  /** How often a refresh was started. */
  get started(): number {
    return this.emulator.requests.filter(({ operation, acted }) => operation === "StartInstanceRefresh" && acted)
      .length;
  }

  /** What the state holds of the resource of this name. */
  async recorded(name: string): Promise<Recorded | undefined> {
    const { deployment } = await this.automation.exportStack();
    const { resources = [] } = deployment as { resources?: (Recorded & { urn: string })[] };
    return resources.find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** The state as it lies on the disk, what is secret encrypted. */
  stateFile(): string {
    const backend = this.automation.workspace.envVars.PULUMI_BACKEND_URL as string;
    return readFileSync(join(fileURLToPath(backend), ".pulumi", "stacks", "test", "test.json"), "utf8");
  }

  async #run(command: (options: { onEvent(event: EngineEvent): void }, run: Run) => Promise<unknown>): Promise<Run> {
    this.plugin.forget();
    const run: Run = { failed: false, steps: [], said: "", progress: [], diffs: {} };
    const onEvent = ({ resourcePreEvent: step, diagnosticEvent: line }: EngineEvent) => {
      if (line?.ephemeral) run.progress.push(line.message);
      else if (line && String(line.severity) !== "debug") run.said += line.message;
      if (!step || !/instanceRefresh$/i.test(step.metadata.type)) return;
      run.steps.push(step.metadata.op);
      for (const [path, { diffKind }] of Object.entries(step.metadata.detailedDiff ?? {})) run.diffs[path] = diffKind;
    };
    await command({ onEvent }, run).catch((error: Error) => {
      run.failed = true;
      run.said += error.message;
    });
    return run;
  }
}

export interface RunningPlugin {
  port: number;
  /** Forgets what a process knows: each run of the CLI has one to itself. */
  forget(): void;
  close(): Promise<void>;
}

async function runPlugin(emulator: Emulator, cloud: TestCloud): Promise<RunningPlugin> {
  const clock = new LeapingClock(emulator);
  const random = seededRandom(7);
  const tools: Tools = {
    scheduler: new Scheduler({ clock, random }),
    clock,
    random,
    measure: (check, signal) => clock.hold(() => measure(check, signal)),
  };
  let lifecycle: Lifecycle | undefined;
  const plugin = new Plugin({
    onEngineGone() {},
    async lifecycleOf() {
      lifecycle ??= new Lifecycle(clock.watched(cloud.cloud), tools);
      return lifecycle;
    },
  });
  const forget = () => {
    lifecycle = undefined;
  };
  return { ...(await plugin.listen()), forget };
}
