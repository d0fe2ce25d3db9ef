/** What a run would create, cost and take, said before anything is created. */
import type { Bench } from "./bench";
import type { Scenario } from "./scenario";

export interface Plan {
  readonly scenarios: readonly Scenario[];
  /** Machines at the same time, at most. */
  readonly machines: number;
  /** Upper bounds. */
  readonly minutes: number;
  readonly cost: number;
}

export function planOf({ prices }: Bench, scenarios: readonly Scenario[], atOnce: number): Plan {
  const hours = scenarios.reduce((sum, { machines, minutes }) => sum + machines * Math.ceil(minutes / 60), 0);
  return {
    scenarios,
    machines: most(
      scenarios.map(({ machines }) => machines),
      atOnce,
    ),
    minutes: lengthOf(
      scenarios.map(({ minutes }) => minutes),
      atOnce,
    ),
    // In whole cents, upwards.
    cost: Math.ceil(hours * prices.machineHour * 100) / 100,
  };
}

export function planText(bench: Bench, plan: Plan, where: { region: string; account: string | undefined }): string[] {
  const { scenarios, machines, minutes, cost } = plan;
  const { currency, machineHour, basis } = bench.prices;
  const account = where.account ? `account ${where.account}` : "the account of the credentials";
  return [
    `Creates in ${where.region}, ${account}: ${bench.creates}. At most ${machines} machines (${bench.machine}) at the same time, nothing public.`,
    `Everything bears the tag instance-refresh-conformance, and is removed again.`,
    `Takes up to ${durationText(minutes)} and costs up to ${cost.toFixed(2)} ${currency}: ${machineHour} ${currency} for each hour of a machine that has begun, an upper bound (${basis}).`,
    scenarios.length === 1 ? "1 scenario:" : `${scenarios.length} scenarios:`,
    ...scenarios.map(({ name, shows, minutes: each }) => `  ${name.padEnd(22)} ${shows} (up to ${each} min)`),
  ];
}

function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

/** The most of them that can run at the same time. */
function most(counts: readonly number[], atOnce: number): number {
  return [...counts]
    .sort((one, other) => other - one)
    .slice(0, atOnce)
    .reduce((sum, each) => sum + each, 0);
}

/** Each begins when one of those that run has ended. */
function lengthOf(lengths: readonly number[], atOnce: number): number {
  const ends: number[] = new Array<number>(atOnce).fill(0);
  for (const length of lengths) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] = (ends[first] ?? 0) + length;
  }
  return Math.max(0, ...ends);
}
