/** A refresh that somebody else started, followed while its effect is measured, and stopped when the measurements are bad. */
import type { Refresh } from "../core/cloud";
import type { AnalysisArguments } from "../core/definition/analysisArguments";
import { checkArguments } from "../core/definition/arguments";
import { RefreshError } from "../core/lifecycle/errors";
import { followAnalysed } from "../core/lifecycle/followAnalysed";
import type { Run } from "../core/lifecycle/run";
import { type TrackedRefresh, track } from "../core/lifecycle/trackedRefresh";
import { UsageError } from "./exitCodes";
import type { Screen } from "./screen";
import { silentCall } from "./silentCall";
import { describeTarget, type Target } from "./targets";

/** What came of it: the refresh as it was seen last, and what ended the wait when that was not its end. */
export interface Measured {
  readonly last: Refresh | undefined;
  readonly outcome: "ended" | "analysisFailed" | "deadline" | "aborted" | "vanished";
  /** Of a failed analysis: what was measured, and what was done. */
  readonly why: string;
}

const OUTCOMES = { timedOut: "deadline", interrupted: "aborted", vanished: "vanished" } as const;

/** @throws UsageError when this refresh could not be stopped as the analysis says */
export async function followMeasured(
  target: Target,
  analysis: AnalysisArguments,
  screen: Screen,
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<Measured> {
  const { cloud, api, tools, id } = target;
  const { arguments: echoed, group } = await describeTarget(target);
  const args = { ...echoed, [cloud.groupArgument]: group, analysis };
  await refuseWhatCannotBe(target, args);

  let tracked: TrackedRefresh | undefined;
  let measured = "";
  const notes: string[] = [];
  const show = () => tracked && screen.show(id, tracked, [measured, ...notes].filter(Boolean));
  const note = (line: string) => {
    notes.push(line);
    show();
  };
  const call = {
    ...silentCall({}, timeoutSeconds),
    signal,
    notice: note,
    measured: (summary: string) => {
      measured = summary;
      show();
    },
  };
  if (analysis.promote && !api.resume) note(`\`promote\` has no effect: ${cloud.name} cannot cut a pause short.`);
  const deadline = tools.clock.now() + timeoutSeconds * 1000;
  // Only the analysis: what else the refresh was asked for is not this command's to do.
  const run: Run = { cloud, api, args: { analysis }, group, call, tools, deadline };
  try {
    const last = await followAnalysed(run, id, (refresh) => {
      tracked = track(tracked, refresh, tools.clock.now(), api.clock?.aheadMs);
      show();
    });
    return { last, outcome: "ended", why: "" };
  } catch (error) {
    if (!(error instanceof RefreshError)) throw error;
    const last = tracked?.refresh;
    if (error.code === "analysisFailed") return { last, outcome: error.code, why: withoutNext(error.message) };
    const outcome = OUTCOMES[error.code as keyof typeof OUTCOMES];
    if (outcome === undefined) throw error;
    return { last, outcome, why: "" };
  }
}

/** What a deployment does next is not what a person at a shell does. */
function withoutNext(message: string): string {
  return (message.split("\nNext: ")[0] as string).replace(/\.$/, "");
}

/** A rollback that this refresh, or this group, does not allow; a suspension where the cloud has none. */
async function refuseWhatCannotBe({ cloud, api, id }: Target, args: Record<string, unknown>): Promise<void> {
  const group = await api.group(args).catch(() => undefined);
  const issues = [...checkArguments(cloud.definition, args).failures, ...(group?.obstacles ?? [])];
  const reasons = issues.filter(({ property }) => property.startsWith("analysis")).map(({ reason }) => reason);
  if (reasons.length > 0) throw new UsageError(`${id}: ${reasons.join("; ")}`);
}
