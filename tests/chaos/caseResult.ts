/** What came of a case, counted from the emulator's own record. */
export interface CaseResult {
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
): Pick<CaseResult, "doubled" | "limit"> {
  const known = new Map(refreshes.map((refresh) => [refresh.id, refresh]));
  const repeated = ours.slice(1).map((later, index) => {
    const earlier = ours[index] as Listed;
    const endedUnrecorded = known.get(earlier.id)?.endTime !== undefined && recorded !== earlier.id;
    return endedUnrecorded && !known.has(later.id);
  });
  const limit = repeated.filter(Boolean).length;
  return { doubled: repeated.length - limit, limit };
}

/** Refreshes of one request, oldest first: those that run without a record; and the newest one, when the state must hold it and does not. */
export function lostRefreshes(ours: readonly Listed[], recorded: string | undefined, newest?: string): number {
  const forgotten = ours.filter(({ id, endTime }) => id !== recorded && endTime === undefined).length;
  return Math.max(forgotten, newest === undefined || newest === recorded ? 0 : 1);
}

/** A refresh of somebody else, and what the program asks to be done with it. */
export interface OthersRefresh {
  readonly id: string;
  readonly asked: "nothing" | "adopt" | "cancel" | "rollback";
}

/** How many refreshes of others were adopted, cancelled or rolled back although the program does not ask for that. */
export function takenFromOthers(
  others: readonly OthersRefresh[],
  refreshes: readonly Listed[],
  recorded: readonly (string | undefined)[],
): number {
  return others.filter(({ id, asked }) => {
    const status = refreshes.find((refresh) => refresh.id === id)?.status ?? "";
    const happened = {
      adopt: recorded.includes(id),
      cancel: status.startsWith("Cancel"),
      rollback: status.startsWith("Rollback"),
    };
    return Object.entries(happened).some(([what, isSo]) => isSo && what !== asked);
  }).length;
}

const COUNTS = ["started", "lost", "doubled", "taken", "limit"] as const;

/** One line for each value of each dimension. */
export function tableOf(results: readonly CaseResult[]): string {
  const dimensions = [...new Set(results.flatMap((result) => Object.keys(result.dimensions)))];
  const rows = dimensions.flatMap((dimension) => {
    const values = [...new Set(results.flatMap((result) => result.dimensions[dimension] ?? []))].sort();
    return values.map((value) => {
      const counted = results.filter((result) => result.dimensions[dimension] === value);
      return [`${dimension}: ${value}`, ...countsOf(counted)];
    });
  });
  return [["", "cases", ...COUNTS, "wrong"], ...rows]
    .map(
      ([name = "", ...cells]) => `${String(name).padEnd(56)}${cells.map((cell) => String(cell).padStart(8)).join("")}`,
    )
    .join("\n");
}

function countsOf(results: readonly CaseResult[]): number[] {
  const sum = (count: (result: CaseResult) => number) => results.reduce((all, result) => all + count(result), 0);
  return [
    results.length,
    ...COUNTS.map((name) => sum((result) => result[name])),
    sum((result) => (result.wrong.length > 0 ? 1 : 0)),
  ];
}
