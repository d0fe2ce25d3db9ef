/** The wait for all refreshes of a wave, as one resource. Each of them is only started by its own resource. */
import { RefreshError } from "../core/lifecycle/errors";
import type { Lifecycle } from "../core/lifecycle/lifecycle";
import { isNone } from "../core/lifecycle/state";
import { type Host, handlersOf, type Operation } from "./handlers";
import { heartbeat } from "./heartbeat";
import type { Outcome } from "./outcome";
import { type Properties, UNKNOWN } from "./values";

/** A refresh to wait for. */
export interface Member {
  /** Of its resource: its lines appear there. */
  urn: string;
  cloud: string;
  id: string;
  /** Time to wait, in seconds. */
  timeoutSeconds?: number;
  /** Its group and its policies. */
  args: Properties;
}

export interface CompletionHost extends Host {
  lifecycleOf(cloud: string): Promise<Lifecycle>;
}

/** Outputs before the deployment. */
export function plannedCompletion(inputs: Properties): Properties {
  return { ...inputs, outcomes: UNKNOWN };
}

/** True when there is a refresh to wait for, or one less. */
export function isCompletionChanged(olds: Properties, news: Properties): boolean {
  return JSON.stringify(olds.members) !== JSON.stringify(news.members);
}

/**
 * Waits for all refreshes side by side. What is known to have ended well is not asked for again.
 * @throws Error when one did not end as it should, after all have ended; each has said why on its own row
 */
export async function complete(
  host: CompletionHost,
  urn: string,
  { members }: { members: readonly Member[] },
  before: readonly Outcome[] = [],
): Promise<Outcome[]> {
  const known = new Map(before.filter(({ status }) => status !== undefined).map((outcome) => [outcome.id, outcome]));
  const waits = members.filter(({ id, args }) => !known.has(id) && !isNone(id) && args.waitForCompletion !== false);
  const beat = heartbeat((line) => host.engine()?.progress(urn, line), "Waiting for the refreshes");
  const failed: { member: Member; error: unknown }[] = [];
  let ended = 0;
  const show = () =>
    beat.progress(
      `${ended} of ${waits.length} refreshes have ended${failed.length > 0 ? `, ${failed.length} badly` : ""}`,
    );
  const wait = async (member: Member): Promise<Outcome> => {
    try {
      return await completeOne(host, member);
    } catch (error) {
      failed.push({ member, error });
      return { name: nameOf(member), id: member.id, endTime: null };
    } finally {
      ended++;
      show();
    }
  };
  if (waits.length > 0) show();
  try {
    const found = new Map(await Promise.all(waits.map(async (each) => [each.id, await wait(each)] as const)));
    if (failed.length > 0) throw incomplete(failed, waits.length);
    return members.map(
      (member) =>
        found.get(member.id) ?? known.get(member.id) ?? { name: nameOf(member), id: member.id, endTime: null },
    );
  } finally {
    beat.stop();
  }
}

async function completeOne(host: CompletionHost, member: Member): Promise<Outcome> {
  const { urn, cloud, id, args, timeoutSeconds } = member;
  const operation: Operation = { urn, timeoutSeconds };
  try {
    const { status, endTime } = await handlersOf(await host.lifecycleOf(cloud), host).complete(operation, id, args);
    return { name: nameOf(member), id, status: String(status), endTime: typeof endTime === "string" ? endTime : null };
  } catch (error) {
    const isStopped = error instanceof RefreshError && error.code === "interrupted";
    if (!isStopped) host.engine()?.error(urn, (error as Error).message);
    throw error;
  }
}

/** The name of a refresh's resource. */
function nameOf({ urn }: Member): string {
  return urn.split("::").at(-1) ?? urn;
}

function incomplete(failed: readonly { member: Member; error: unknown }[], all: number): Error {
  const names = failed.map(({ member }) => `${nameOf(member)} (${member.id})`).join(", ");
  const stopped = failed.find(({ error }) => error instanceof RefreshError && error.code === "interrupted");
  return new Error(
    stopped
      ? `Stopped waiting for ${failed.length} of ${all} refreshes; they go on in the cloud: ${names}.\nNext: run \`pulumi up\` again: it goes on waiting for them.`
      : `${failed.length} of ${all} refreshes did not succeed: ${names}.\nNext: see the error of each; running \`pulumi up\` again without a change fails again and touches no machine.`,
  );
}
