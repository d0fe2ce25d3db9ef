/** Tells an address that is wrong from one that is away for a while: whether it has ever answered as the API does. */

/** How long an address that never answered is tried: who typed it wrong learns it soon. */
const PATIENCE_MS = 5_000;

export class Contact {
  #isMade = false;
  #failingSince: number | undefined;

  constructor(readonly now: () => number = () => performance.now()) {}

  get isMade(): boolean {
    return this.#isMade;
  }

  /** The API has answered, well or with a refusal of its own. */
  made(): void {
    this.#isMade = true;
  }

  /** No answer of the API: worth another try, or not. */
  failed(): "passing" | "final" {
    if (this.#isMade) return "passing";
    this.#failingSince ??= this.now();
    return this.now() - this.#failingSince < PATIENCE_MS ? "passing" : "final";
  }
}
