/** What is played on an account, as data: a group, steps, and the facts that can be seen by them. */
import type { Frame, View } from "./view";

export interface Scenario {
  readonly name: string;
  /** What it shows, in a few words. */
  readonly shows: string;
  /** Machines at the same time, at most: what its cost is estimated by. */
  readonly machines: number;
  /** How long it takes at most when nothing hangs. */
  readonly minutes: number;
  /** Parameters of the group's creation, laid over those of every group. */
  readonly group?: Parameters;
  /** Machines of the full group. Default: its desired capacity. */
  readonly machinesAtStart?: number;
  /** Whether it waits until the group is full before its first step. Default: true. */
  readonly filled?: boolean;
  readonly steps: readonly Step[];
  readonly observations: readonly Observation[];
}

/** Values may name what the scenario has by then: `{group}`, `{first}`, `{refresh}`. */
export type Parameters = Readonly<Record<string, string>>;

export type Step = CallStep | WaitStep;

export interface CallStep {
  readonly call: string;
  readonly with?: Parameters;
  /** Of the cloud, where it has several. Default: the one that refreshes. */
  readonly service?: string;
  /** By which observations find its answer. Default: the operation. */
  readonly as?: string;
}

export interface WaitStep {
  readonly until: (frame: Frame) => boolean;
  /** After this the next step is taken all the same. */
  readonly minutes: number;
}

/** One fact, and what of the play shows it. */
export interface Observation {
  readonly fact: string;
  /** Undefined: this play does not show it. Only what does not depend on chance: two plays of the same service agree. */
  readonly sees: (view: View) => unknown;
}

export function sees(fact: string, see: (view: View) => unknown): Observation {
  return { fact, sees: see };
}
