/** The plugin within the test's process, on the real engine: a cloud of the emulator, in time that leaps. */
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { Plugin } from "../../provider/server";
import { createEmulator, type Emulator } from "../../src/emulator";
import { autoscaling, ess } from "../../src/plugin";
import { Lifecycle } from "../../src/refresh/lifecycle";
import { Scheduler } from "../../src/refresh/scheduler";
import { LeapingClock } from "../clouds/leapingClock";
import { TEST_CLOUDS } from "../clouds/life";
import type { TestCloud } from "../clouds/testCloud";
import { createStack } from "../pulumi/engine";
import { seededRandom } from "../seededRandom";

export type CloudName = "ess" | "autoscaling";

const CLASSES = { ess: ess.InstanceRefresh, autoscaling: autoscaling.InstanceRefresh };

const KEYS = { ess: "alicloud", autoscaling: "aws" } as const;

/** Words of a run: what it printed of diagnostics and steps. */
export interface Run {
  failed: boolean;
  /** Operations on refreshes, in their order. */
  steps: string[];
  /** Lasting lines, and errors. */
  said: string;
  /** Passing lines. */
  progress: string[];
  /** What the diff of the resource says, by property path. */
  diffs: Record<string, string>;
  outputs: Record<string, unknown>;
}

export class PluginLife {
  program: PulumiFn = async () => {};
  stack!: Stack;

  private constructor(
    readonly emulator: Emulator,
    readonly name: CloudName,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly clock: LeapingClock,
    readonly plugin: { port: number; close(): Promise<void> },
    /** As a run of the CLI has a process of the plugin to itself. */
    readonly forget: () => void,
  ) {}

  /** Declares a refresh as a program does. */
  declare(name: string, args: object, options?: CustomResourceOptions): CustomResource & { status: Output<unknown> } {
    return new CLASSES[this.name](name, args as never, options);
  }

  static async begin(name: CloudName, instances = 10): Promise<PluginLife> {
    const emulator = await createEmulator({ speed: 0, seed: "plugin" });
    giveCredentials(emulator);
    const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
    const group = await cloud.createGroup(instances);
    const clock = new LeapingClock(emulator);
    let lifecycle: Lifecycle | undefined;
    const server = new Plugin({
      onEngineGone() {},
      async lifecycleOf() {
        lifecycle ??= newLifecycle(cloud, clock);
        return lifecycle;
      },
    });
    const forget = () => {
      lifecycle = undefined;
    };
    const life = new PluginLife(emulator, name, cloud, group, clock, await server.listen(), forget);
    const key = KEYS[name];
    life.stack = await createStack({
      program: () => life.program(),
      config: {
        [`instance-refresh:${key}Region`]: { value: cloud.settings.region as string },
        [`instance-refresh:${key}Endpoint`]: { value: emulator.url },
      },
      environment: { PULUMI_DEBUG_PROVIDERS: `instance-refresh:${life.plugin.port}` },
    });
    return life;
  }

  async end(): Promise<void> {
    await this.plugin.close();
    await this.emulator.close();
  }

  up(): Promise<Run> {
    return this.run((options) => this.stack.up(options));
  }

  preview(): Promise<Run> {
    return this.run((options) => this.stack.preview(options));
  }

  refresh(): Promise<Run> {
    return this.run((options) => this.stack.refresh(options));
  }

  destroy(): Promise<Run> {
    return this.run((options) => this.stack.destroy(options));
  }

  async run(command: (options: { onEvent(event: EngineEvent): void }) => Promise<unknown>): Promise<Run> {
    this.forget();
    const run: Run = { failed: false, steps: [], said: "", progress: [], diffs: {}, outputs: {} };
    const onEvent = ({ resourcePreEvent: step, diagnosticEvent: line }: EngineEvent) => {
      if (line?.ephemeral) run.progress.push(line.message);
      else if (line && String(line.severity) !== "debug") run.said += line.message;
      if (!step?.metadata.type.endsWith("InstanceRefresh") && !step?.metadata.type.endsWith("instanceRefresh")) return;
      run.steps.push(step.metadata.op);
      for (const [path, { diffKind }] of Object.entries(step.metadata.detailedDiff ?? {})) run.diffs[path] = diffKind;
    };
    const result = await command({ onEvent }).catch((error: Error) => {
      run.failed = true;
      run.said += error.message;
    });
    const outputs = (result as { outputs?: Record<string, { value: unknown }> } | undefined)?.outputs ?? {};
    run.outputs = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    return run;
  }

  /** How often an operation was called and answered well. */
  count(operation: string): number {
    return this.emulator.requests.filter((request) => request.operation === operation && request.acted).length;
  }

  /** What the state holds of the resource of this name. */
  async state(name: string): Promise<{ type: string; id: string; inputs: object; outputs: object } | undefined> {
    const { deployment } = await this.stack.exportStack();
    const { resources = [] } = deployment as {
      resources?: { urn: string; type: string; id: string; inputs: object; outputs: object }[];
    };
    return resources.find(({ urn }) => urn.endsWith(`InstanceRefresh::${name}`));
  }
}

/** As a person's environment has them: no setting of the plugin carries a credential. */
export function giveCredentials({ accessKeyId, secretAccessKey }: Emulator): Record<string, string> {
  const credentials = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secretAccessKey,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  Object.assign(process.env, credentials);
  return credentials;
}

function newLifecycle(cloud: TestCloud, clock: LeapingClock): Lifecycle {
  const random = seededRandom(7);
  return new Lifecycle(clock.watched(cloud.cloud), { scheduler: new Scheduler({ clock, random }), clock, random });
}
