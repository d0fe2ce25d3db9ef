/** What was played, as it is kept: without anything that tells whose account it was. */

/** One call and its answer. */
export interface Entry {
  readonly scenario: string;
  /** Label of the step; `poll` for what is described between steps. */
  readonly step: string;
  /** Seconds since the scenario began, when the answer came. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: number;
  readonly answer: unknown;
}

export interface Cassette {
  readonly format: 1;
  readonly cloud: "aws" | "ess";
  /** Day of the play. */
  readonly date: string;
  /** `account`: a real one. `documented`: a vendor's own example, of which only parts can be seen. `emulator`: no evidence. */
  readonly source: "account" | "documented" | "emulator";
  /** Where it comes from: of a documented one the page, of others what the contributor wants to say. */
  readonly origin: string;
  /** Whether there is more that could be seen. */
  readonly partial: boolean;
  /** Scenarios that were played to their end. */
  readonly scenarios: readonly string[];
  readonly entries: readonly Entry[];
}

/** @throws Error that says what is wrong with the text */
export function readCassette(text: string): Cassette {
  const found: unknown = JSON.parse(text);
  const { format, cloud, entries, scenarios } = (found ?? {}) as Partial<Cassette>;
  if (format !== 1) throw new Error("it is no cassette of this version: `format` must be 1");
  if (cloud !== "aws" && cloud !== "ess") throw new Error("`cloud` must be aws or ess");
  if (!Array.isArray(entries) || !Array.isArray(scenarios)) throw new Error("`entries` and `scenarios` must be lists");
  return found as Cassette;
}

/** One entry a line: a later version of a cassette can be compared with it. */
export function writeCassette({ entries, ...head }: Cassette): string {
  const lines = entries.map((entry) => JSON.stringify(entry));
  return `${JSON.stringify(head).slice(0, -1)},"entries":[\n${lines.join(",\n")}\n]}\n`;
}
