/**
 * A service on a fleet that is being replaced, as a source of metrics sees it: good and bad rollouts, noise, and outages of
 * the source. It knows nothing of how checks are judged; it answers what Prometheus would.
 */

/** A number from 0 up to, but not including, 1. */
export type Random = () => number;

export const BAD_KINDS = ["first instance", "share", "late", "flapping", "noisy", "outages"] as const;
export const GOOD_KINDS = ["quiet", "noisy", "bursts", "restarts", "outages"] as const;
export type Kind = (typeof BAD_KINDS)[number] | (typeof GOOD_KINDS)[number];

/** The share of failed requests, in percent, that the service must not exceed. */
export const LIMIT = 5;
/** Seconds over which the query takes its rate, and the most by which a scrape is late. */
const WINDOW = 30;
const SCRAPE = 15;
/** The search goes through the window in steps of so many seconds. */
const STEP = 5;

/** What the source answers: nothing, an answer of HTTP, or a value in percent. */
export type Answer = "none" | "refused" | "no data" | number;

interface Span {
  readonly from: number;
  readonly to: number;
  /** Share of requests that fail meanwhile. */
  readonly failing: number;
}

export class MeasuredService {
  /** When the fault set in, in milliseconds; undefined as long as it has not. */
  onset: number | undefined;
  readonly #random: Random;
  readonly #base: number;
  readonly #perSecond: number;
  readonly #spread: number;
  /** Share of the fleet, in service, at which the fault sets in. */
  readonly #onsetShare: number;
  /** Share of the requests of new instances that fail. */
  readonly #failing: number;
  /** Whether the query is about the new instances only, or about the fleet. */
  readonly #ofNew: boolean;
  readonly #lateMilliseconds: number;
  readonly #shares: { readonly at: number; readonly share: number }[] = [];
  readonly #flaps: Span[] = [];
  readonly #bursts: Span[] = [];
  readonly #outages: Span[] = [];
  #outagesUpTo = 0;

  /** @param lastPause milliseconds for which the refresh waits after everything is replaced */
  constructor(
    readonly isBad: boolean,
    readonly kind: Kind,
    random: Random,
    lastPause: number,
  ) {
    this.#random = random;
    const between = (least: number, most: number) => least + random() * (most - least);
    this.#base = between(0.0005, 0.01);
    this.#perSecond = kind === "noisy" ? between(5, 20) : between(20, 500);
    this.#spread = kind === "noisy" ? 0.5 : 0.2;
    this.#onsetShare = kind === "first instance" ? Number.MIN_VALUE : kind === "late" ? 1 : between(0.1, 0.95);
    this.#ofNew = kind === "first instance" || random() < 0.5;
    // Twice the limit, in what the query is about.
    const least = (2 * LIMIT) / 100 / (this.#ofNew ? 1 : this.#onsetShare);
    this.#failing = between(Math.min(1, least), 1);
    this.#lateMilliseconds = kind === "late" ? random() * Math.max(0, lastPause - 150_000) : 0;
  }

  /** Takes in what share of the instances in service is new. */
  see(at: number, share: number): void {
    if (this.#shares.at(-1)?.share === share) return;
    const replaced = share - (this.#shares.at(-1)?.share ?? 0);
    this.#shares.push({ at, share });
    // Half of the requests that were under way at the instances that go.
    if (replaced > 0 && this.kind === "restarts")
      this.#bursts.push({ from: at, to: at + STEP * 1000, failing: replaced / 2 });
    if (!this.isBad || this.onset !== undefined || share < this.#onsetShare) return;
    this.onset = at + this.#lateMilliseconds;
    if (this.kind === "flapping") this.#flap(this.onset);
  }

  /** What a query at that time is answered. */
  answer(at: number): Answer {
    if (this.kind === "outages" && this.#isOut(at)) return this.#random() < 0.5 ? "none" : "refused";
    if (this.#random() < 0.01) return "no data";
    // One rollout in ten meets with one, for another reason than its new instances.
    if (this.kind === "bursts" && this.#random() < 0.001)
      this.#bursts.push({ from: at - STEP * 1000, to: at, failing: 0.1 + 0.5 * this.#random() });
    const end = at - this.#random() * SCRAPE * 1000;
    const times = Array.from({ length: WINDOW / STEP }, (_, index) => end - index * STEP * 1000);
    const failing = times.reduce((sum, time) => sum + this.#failingAt(time), 0) / times.length;
    const spread = Math.exp(this.#spread * this.#normal());
    const expected = Math.min(1, failing + this.#base * spread);
    const requests = this.#perSecond * WINDOW * (this.#ofNew ? Math.max(0.05, this.#shareAt(end)) : 1);
    const seen = expected + Math.sqrt((expected * (1 - expected)) / requests) * this.#normal();
    return 100 * Math.min(1, Math.max(0, seen));
  }

  /** Share of requests that fail for another reason than the usual one. */
  #failingAt(time: number): number {
    const bursting = this.#bursts.find((burst) => isWithin(burst, time))?.failing ?? 0;
    if (this.onset === undefined || time < this.onset) return bursting;
    if (this.kind === "flapping" && !this.#flaps.some((flap) => isWithin(flap, time))) return bursting;
    return bursting + this.#failing * (this.#ofNew ? 1 : this.#shareAt(time));
  }

  #shareAt(time: number): number {
    return this.#shares.findLast(({ at }) => at <= time)?.share ?? 0;
  }

  /** Bad for one to three minutes, well for a quarter of a minute to a minute, and so on. */
  #flap(onset: number): void {
    for (let from = onset; from < onset + 7_200_000; ) {
      const to = from + 60_000 + this.#random() * 120_000;
      this.#flaps.push({ from, to, failing: this.#failing });
      from = to + 15_000 + this.#random() * 45_000;
    }
  }

  /** Out for a quarter of a minute to a minute and a half, then there for one to ten minutes, and so on. */
  #isOut(at: number): boolean {
    this.#outagesUpTo ||= at;
    while (this.#outagesUpTo <= at) {
      const from = this.#outagesUpTo + 60_000 + this.#random() * 540_000;
      this.#outagesUpTo = from + 15_000 + this.#random() * 75_000;
      this.#outages.push({ from, to: this.#outagesUpTo, failing: 0 });
    }
    return this.#outages.some((outage) => isWithin(outage, at));
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }
}

function isWithin({ from, to }: Span, time: number): boolean {
  return time >= from && time < to;
}

/** As Prometheus writes it. */
export function prometheusAnswer(answer: Exclude<Answer, "none">): { status: number; body: string } {
  if (answer === "refused") return { status: 503, body: "" };
  const result = answer === "no data" ? [] : [{ metric: {}, value: [0, String(answer)] }];
  return { status: 200, body: JSON.stringify({ status: "success", data: { resultType: "vector", result } }) };
}
