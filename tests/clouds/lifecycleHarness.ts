/** A lifecycle over a cloud of the emulator, with a clock that jumps over every wait. */

import { longestSeconds } from "../../src/app/longestSeconds";
import type { Measure } from "../../src/core/analysis/policy";
import { RefreshError } from "../../src/core/lifecycle/errors";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { type Call, lineText } from "../../src/core/lifecycle/run";
import { Scheduler } from "../../src/core/polling/scheduler";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator";
import { seededRandom } from "../seededRandom";
import { awsTestCloud } from "./awsTestCloud";
import { essTestCloud } from "./essTestCloud";
import { LeapingClock } from "./leapingClock";
import type { TestCloud } from "./testCloud";

export const TEST_CLOUDS: Readonly<Record<string, (emulator: Emulator) => TestCloud>> = {
  ess: essTestCloud,
  autoscaling: awsTestCloud,
};

const URN = "urn:pulumi:test::project::instance-refresh:InstanceRefresh::web";

export class LifecycleHarness {
  readonly notices: string[] = [];
  readonly progress: string[] = [];
  /** Ends the wait, as Ctrl-C does in the plugin. */
  stop = new AbortController();
  lifecycle: Lifecycle;
  /** What a check of an analysis finds. */
  measure: Measure = async () => ({ outcome: "passed", value: "0" });

  private constructor(
    readonly emulator: Emulator,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly clock = new LeapingClock(emulator),
  ) {
    this.lifecycle = this.newProcess();
  }

  static async start(name: string, instances = 10, options: EmulatorOptions = {}): Promise<LifecycleHarness> {
    const emulator = await createEmulator({ speed: 0, seed: "life", ...options });
    const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
    return new LifecycleHarness(emulator, cloud, await cloud.createGroup(instances));
  }

  close(): Promise<void> {
    return this.emulator.close();
  }

  /** Forgets what the process knew, as the next `pulumi up` does. */
  newProcess(): Lifecycle {
    const random = seededRandom(7);
    this.stop = new AbortController();
    this.lifecycle = new Lifecycle(this.clock.watched(this.cloud.cloud), {
      scheduler: new Scheduler({ clock: this.clock, random }),
      clock: this.clock,
      random,
      longestSeconds,
      measure: (check, signal) => this.measure(check, signal),
    });
    return this.lifecycle;
  }

  call(timeoutSeconds = 43_200): Call {
    return {
      urn: URN,
      settings: this.cloud.settings,
      timeoutSeconds,
      signal: this.stop.signal,
      progress: (line) => this.progress.push(lineText(line)),
      notice: (line) => this.notices.push(line),
    };
  }

  /** How often an operation was called and answered well. */
  count(operation: string): number {
    return this.emulator.requests.filter((request) => request.operation === operation && request.acted).length;
  }

  /** Lets something happen once, at the next time that anybody sleeps. */
  atNextSleep(action: () => void | Promise<void>): void {
    this.clock.onSleep = action;
  }

  get urn(): string {
    return URN;
  }
}

/** The error that an action ends with. */
export async function failureOf(action: Promise<unknown>): Promise<RefreshError> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RefreshError) return error;
  throw error ?? new Error("it did not fail");
}
