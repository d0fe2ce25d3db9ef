/** What a preview says of a refresh that a deployment would start: what stands in its way, and a forecast. */
import type { Arguments } from "../core/cloud";
import type { IsUnknown } from "../core/definition/arguments";
import type { PreviewLines } from "../core/lifecycle/assessment";
import type { Lifecycle } from "../core/lifecycle/lifecycle";
import type { Call } from "../core/lifecycle/run";
import { connectForPreview } from "./connectForPreview";
import { previewLines } from "./forecasts";
import { budgetPerProcess } from "./timeBudget";

/** All previews of a process together wait no longer than this for their groups. */
const timeBudgetOf = budgetPerProcess(10_000);

/** Calls that a preview makes are repeated no longer than this. */
const LONGEST_S = 10;

export interface Preview {
  warnings: string[];
  notices: string[];
}

export async function previewOf(
  lifecycle: Lifecycle,
  inputs: Arguments,
  call: Call,
  { isUnknown, importId }: { isUnknown: IsUnknown; importId?: string | undefined },
): Promise<Preview> {
  const group = inputs[lifecycle.cloud.groupArgument];
  if (importId !== undefined) {
    const described = await withinTime(lifecycle, "refresh", call, (timed) =>
      lifecycle.previewImport(importId, inputs, timed, isUnknown),
    );
    return { warnings: described.warnings, notices: described.notes };
  }
  if (inputs.hold === true)
    return { warnings: [], notices: [notStarted(isUnknown(group) ? "?" : String(group), inputs)] };
  const connect = connectForPreview(lifecycle.cloud);
  const [{ warnings, notes, startTime }, forecast] = await Promise.all([
    assessmentOf(lifecycle, inputs, { ...call, connect }, isUnknown),
    previewLines(lifecycle, inputs, isUnknown, call.settings, call.timeoutSeconds, connect),
  ]);
  // What is followed is not started: a forecast would be of another refresh.
  return { warnings, notices: notes.length > 0 ? notes : [...startTime, ...forecast] };
}

/**
 * What a refresh would meet, in lines for a person. A group that cannot be described now is no reason to refuse a preview:
 * then the reason is the only line. The time of the call does not count.
 */
export async function assessmentOf(
  lifecycle: Lifecycle,
  inputs: Arguments,
  call: Call,
  isUnknown: IsUnknown,
): Promise<PreviewLines> {
  return withinTime(lifecycle, "group", call, (timed) => lifecycle.preview(inputs, timed, isUnknown));
}

/** Describes the group or the refresh, for as long as a preview may wait; else says why not. */
async function withinTime(
  lifecycle: Lifecycle,
  what: string,
  call: Call,
  describe: (timed: Call) => Promise<PreviewLines>,
): Promise<PreviewLines> {
  try {
    const lines = await timeBudgetOf(lifecycle).with(() => describe({ ...call, timeoutSeconds: LONGEST_S }));
    return lines ?? noWarnings(`The ${what} was not described: the cloud took too long to answer.`);
  } catch (error) {
    return noWarnings(`The ${what} could not be described. ${(error as Error).message}`);
  }
}

function noWarnings(why: string): PreviewLines {
  return { warnings: [why], notes: [], startTime: [] };
}

function notStarted(group: string, { rollout }: Arguments): string {
  const why = rollout === undefined ? "`hold` is true" : "its wave is not approved";
  return `No refresh of group ${group} will be started: ${why}`;
}
