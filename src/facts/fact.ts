/** Where what we say of a cloud comes from: every rule of the simulation and of the emulator is one of these rows. */

/**
 * - `documented`: a page or a published model of the vendor says so.
 * - `recorded`: an answer of the real service that somebody outside this project wrote down.
 * - `validated`: a user's run against a real account showed it.
 * - `decided`: nothing known says so; we chose.
 */
export type FactKind = "documented" | "recorded" | "validated" | "decided";

export interface Fact {
  /** Such as `aws-status-baking`. The code names it where the fact holds, in a comment `// fact: aws-status-baking`. */
  readonly id: string;
  readonly cloud: "aws" | "ess";
  /** The fact in one sentence. */
  readonly sentence: string;
  readonly kind: FactKind;
  /** Page, operation, model or project that says so; of a decision, why. */
  readonly source: string;
  /** The day on which an account has shown it, of one that is validated. */
  readonly validated?: string;
  /** The test that fails when the code no longer does so: `tests/….test.ts: name of the test`. */
  readonly test: string;
}

/** Rows of one cloud, each as `[id, kind, sentence, source, test]`. */
export function factsOf(
  cloud: Fact["cloud"],
  rows: readonly (readonly [id: string, kind: FactKind, sentence: string, source: string, test: string])[],
): Fact[] {
  return rows.map(([id, kind, sentence, source, test]) => ({ id, cloud, kind, sentence, source, test }));
}
