/** A group on the page, which is followed while a page is open. Describes only. */
import type { GroupActivities } from "../../core/activities";
import { type CloudApi, CloudError, type CloudModule, cloudNow, isActive, type Refresh } from "../../core/cloud";
import { instancesText } from "../../core/lifecycle/messages";
import type { Tools } from "../../core/lifecycle/run";
import { pauseLeft, type TrackedRefresh, timeLeft, track } from "../../core/lifecycle/trackedRefresh";
import type { DashboardGroup, DashboardRefresh, GroupDetails, Problem } from "../../dashboard/group";
import { detailsOf, type GroupFound, merged, openSince } from "./details";
import type { LimitedCalls } from "./limitedCalls";

export interface FollowedTarget {
  readonly cloud: CloudModule;
  readonly api: CloudApi;
  readonly tools: Tools;
  /** Undefined until the refresh was described that is named. */
  readonly group: string | undefined;
  /** The refresh to show; the group's newest when not given. */
  readonly id?: string | undefined;
}

/** How often details are read while a refresh runs, and while none does. */
const DETAILS_MS = { running: 15_000, idle: 60_000 };
/** How often a group is asked for a new refresh: one of which the details are shown, and another. */
const IDLE_MS = { open: 15_000, closed: 60_000 };
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 300_000;

export class FollowedGroup {
  readonly #target: FollowedTarget;
  readonly #calls: LimitedCalls;
  readonly #problemOf: (error: unknown) => Problem;
  #isOpen = false;
  #tracked: TrackedRefresh | undefined;
  #row: DashboardRefresh | undefined;
  #found: GroupFound | undefined;
  #details: GroupDetails | undefined;
  #detailsAt = Number.NEGATIVE_INFINITY;
  #problem: Problem | undefined;
  #detailsProblem: Problem | undefined;
  #wakeUp = new AbortController();

  constructor(target: FollowedTarget, calls: LimitedCalls, problemOf: (error: unknown) => Problem) {
    this.#target = target;
    this.#calls = calls;
    this.#problemOf = problemOf;
  }

  get id(): string {
    const { cloud, api, group, id } = this.#target;
    return [cloud.key, api.region, group ?? id].join("/");
  }

  /** As the page shows it now. */
  shown(): DashboardGroup {
    const { cloud, api, group, id = "" } = this.#target;
    return {
      id: this.id,
      name: this.#tracked?.refresh.group ?? group ?? id,
      cloud: cloud.name,
      region: api.region,
      stage: this.#tracked?.refresh.stage,
      problem: this.#problem ?? this.#detailsProblem,
      refresh: () => this.#row,
      details: () => this.#details,
    };
  }

  /** @param isOpen its details are shown */
  open(isOpen: boolean): void {
    const opens = isOpen && !this.#isOpen;
    this.#isOpen = isOpen;
    if (opens) this.#wakeUp.abort();
  }

