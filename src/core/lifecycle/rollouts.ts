/**
 * Refreshes that belong together: they fail together, a wave waits for the one before it, and only so many run at once.
 * Pulumi's engine begins nothing more when a step fails, but lets what is under way go on: who should stop, or wait, has
 * to be told within the process that follows it.
 */
import type { Policies } from "../definition/policies";
import { RefreshError, type RefreshErrorCode } from "./errors";
import type { Member } from "./run";

/** Ends that say nothing about the machines of the rollout. */
const NO_VERDICT: readonly RefreshErrorCode[] = ["interrupted", "halted", "outsideWindow", "unreachable"];

/** `undecided` until it is known whether its refresh runs already: until then, nobody knows how many do. */
type Standing = "undecided" | "waiting" | "running";

/** Follows a refresh to its end and says on its row how it ended; never rejects. */
type Follow = () => Promise<void>;

interface Rollout {
  readonly standings: Map<symbol, Standing>;
  readonly halt: AbortController;
  /** Called when a place may have become free. */
  readonly wakers: Set<() => void>;
  /** By id: refreshes that were started, and for which the wave has not begun to wait. */
  readonly started: Map<string, Follow>;
}

export class Rollouts {
  readonly #running = new Map<string, Rollout>();
  /** By rollout: the refreshes that are held, with their waves. Kept while none runs, as a wave begins when another is over. */
  readonly #held = new Map<string, Map<string, number>>();

  /**
   * Runs a step of a refresh as part of its rollout. The signal is aborted when another one of the rollout fails. A
   * rollout is forgotten with the last step: the next deployment in this process begins again.
   *
   * After a failure the engine never comes to wait for the wave. So the step that failed follows what was started.
   * @param urn of the resource
   * @param onOthers called when the step has ended and begins to follow the others
   */
  async within<T>(
    policy: Policies["rollout"],
    urn: string,
    step: (member: Member | undefined) => Promise<T>,
    onOthers: () => void = () => {},
  ): Promise<T> {
    if (policy === undefined) return step(undefined);
    const { name } = policy;
    const rollout = this.#rollout(name);
    const own = Symbol(urn);
    rollout.standings.set(own, "undecided");
    try {
      return await step(this.#memberOf(rollout, own, policy, urn));
    } catch (error) {
      if (!(error instanceof RefreshError && NO_VERDICT.includes(error.code))) rollout.halt.abort();
      throw error;
    } finally {
      if (rollout.halt.signal.aborted) await followStarted(rollout, onOthers);
      rollout.standings.delete(own);
      wake(rollout);
      if (rollout.standings.size === 0 && rollout.started.size === 0) this.#running.delete(name);
    }
  }

  /** A refresh was started within a step, and the step does not wait for it. */
  started(name: string, id: string, follow: Follow): void {
    this.#rollout(name).started.set(id, follow);
  }

  /** The wave waits for this refresh from now on. */
  handOver(name: string | undefined, id: string): void {
    if (name !== undefined) this.#running.get(name)?.started.delete(id);
  }

  #rollout(name: string): Rollout {
    const rollout = this.#running.get(name) ?? {
      standings: new Map(),
      halt: new AbortController(),
      wakers: new Set(),
      started: new Map(),
    };
    this.#running.set(name, rollout);
    return rollout;
  }

  #memberOf(
    rollout: Rollout,
    own: symbol,
    { name, wave = 0, maxConcurrent = Number.POSITIVE_INFINITY }: NonNullable<Policies["rollout"]>,
    urn: string,
  ): Member {
    const held = this.#held.get(name) ?? new Map<string, number>();
    this.#held.set(name, held);
    const stand = (standing: Standing) => {
      rollout.standings.set(own, standing);
      wake(rollout);
    };
    const hasPlace = () => {
      const others = [...rollout.standings].filter(([each]) => each !== own).map(([, standing]) => standing);
      return !others.includes("undecided") && others.filter((each) => each === "running").length < maxConcurrent;
    };
    return {
      halt: rollout.halt.signal,
      runs: () => stand("running"),
      async place(signal, onWait) {
        if (rollout.standings.get(own) === "running") return false;
        stand("waiting");
        let waited = false;
        while (!hasPlace() && !signal.aborted && !rollout.halt.signal.aborted) {
          waited = true;
          onWait(maxConcurrent);
          await woken(rollout, AbortSignal.any([signal, rollout.halt.signal]));
        }
        stand("running");
        return waited;
      },
      waits: () => stand("waiting"),
      isBehindHeld: () => [...held.values()].some((other) => other < wave),
      holds: (isHeld) => {
        if (isHeld) held.set(urn, wave);
        else held.delete(urn);
      },
    };
  }
}

async function followStarted({ started }: Rollout, onOthers: () => void): Promise<void> {
  if (started.size > 0) onOthers();
  const follows = [...started.values()];
  started.clear();
  await Promise.all(follows.map((follow) => follow()));
}

function wake({ wakers }: Rollout): void {
  const all = [...wakers];
  wakers.clear();
  for (const each of all) each();
}

function woken({ wakers }: Rollout, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    wakers.add(resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
