/** From a refresh that runs to one that has ended as it should, or to an error that says how it did end. */

import { isActive, type Refresh } from "../cloud";
import { policiesOf } from "../definition/policies";
import { RefreshError } from "./errors";
import { find, followToEnd, gone, type OnUpdate, stop } from "./follow";
import { followAnalysed } from "./followAnalysed";
import { badEnd, tooLate } from "./messages";
import type { Run } from "./run";

/** Waits for the end of the refresh; any other than success is an error. */
export async function settle(run: Run, id: string, onUpdate: OnUpdate): Promise<Refresh> {
  const refresh = await followWithOthers(run, id, onUpdate);
  onUpdate(refresh);
  if (refresh.stage !== "successful") throw badEnd(run.cloud, refresh, run.call.urn);
  return refresh;
}

/** Waits for the end of the refresh; when another one of its rollout fails, it is stopped as `rollout.onFailure` says. */
async function followWithOthers(run: Run, id: string, onUpdate: OnUpdate): Promise<Refresh> {
  const { onFailure = "leave" } = policiesOf(run.cloud, run.args).rollout ?? {};
  const alone = { ...run, halt: undefined };
  if (onFailure === "leave") return followAnalysed(alone, id, onUpdate);
  try {
    return await followAnalysed(run, id, onUpdate);
  } catch (error) {
    if (!(error instanceof RefreshError) || error.code !== "halted") throw error;
  }
  const refresh = await find(alone, id);
  if (!refresh) throw await gone(run, id);
  run.call.notice(
    `Another refresh of the rollout failed: ${id} (${refresh.status}), rollout.onFailure is ${onFailure}`,
  );
  await stop(alone, refresh, onFailure);
  return followToEnd(alone, id, onUpdate);
}

/** Cancels the refresh or rolls it back, as `status` asks, and waits until it is so. */
export async function transition(run: Run, refresh: Refresh, onUpdate: OnUpdate): Promise<Refresh> {
  const asked = run.args.status as string;
  onUpdate(refresh);
  if (refresh.status === asked) return refresh;
  if (refresh.stage === "unknown") throw badEnd(run.cloud, refresh, run.call.urn);
  if (!isActive(refresh.stage)) throw tooLate(run.cloud, refresh, asked);
  await stop(run, refresh, asked === "Cancelled" ? "cancel" : "rollback");
  const ended = await followToEnd(run, refresh.id, onUpdate);
  onUpdate(ended);
  if (ended.status === asked) return ended;
  throw ended.stage === "rollbackFailed" ? badEnd(run.cloud, ended, run.call.urn) : tooLate(run.cloud, ended, asked);
}
