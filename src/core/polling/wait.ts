/** One refresh that is waited for: when to look next, and what each answer means for the wait. */
import { backOff } from "./backOff";
import { Pace } from "./interval";
import type { Followed, FollowOptions } from "./scheduler";
import type { PolledStatus, Source } from "./source";

/** A refresh is not looked at again within this time, even where it would cost no call. */
const FLOOR_MS = 2_000;
/** How long before the deadline the last look is, and how long its answer is waited for. */
const LAST_LOOK_MS = 5_000;
/** Right after Start a refresh may not be listed yet: so many looks must miss it before it has vanished. */
const MISSES = 6;
const FIRST_MISS_MS = 2_000;
/** Passing faults in a row before the wait is given up: four to seven minutes, more where calls hang. */
const TRIES = 12;

/** The cloud did not answer although it was asked again and again. `cause` is its last error. */
export class NoAnswerError extends Error {
  /** How often it was asked in a row. */
  readonly tries: number;

  constructor(tries: number, milliseconds: number, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`no answer in ${tries} tries within ${Math.round(milliseconds / 1000)} s: ${said}`, { cause });
    this.name = "NoAnswerError";
    this.tries = tries;
  }
}

export class Wait<T extends PolledStatus = PolledStatus> {
  readonly followed: Promise<Followed<T>>;
  /** When to look at the latest, in milliseconds since the epoch. */
  due: number;
  /** When the last look was sent. */
  lookedAt = Number.NEGATIVE_INFINITY;
  /** True while an answer is awaited. */
  looking = false;
  /** True when a call for several was refused: this one is looked at by itself, so that none suffers for another. */
  alone = false;
  over = false;
  readonly #pace: Pace;
  readonly #deadline: number;
  #sight: T | undefined;
  #misses = 0;
  #faults = 0;
  #faultyFrom = 0;
  #promise!: { resolve(followed: Followed<T>): void; reject(error: unknown): void };

  constructor(
    readonly source: Source<T>,
    readonly id: string,
    readonly options: FollowOptions<T>,
    now: number,
    readonly random: () => number,
  ) {
    this.due = now;
    this.#deadline = options.deadline ?? Number.POSITIVE_INFINITY;
    this.#pace = new Pace(random);
    this.followed = new Promise((resolve, reject) => {
      this.#promise = { resolve, reject };
    });
  }

  /** When the time is over. A last look that went out late, as the machine slept, may still be answered. */
  get end(): number {
    return this.looking && this.#isLastLook(this.lookedAt)
      ? Math.max(this.#deadline, this.lookedAt + LAST_LOOK_MS)
      : this.#deadline;
  }

  /** True before the first look. */
  get isNew(): boolean {
    return this.lookedAt === Number.NEGATIVE_INFINITY;
  }

  /** True when a look may go out at this time; past the deadline only the last one, if there was none yet. */
  mayLook(now: number): boolean {
    return !this.looking && (now < this.#deadline || !this.#isLastLook(this.lookedAt));
  }

  #isLastLook(at: number): boolean {
    return at >= this.#deadline - LAST_LOOK_MS;
  }

  /** True when a look before it is due would do no harm: not too soon, and nothing is missing or faulty that needs its time. */
  mayLookEarly(now: number): boolean {
    return this.#misses === 0 && this.#faults === 0 && !this.alone && now - this.lookedAt >= FLOOR_MS;
  }

  /** Seconds for which, as can be expected, the refresh will have ended unseen by this time. */
  expectedLag(at: number): number {
    return this.mayLook(at) && this.mayLookEarly(at) ? this.#pace.expectedLag(at) : 0;
  }

  sent(now: number): void {
    this.looking = true;
    this.lookedAt = now;
  }

  seen(sight: T, now: number): void {
    this.#misses = 0;
    this.#faults = 0;
    this.alone = false;
    this.#sight = sight;
    this.options.onUpdate?.(sight);
    if (sight.ended) {
      this.#finish({ outcome: "ended", sight });
    } else {
      this.#lookAt(this.lookedAt + this.#pace.see(sight, this.lookedAt), now);
    }
  }

  missed(now: number): void {
    this.#misses += 1;
    if (this.#misses >= MISSES) this.#finish({ outcome: "vanished", sight: this.#sight });
    else this.#lookAt(now + FIRST_MISS_MS * 2 ** (this.#misses - 1), now);
  }

  /** A passing fault: tries again, a bounded number of times. */
  faulted(error: unknown, now: number): void {
    if (this.#faults === 0) this.#faultyFrom = this.lookedAt;
    this.#faults += 1;
    if (this.#faults >= TRIES) this.fail(new NoAnswerError(this.#faults, now - this.#faultyFrom, error));
    else this.#lookAt(now + backOff(this.#faults, this.random), now);
  }

  /** A call for several was refused, perhaps because of another. */
  separate(now: number): void {
    this.alone = true;
    this.due = now;
  }

  expire(): void {
    this.#finish({ outcome: "deadline", sight: this.#sight });
  }

  abort(): void {
    this.#finish({ outcome: "aborted", sight: this.#sight });
  }

  fail(error: unknown): void {
    this.over = true;
    this.#promise.reject(error);
  }

  #finish(followed: Followed<T>): void {
    this.over = true;
    this.#promise.resolve(followed);
  }

  #lookAt(latest: number, now: number): void {
    const beforeEnd = this.#isLastLook(this.lookedAt) ? Number.POSITIVE_INFINITY : this.#deadline - LAST_LOOK_MS;
    this.due = Math.max(now, Math.min(latest, beforeEnd));
  }
}
