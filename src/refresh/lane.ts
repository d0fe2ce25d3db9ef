/** All waits that share one API of one account and region: their looks go out together, in turn and within its rate. */
import { backOff } from "./backOff";
import type { Clock } from "./clock";
import type { Sight, Source } from "./source";
import { TokenBucket } from "./tokenBucket";
import type { Wait } from "./wait";

const RATE_PER_SECOND = 2;
const BURST = 5;
/** A refresh is not looked at again within this time, even where it would cost no call. */
const FLOOR_MS = 2_000;
/** A call without an answer is given up after this time, as a passing fault. */
const LONGEST_CALL_MS = 60_000;
const LONGEST_SLEEP_MS = 60_000;

/** A call under way, and for whom. */
interface Call {
  readonly waits: readonly Wait[];
  readonly stop: AbortController;
  readonly sentAt: number;
}

export class Lane {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #bucket: TokenBucket;
  readonly #waits = new Set<Wait>();
  readonly #calls = new Set<Call>();
  #running = false;
  #nap = new AbortController();
  #now = Number.NEGATIVE_INFINITY;
  /** The cloud had enough: so often in a row, last seen when, and until when no call goes out. */
  #throttled = { times: 0, at: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY };

  constructor(source: Source, clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    this.#bucket = new TokenBucket(source.ratePerSecond ?? RATE_PER_SECOND, source.burst ?? BURST);
  }

  add(wait: Wait): void {
    this.#waits.add(wait);
    this.wake();
    if (!this.#running) void this.#run();
  }

  /** Something has changed: think again. */
  wake(): void {
    this.#nap.abort();
  }

  /** Runs only while somebody waits. */
  async #run(): Promise<void> {
    this.#running = true;
    for (;;) {
      this.#nap = new AbortController();
      this.#tick();
      this.#dropEnded();
      if (this.#waits.size === 0) break;
      while (this.#send());
      if (this.#expire()) continue;
      await this.#clock.sleep(Math.min(this.#nextEvent() - this.#now, LONGEST_SLEEP_MS), this.#nap.signal);
    }
    this.#running = false;
  }

  /** Reads the clock. One that was set back no longer says when a look is due: all are. */
  #tick(): void {
    const now = this.#clock.now();
    if (now < this.#now) {
      for (const wait of this.#waits) wait.due = now;
      this.#throttled.until = now;
    }
    this.#now = now;
  }

  /** Calls that nobody waits for any more are stopped. */
  #dropEnded(): void {
    for (const wait of this.#waits) if (wait.over) this.#waits.delete(wait);
    for (const call of this.#calls) if (call.waits.every((wait) => wait.over)) call.stop.abort();
  }

  #expire(): boolean {
    const expired = [...this.#waits].filter((wait) => this.#now >= wait.end);
    for (const wait of expired) wait.expire();
    return expired.length > 0;
  }

  #nextEvent(): number {
    const free = Math.max(this.#throttled.until, this.#bucket.readyAt(this.#now));
    let next = Number.POSITIVE_INFINITY;
    for (const wait of this.#waits) {
      next = Math.min(next, wait.end);
      if (wait.mayLook(this.#now)) next = Math.min(next, Math.max(wait.due, free));
    }
    return next;
  }

  /** Sends one call if a look is due and the rate allows it. */
  #send(): boolean {
    if (this.#now < this.#throttled.until || this.#bucket.readyAt(this.#now) > this.#now) return false;
    const probing = this.#throttled.times > 0;
    if (probing && this.#calls.size > 0) return false;
    const waits = this.#pick();
    if (waits.length === 0 || !this.#bucket.take(this.#now)) return false;
    const call = { waits, stop: new AbortController(), sentAt: this.#now };
    for (const wait of waits) wait.sent(this.#now);
    void this.#look(call);
    return true;
  }

  /** Those who waited longest for their look first; room that is left in the call goes to those who are due next. */
  #pick(): Wait[] {
    const ready = [...this.#waits].filter((wait) => wait.mayLook(this.#now)).sort((a, b) => a.due - b.due);
    const first = ready[0];
    if (!first || first.due > this.#now) return [];
    if (first.alone) return [first];
    const ids = new Set<string>();
    const picked: Wait[] = [];
    for (const wait of ready) {
      const early = wait.due > this.#now;
      if (wait.alone || (early && !(wait.isSteady && this.#now - wait.lookedAt >= FLOOR_MS))) continue;
      if (!ids.has(wait.id) && ids.size >= first.source.batch) continue;
      ids.add(wait.id);
      picked.push(wait);
    }
    return picked;
  }

  async #look(call: Call): Promise<void> {
    this.#calls.add(call);
    const deliver = await this.#answer(call);
    this.#calls.delete(call);
    for (const wait of call.waits) {
      wait.looking = false;
      if (wait.over) continue;
      try {
        deliver(wait, this.#clock.now());
      } catch (error) {
        wait.fail(error);
      }
    }
    this.wake();
  }

  /** Makes the call; what came of it, as what it means for each wait. */
  async #answer(call: Call): Promise<(wait: Wait, now: number) => void> {
    const { source } = call.waits[0] as Wait;
    try {
      const sights = await this.#describe(source, call);
      if (call.sentAt > this.#throttled.at) this.#throttled.times = 0;
      this.#bucket.recover();
      return (wait, now) => {
        const sight = sights.get(wait.id);
        if (sight) wait.seen(sight, now);
        else wait.missed(now);
      };
    } catch (error) {
      const kind = error instanceof NoAnswerInTime ? "passing" : source.classify(error);
      if (kind === "throttled") this.#slowDown(call);
      return (wait, now) => {
        if (kind === "passing") wait.faulted(error, now);
        else if (kind === "final" && call.waits.length === 1) wait.fail(error);
        else if (kind === "final") wait.separate(now);
      };
    }
  }

  async #describe(source: Source, call: Call): Promise<ReadonlyMap<string, Sight>> {
    const answered = new AbortController();
    const late = this.#clock.sleep(LONGEST_CALL_MS, answered.signal).then(() => {
      throw new NoAnswerInTime(`no answer within ${LONGEST_CALL_MS / 1000} s`);
    });
    try {
      const ids = [...new Set(call.waits.map((wait) => wait.id))];
      return await Promise.race([source.describe(ids, call.stop.signal), late]);
    } finally {
      answered.abort();
      call.stop.abort();
    }
  }

  /** Calls that were under way together count as one. */
  #slowDown(call: Call): void {
    if (call.sentAt <= this.#throttled.at) return;
    const at = this.#clock.now();
    const times = this.#throttled.times + 1;
    this.#throttled = { times, at, until: at + backOff(times, this.#random) };
    this.#bucket.slowDown();
  }
}

class NoAnswerInTime extends Error {
  override readonly name = "NoAnswerInTime";
}
