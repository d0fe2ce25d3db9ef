/** Tells an address that is wrong from one that is away for a while: whether it has ever answered as the API does. */

/** How long it takes at most, from the first call on, until an address counts as one that never answers. */
const DEADLINE_MS = 8_000;
/** So late another attempt is no longer worth it: the pause before it takes up to four seconds. */
const LAST_ATTEMPT_MS = 3_000;
/** Of an attempt that begins, however little time is left. */
const LEAST_MS = 500;

export class Contact {
  #isMade = false;
  #triedSince: number | undefined;

  constructor(readonly now: () => number = () => performance.now()) {}

  get isMade(): boolean {
    return this.#isMade;
  }

  /** The API has answered, well or with a refusal of its own. */
  made(): void {
    this.#isMade = true;
  }

  /** A call goes out; within how many milliseconds it has to be answered: a whole number. */
  trying(usual: number): number {
    if (this.#isMade) return usual;
    this.#triedSince ??= this.now();
    return Math.min(usual, Math.max(LEAST_MS, Math.ceil(this.#triedSince + DEADLINE_MS - this.now())));
  }

  /** No answer of the API: worth another try, or not. */
  failed(): "passing" | "final" {
    const since = this.#triedSince ?? this.now();
    return this.#isMade || this.now() - since < LAST_ATTEMPT_MS ? "passing" : "final";
  }
}
