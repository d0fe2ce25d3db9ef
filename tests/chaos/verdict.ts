/** What came of a case, counted from the emulator's own record. */
export interface Verdict {
  readonly title: string;
  /** Where the case stands in each dimension of its matrix. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Refreshes that the emulator started for the resource. */
  readonly started: number;
  /** Of those, the ones that still run and that the state does not hold. */
  readonly lost: number;
  /** Two refreshes of one request at one time, or a second rollout for a request whose first one counts. */
  readonly doubled: number;
  /** Refreshes of somebody else that were cancelled, rolled back or adopted without being asked for. */
  readonly taken: number;
  /** The limit that the README states: a refresh ended before it was recorded, and another was started. */
  readonly limit: number;
  /** What else is not as it should be; empty when all is well. */
  readonly wrong: readonly string[];
}

/** A refresh in the emulator's own record. */
export interface Listed {
  readonly id: string;
  readonly status: string;
  readonly startTime: number;
  readonly endTime: number | undefined;
}

/** What there is when the run after the fault begins. */
export interface AtNextRun {
  readonly refreshes: readonly Listed[];
  /** Id in the state. */
  readonly recorded: string | undefined;
}

/** Refreshes of one request, oldest first: those that follow another one, and those among them that the stated limit allows. */
export function repeatedStarts(
  ours: readonly Listed[],
  { refreshes, recorded }: AtNextRun,
): Pick<Verdict, "doubled" | "limit"> {
  const known = new Map(refreshes.map((refresh) => [refresh.id, refresh]));
  const repeated = ours.slice(1).map((later, index) => {
    const earlier = ours[index] as Listed;
    const endedUnrecorded = known.get(earlier.id)?.endTime !== undefined && recorded !== earlier.id;
    return endedUnrecorded && !known.has(later.id);
  });
  const limit = repeated.filter(Boolean).length;
  return { doubled: repeated.length - limit, limit };
}

const COUNTS = ["started", "lost", "doubled", "taken", "limit"] as const;

/** One line for each value of each dimension. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const dimensions = [...new Set(verdicts.flatMap((verdict) => Object.keys(verdict.dimensions)))];
  const rows = dimensions.flatMap((dimension) => {
    const values = [...new Set(verdicts.flatMap((verdict) => verdict.dimensions[dimension] ?? []))].sort();
    return values.map((value) => {
      const counted = verdicts.filter((verdict) => verdict.dimensions[dimension] === value);
      return [`${dimension}: ${value}`, ...countsOf(counted)];
    });
  });
  return [["", "cases", ...COUNTS, "wrong"], ...rows]
    .map(
      ([name = "", ...cells]) => `${String(name).padEnd(56)}${cells.map((cell) => String(cell).padStart(8)).join("")}`,
    )
    .join("\n");
}

function countsOf(verdicts: readonly Verdict[]): number[] {
  const sum = (count: (verdict: Verdict) => number) => verdicts.reduce((all, verdict) => all + count(verdict), 0);
  return [
    verdicts.length,
    ...COUNTS.map((name) => sum((verdict) => verdict[name])),
    sum((verdict) => (verdict.wrong.length > 0 ? 1 : 0)),
  ];
}
