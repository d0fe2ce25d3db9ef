/** Whether permissions are there: each is tried by a call that changes nothing. */
import { CloudError } from "../../core/cloud";
import type { PermissionCheck } from "../../core/diagnosis";

export interface Probe {
  readonly permission: string;
  readonly leftOut?: string;
  /** Undefined where only an act would tell. */
  readonly ask?: () => Promise<unknown>;
}

export function checkPermissions(probes: readonly Probe[]): Promise<PermissionCheck[]> {
  return Promise.all(probes.map(async ({ ask, ...probe }) => ({ ...probe, ...(await stateOf(ask)) })));
}

async function stateOf(ask: Probe["ask"]): Promise<Pick<PermissionCheck, "state" | "why">> {
  if (!ask) return { state: "untried" };
  try {
    await ask();
    return { state: "allowed" };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error.permission === undefined ? { state: "unknown", why: error.message } : { state: "missing" };
  }
}
