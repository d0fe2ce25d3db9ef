/** What the kit needs of one cloud. */

import type { VendorAnswer, VendorCall } from "../core/cloud";
import type { Fact } from "../facts/fact";
import type { Entry } from "./cassette";
import type { Prices } from "./prices";
import type { Scenario } from "./scenario";
import type { Frame } from "./view";

/** The tag on everything that is created. Its value is the run. */
export const TAG = "instance-refresh-conformance";

/** Names of what a run creates begin so. */
export const prefixOf = (run: string) => `conformance-${run}-`;

/**
 * Ours when the tag's value is a run, and the name begins with it: a similar name or tag is not enough.
 *
 * @param id what it is removed by, where that is not its name
 */
export function leftoverOf(kind: string, name: unknown, run: unknown, id: unknown = name): Leftover | undefined {
  if (typeof run !== "string" || typeof name !== "string" || run === "" || !name.startsWith(prefixOf(run)))
    return undefined;
  return { kind, name: String(id), run, scenario: name.slice(prefixOf(run).length) };
}

/** What somebody has to say about the account. */
export interface Site {
  readonly image: string;
  readonly subnet: string;
  /** ESS needs one; in AWS the default one of the network is taken. */
  readonly securityGroup?: string;
  readonly machine: string;
}

/** What a scenario may name in its parameters. */
export type Names = Readonly<Record<string, string>>;

export type Call = (call: VendorCall, step?: string) => Promise<VendorAnswer>;

/** Something that a run has left behind. */
export interface Leftover {
  readonly kind: string;
  /** What it is removed by. */
  readonly name: string;
  readonly run: string;
  readonly scenario: string;
}

/** A text of the service, and the fact that it belongs to. */
export interface TextRule {
  readonly fact: string;
  readonly member: string;
  readonly like: RegExp;
}

export interface Bench {
  readonly cloud: Fact["cloud"];
  /** The one that refreshes. */
  readonly service: string;
  readonly scenarios: readonly Scenario[];
  readonly machine: string;
  readonly prices: Prices;
  /** What it creates, in words. */
  readonly creates: string;
  readonly needsSecurityGroup: boolean;
  /** After its machines are in service, until the service knows that they are healthy. */
  readonly settleSeconds: number;
  /** Makes the group of a scenario; answers the names. */
  setUp(call: Call, scenario: Scenario, run: string, site: Site): Promise<Names>;
  /** Describes the newest refreshes and the machines, in this order. */
  poll(names: Names): readonly VendorCall[];
  /** Describes what the group did, after the last step. */
  review(names: Names): readonly VendorCall[];
  /** What two descriptions show. */
  frame(at: number, refreshes: unknown, machines: unknown): Frame;
  readonly texts: readonly TextRule[];
  /** Everything that bears the tag, of whichever run, and nothing else. */
  leftovers(call: Call): Promise<Leftover[]>;
  /** Asks for its removal; it may take some time. */
  remove(call: Call, leftover: Leftover): Promise<void>;
}

/** The frames of a scenario's entries. */
export function framesOf(bench: Bench, entries: readonly Entry[]): Frame[] {
  const frames: Frame[] = [];
  const polls = entries.filter(({ step }) => step === "poll");
  for (let index = 0; index + 1 < polls.length; index += 2) {
    const [refreshes, machines] = [polls[index], polls[index + 1]];
    if (!refreshes || !machines || refreshes.status >= 400 || machines.status >= 400) continue;
    frames.push(bench.frame(machines.at, refreshes.answer, machines.answer));
  }
  return frames;
}
