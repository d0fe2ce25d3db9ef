/** What the scheduler calls at, and through what. It knows no cloud: a cloud gives it a source. */

/** What the scheduler needs to know of one answer about a refresh. */
export interface PolledStatus {
  /** True when the refresh will not change any more: its wait is over. */
  ended: boolean;
  /** How far it is, 0 to 1, as fine as the cloud tells it, falling in a rollback; absent when it does not tell. */
  fraction?: number;
  /** The cloud's word for its state. A new word begins a new phase, of which the pace is learned afresh. */
  status: string;
  /** The cloud's words for it. New words may mean that something holds it up. */
  reason?: string;
  /**
   * How long the present status lasts from its beginning, in milliseconds, where that is known beforehand: a bake time, the
   * pause of a checkpoint. Absent when it is not.
   */
  pauseMilliseconds?: number;
}

/** One API of one account and region: what shares a rate limit, and answers for several refreshes in one call. */
export interface Source<T extends PolledStatus = PolledStatus> {
  /** Account, region and API. Sources with equal keys answer alike: a call may go out through any of them. */
  readonly key: string;
  /** How many ids one call can answer: 20 in ESS; 1 where a call names the group. */
  readonly batch: number;
  /** Calls a second in the long run; 2 when not given. */
  readonly ratePerSecond?: number;
  /** Calls that may go out at once after a quiet time; 5 when not given. */
  readonly burst?: number;
  /** Status as of now, by id. An id that is missing is not known to the cloud (any more, or yet). */
  describe(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, T>>;
  /**
   * What an error of `describe` means. `throttled`: slow down and try again. `passing`: an error that may be gone the next
   * time. `final`: the same call would fail again.
   */
  classify(error: unknown): "throttled" | "passing" | "final";
}
