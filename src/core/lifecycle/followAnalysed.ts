/** A refresh that is followed while its effect is measured, and stopped when the measurements are bad. */
import { AnalysisRun } from "../analysis/analysisRun";
import { type CheckResult, hasFailed, isInconclusive, measurementsText } from "../analysis/evaluate";
import { type Analysis, analysisOf } from "../analysis/policy";
import type { Refresh } from "../cloud";
import { policiesOf } from "../definition/policies";
import { commandOn } from "./commands";
import { RefreshError } from "./errors";
import { find, followToEnd, type OnUpdate, stop } from "./follow";
import { nameOf, oneLine, progressLine } from "./messages";
import { lineText, type PassingLine, type Run, warn } from "./run";

/** Waits for the end of the refresh; its `analysis` may end it before. */
export async function followAnalysed(run: Run, id: string, onUpdate: OnUpdate): Promise<Refresh> {
  const analysis = analysisOf(policiesOf(run.cloud, run.args).analysis);
  const { measure, clock } = run.tools;
  if (!analysis || !measure) return followToEnd(run, id, onUpdate);

  const halt = new AbortController();
  let failure: CheckResult | undefined;
  let line = () => "";
  let told = "";
  const text = () => [line(), run.call.measured ? "" : measuring.summary()].filter(Boolean).join("; ");
  const row = () => {
    told = measuring.summary();
    run.call.progress(text);
  };
  const measured = () => {
    if (run.call.measured) run.call.measured(measuring.summary());
    else if (measuring.summary() !== told) row();
  };
  const measuring = new AnalysisRun(analysis, measure, clock, {
    measured,
    failed: (result) => {
      failure = result;
      halt.abort();
    },
    inconclusive: (result) => void inconclusive(run, id, analysis, result),
    promoted: (refresh) => void promote(run, refresh),
  });
  const progress = (next: PassingLine) => {
    line = () => lineText(next);
    row();
  };
  const followed: Run = {
    ...run,
    call: { ...run.call, progress },
    halt: run.halt ? AbortSignal.any([run.halt, halt.signal]) : halt.signal,
  };
  try {
    const ended = await followToEnd(followed, id, (refresh) => {
      onUpdate(refresh);
      measuring.see(refresh);
    });
    if (measuring.summary() === "" && ended.stage === "successful")
      warn(run, `The analysis measured nothing: ${id} ended before the first measurement.`);
    return ended;
  } catch (error) {
    if (!failure || !(error instanceof RefreshError) || error.code !== "halted") throw error;
    return await actOn(run, id, analysis, failure, onUpdate);
  } finally {
    measuring.stop();
  }
}

/** Does what `onFailure` says. It always ends in an error, which names the measurements first. */
async function actOn(
  run: Run,
  id: string,
  { onFailure }: Analysis,
  failure: CheckResult,
  onUpdate: OnUpdate,
): Promise<never> {
  throw analysisFailed(run, id, onFailure, failure, await endOf({ ...run, halt: undefined }, id, onFailure, onUpdate));
}

/** @param end what was done about the refresh, and how that ended */
export function analysisFailed(
  run: Run,
  id: string,
  onFailure: Analysis["onFailure"],
  failure: CheckResult,
  end: string,
): RefreshError {
  return new RefreshError({
    code: "analysisFailed",
    group: run.group,
    refreshId: id,
    what: `The analysis of the ${nameOf(run.cloud, run.group, id)} failed: ${whyOf(failure)}. \`analysis.onFailure\` is \`${onFailure}\`. ${end}`,
    next: NEXT[onFailure],
  });
}

const START_ANOTHER =
  "correct the cause, then change the configuration or `triggers` to start a new refresh. If the check was wrong, correct `analysis`, and start a new refresh too.";
const NEXT = {
  rollback: START_ANOTHER,
  cancel: START_ANOTHER,
  fail: 'look at the service. `pulumi up` follows the refresh on and measures again; `status: "Cancelled"` or `"RollbackSuccessful"` ends it.',
} as const;

function whyOf(failure: CheckResult): string {
  const { check, failed } = failure;
  const what = hasFailed(failure)
    ? `check ${check.name} failed ${failed === 1 ? "once" : `${failed} times`}, and \`failureLimit\` is ${check.failureLimit}`
    : `check ${check.name} was inconclusive ${failure.inconclusiveInARow} times in a row, and \`onInconclusive\` is \`fail\``;
  return `${what}. Measured: ${measurementsText(failure)}`;
}

/** What was done about the refresh, and how that ended, whatever goes wrong. */
async function endOf(run: Run, id: string, how: Analysis["onFailure"], onUpdate: OnUpdate): Promise<string> {
  let done: string | undefined;
  try {
    const refresh = await find(run, id);
    if (!refresh) return "The cloud no longer knows the refresh.";
    onUpdate(refresh);
    if (refresh.ended) return `The refresh had ended already: it is ${refresh.status}.`;
    if (how === "fail") return `The refresh was left running: it is ${progressLine(refresh)}.`;
    await stop(run, refresh, how);
    done = how === "cancel" ? "cancelled" : "rolled back";
    const ended = await followToEnd(run, id, onUpdate);
    onUpdate(ended);
    const wasDone = ended.stage === (how === "cancel" ? "cancelled" : "rolledBack");
    return `The refresh was ${wasDone ? "" : "to be "}${done}, and ended ${progressLine(ended)}.`;
  } catch (error) {
    const reason = oneLine((error as Error).message);
    return done === undefined
      ? `That could not be done: ${reason}.`
      : `The refresh is being ${done}; its end was not seen: ${reason}.`;
  }
}

async function inconclusive(run: Run, id: string, { onInconclusive }: Analysis, result: CheckResult): Promise<void> {
  if (onInconclusive !== "pause" || !isInconclusive(result)) return;
  const why = `Check ${result.check.name} is inconclusive: ${measurementsText(result)}.`;
  try {
    const refresh = await find(run, id);
    if (refresh?.stage !== "running" || !run.api.suspend) return;
    await run.api.suspend(refresh);
    warn(
      run,
      `${why} ${id} is suspended; when you know more, run \`${commandOn(run, "resume", id)}\`, \`cancel\` or \`rollback\`.`,
    );
  } catch (error) {
    warn(run, `${why} ${id} could not be suspended: ${oneLine((error as Error).message)}.`);
  }
}

async function promote(run: Run, refresh: Refresh): Promise<void> {
  if (!run.api.resume) return;
  try {
    await run.api.resume(refresh);
    run.call.notice(`Every check has passed: ${refresh.id} goes on before its pause is over`);
  } catch (error) {
    warn(
      run,
      `${refresh.id} could not be resumed, and pauses for the whole time: ${oneLine((error as Error).message)}.`,
    );
  }
}
