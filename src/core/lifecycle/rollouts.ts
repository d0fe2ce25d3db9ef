/**
 * Refreshes that fail together. When a step fails, Pulumi's engine begins nothing more but lets what is under way go on:
 * a refresh that should stop with the others has to be told within the process that follows it.
 */
import { RefreshError, type RefreshErrorCode } from "./errors";

/** Ends that say nothing about the machines of the rollout. */
const NO_VERDICT: readonly RefreshErrorCode[] = ["interrupted", "halted", "unreachable"];

interface Rollout {
  members: number;
  readonly halt: AbortController;
}

export class Rollouts {
  readonly #running = new Map<string, Rollout>();

  /**
   * Runs a step of a refresh as part of its rollout. The signal is aborted when another one of the rollout fails. A
   * rollout is forgotten with the last step: the next deployment in this process begins again.
   */
  async within<T>(name: string | undefined, step: (halt: AbortSignal | undefined) => Promise<T>): Promise<T> {
    if (name === undefined) return step(undefined);
    const rollout = this.#running.get(name) ?? { members: 0, halt: new AbortController() };
    this.#running.set(name, rollout);
    rollout.members++;
    try {
      return await step(rollout.halt.signal);
    } catch (error) {
      if (!(error instanceof RefreshError && NO_VERDICT.includes(error.code))) rollout.halt.abort();
      throw error;
    } finally {
      if (--rollout.members === 0) this.#running.delete(name);
    }
  }
}