  /** Until the signal is aborted. What goes wrong is shown, and tried again. */
  async follow(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        const refresh = await this.#current(signal);
        if (refresh) this.#take(refresh);
        this.#problem = undefined;
        failures = 0;
        if (refresh && isActive(refresh.stage)) await this.#followRunning(refresh, signal);
        await this.#readDetails(signal);
        await this.#sleep(this.#isOpen ? IDLE_MS.open : IDLE_MS.closed, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#problem = this.#problemOf(error);
        await this.#sleep(Math.min(FIRST_RETRY_MS * 2 ** failures++, LONGEST_RETRY_MS), signal);
      }
    }
  }

  /** The refresh that is named, or the one that runs, else the newest. */
  async #current(signal: AbortSignal): Promise<Refresh | undefined> {
    const { api, group, id } = this.#target;
    const known = this.#tracked?.refresh;
    if (id !== undefined && known?.ended) return known;
    if (id === undefined) {
      const refreshes = await this.#calls.send(() => api.refreshes(group ?? ""), signal);
      return refreshes.find(({ stage }) => isActive(stage)) ?? refreshes[0];
    }
    const found = (await this.#calls.send(() => api.source.describe([id], signal), signal)).get(id);
    if (found) return found;
    throw new Error(`${id} is not known in region ${api.region}.`);
  }

  /** Its status by the scheduler of the process, as soon as that is worth a call; its details at intervals. */
  async #followRunning({ id }: Refresh, signal: AbortSignal): Promise<void> {
    const { api, tools } = this.#target;
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    const details = (async () => {
      while (!both.aborted) {
        await this.#readDetails(both);
        await this.#sleep(DETAILS_MS.running, both);
      }
    })();
    try {
      await tools.scheduler.follow(api.source, id, { signal, onUpdate: (refresh) => this.#take(refresh) });
    } finally {
      ended.abort();
      await details;
    }
    // What ended it happened since.
    this.#detailsAt = Number.NEGATIVE_INFINITY;
  }

  #take(refresh: Refresh): void {
    const now = this.#now();
    const before = this.#tracked?.refresh.id === refresh.id ? this.#tracked : undefined;
    if (!before) this.#forgetActivities();
    this.#tracked = track(before, refresh, now);
    this.#row = rowOf(this.#tracked, now);
    this.#showDetails();
  }

  /** Of a refresh before this one. */
  #forgetActivities(): void {
    this.#detailsAt = Number.NEGATIVE_INFINITY;
    if (this.#found) this.#found = { ...this.#found, activities: undefined };
  }

  /** Says what may not be read; that hides nothing else. */
  async #readDetails(signal: AbortSignal): Promise<void> {
    const { clock } = this.#target.tools;
    const refresh = this.#tracked?.refresh;
    const age = clock.now() - this.#detailsAt;
    const isDue = age >= (refresh && isActive(refresh.stage) ? DETAILS_MS.running : DETAILS_MS.idle);
    if (!this.#isOpen || !isDue || signal.aborted) return;
    try {
      const { problem, ...found } = await this.#calls.send(() => this.#find(refresh), signal);
      this.#found = found;
      this.#detailsProblem = problem;
      this.#showDetails();
    } catch (error) {
      if (!signal.aborted) this.#detailsProblem = this.#problemOf(error);
    }
    this.#detailsAt = clock.now();
  }

  #now(): number {
    return cloudNow(this.#target.api, this.#target.tools.clock);
  }

  async #find(refresh: Refresh | undefined): Promise<GroupFound & { problem: Problem | undefined }> {
    const { api, cloud } = this.#target;
    const group = refresh?.group ?? this.#target.group ?? "";
    const { activities, problem } = await this.#activities(refresh);
    const now = activities ?? (await api.instances(group));
    if (now) return { now, activities, problem, at: this.#now() };
    throw new Error(
      `Group ${group} (${cloud.name}, ${api.region}) does not exist. Check its name, --region, --profile and --cloud.`,
    );
  }

  /** Without the permission for them, instances are shown all the same. */
  async #activities(
    refresh: Refresh | undefined,
  ): Promise<{ activities: GroupActivities | undefined; problem: Problem | undefined }> {
    if (!refresh) return { activities: undefined, problem: undefined };
    const known = this.#found?.activities;
    const since = known && openSince(known);
    try {
      const fresh = await this.#target.api.activities(refresh, since);
      const activities = fresh && since !== undefined ? merged(known, fresh, since) : fresh;
      return { activities, problem: undefined };
    } catch (error) {
      if (!(error instanceof CloudError) || error.permission === undefined) throw error;
      return { activities: undefined, problem: this.#problemOf(error) };
    }
  }

  #showDetails(): void {
    this.#details = this.#found && detailsOf(this.#found, this.#tracked?.refresh);
  }

  /** Until the time is over, or somebody opens the details. */
  async #sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.#wakeUp = new AbortController();
    await this.#target.tools.clock.sleep(milliseconds, AbortSignal.any([signal, this.#wakeUp.signal]));
  }
}

function rowOf(tracked: TrackedRefresh, now: number): DashboardRefresh {
  const { refresh } = tracked;
  const { id, status, stage, fraction, reason, startTime, outputs } = refresh;
  const [left, pause] = [timeLeft(tracked, now), pauseLeft(tracked, now)];
  return {
    id,
    status,
    stage,
    fraction,
    progress: instancesText(refresh),
    reason,
    startTime: timeOf(startTime),
    endTime: timeOf(outputs.endTime),
    estimatedEnd: left === undefined ? undefined : now + left * 1000,
    pauseEnd: pause === undefined || refresh.isBaking ? undefined : now + pause * 1000,
  };
}

function timeOf(text: unknown): number | undefined {
  const time = Date.parse(String(text));
  return Number.isNaN(time) ? undefined : time;
}
