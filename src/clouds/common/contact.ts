/** Tells an address that is wrong from one that is away for a while: whether it has ever answered as the API does. */

/** How long an address that never answered is tried: who typed it wrong learns it soon. */
const PATIENCE_MS = 4_000;
/** An address that has never answered has less time for it. */
const FIRST_ANSWER_MS = 8_000;

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

  /** A call goes out; within how many milliseconds it has to be answered. */
  trying(usual: number): number {
    this.#triedSince ??= this.now();
    return this.#isMade ? usual : Math.min(usual, FIRST_ANSWER_MS);
  }

  /** No answer of the API: worth another try, or not. */
  failed(): "passing" | "final" {
    const since = this.#triedSince ?? this.now();
    return this.#isMade || this.now() - since < PATIENCE_MS ? "passing" : "final";
  }
}
