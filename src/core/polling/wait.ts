/** A followed refresh: when to call next, and what each answer means for the wait. */
import { backOff } from "./backOff";
import type { Followed, FollowOptions } from "./followed";
import { TimeLeft } from "./rule";
import type { PolledStatus, Source } from "./source";

/** A refresh is not described again within this time, even where it would cost no call. */
const FLOOR_MS = 2_000;
/** The longest interval is shortened by up to this part, so that those who began together drift apart. */
const JITTER = 0.02;
/** How long before the deadline the last call is, and how long to wait for its answer. */
const LAST_LOOK_MS = 5_000;
/** Right after Start a refresh may not be listed yet: so many calls must miss it before it has vanished. */
const MISSES = 6;
const FIRST_MISS_MS = 2_000;
/** Passing errors in a row before the wait is given up: four to seven minutes, more where calls hang. */
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
  /** When to call at the latest, in milliseconds since the epoch. */
  due: number;
  /** When the last call was sent. */
  askedAt = Number.NEGATIVE_INFINITY;
  /** True while an answer is awaited. */
  asking = false;
  /** True when a call for several was refused: this one is described by itself, so that none suffers for another. */
  alone = false;
  over = false;
  readonly #timeLeft = new TimeLeft();
  /** In milliseconds, as of the last answer. */
  #left = Number.POSITIVE_INFINITY;
  readonly #deadline: number;
  #last: T | undefined;
  #misses = 0;
  #errors = 0;
  #failingSince = 0;
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
    this.followed = new Promise((resolve, reject) => {
      this.#promise = { resolve, reject };
    });
  }

  /** When the time is over. A last call that went out late, as the machine slept, may still be answered. */
  get end(): number {
    return this.asking && this.#isLastCall(this.askedAt)
      ? Math.max(this.#deadline, this.askedAt + LAST_LOOK_MS)
      : this.#deadline;
  }

  /** True before the first call. */
  get isNew(): boolean {
    return this.askedAt === Number.NEGATIVE_INFINITY;
  }

  /** True when a call may go out at this time; past the deadline only the last one, if there was none yet. */
  mayAsk(now: number): boolean {
    return !this.asking && (now < this.#deadline || !this.#isLastCall(this.askedAt));
  }

  #isLastCall(at: number): boolean {
    return at >= this.#deadline - LAST_LOOK_MS;
  }

  /** True when a call before it is due would do no harm: not too soon, and nothing is missing or failing that needs its time. */
  mayAskEarly(now: number): boolean {
    return this.#misses === 0 && this.#errors === 0 && !this.alone && now - this.askedAt >= FLOOR_MS;
  }

  /** Seconds for which, as can be expected, the refresh will have ended unseen by this time. */
  expectedLag(at: number): number {
    if (this.isNew || !this.mayAsk(at) || !this.mayAskEarly(at)) return 0;
    const elapsed = at - this.askedAt;
    return elapsed ** 2 / (2 * this.#left * 1000);
  }

  sent(now: number): void {
    this.asking = true;
    this.askedAt = now;
  }

  /** @param longest until the next call at the latest, in milliseconds */
  seen(status: T, now: number, longest: number): void {
    this.#misses = 0;
    this.#errors = 0;
    this.alone = false;
    this.#last = status;
    this.options.onUpdate?.(status);
    if (status.ended) {
      this.#finish({ outcome: "ended", last: status });
    } else {
      this.#left = this.#timeLeft.see(status, this.askedAt);
      this.#askAt(this.askedAt + longest * (1 - JITTER * this.random()), now);
    }
  }

  missed(now: number): void {
    this.#misses += 1;
    if (this.#misses >= MISSES) this.#finish({ outcome: "vanished", last: this.#last });
    else this.#askAt(now + FIRST_MISS_MS * 2 ** (this.#misses - 1), now);
  }

  /** A passing error: tries again, a bounded number of times. */
  failedOnce(error: unknown, now: number): void {
    if (this.#errors === 0) this.#failingSince = this.askedAt;
    this.#errors += 1;
    if (this.#errors >= TRIES) this.fail(new NoAnswerError(this.#errors, now - this.#failingSince, error));
    else this.#askAt(now + backOff(this.#errors, this.random), now);
  }

  /** A call for several was refused, perhaps because of another. */
  separate(now: number): void {
    this.alone = true;
    this.due = now;
  }

  expire(): void {
    this.#finish({ outcome: "deadline", last: this.#last });
  }

  abort(): void {
    this.#finish({ outcome: "aborted", last: this.#last });
  }

  fail(error: unknown): void {
    this.over = true;
    this.#promise.reject(error);
  }

  #finish(followed: Followed<T>): void {
    this.over = true;
    this.#promise.resolve(followed);
  }

  #askAt(latest: number, now: number): void {
    const beforeEnd = this.#isLastCall(this.askedAt) ? Number.POSITIVE_INFINITY : this.#deadline - LAST_LOOK_MS;
    this.due = Math.max(now, Math.min(latest, beforeEnd));
  }
}
