/** The lifecycle of one refresh, the same for every cloud and every host. */

import { OVER } from "../clock";
import {
  type Arguments,
  CloudError,
  type CloudModule,
  type ConnectionSettings,
  isActive,
  type Refresh,
  stageOf,
} from "../cloud";
import { checkArguments, containsUnknown, type IsUnknown, type ValidationIssue } from "../definition/arguments";
import { withoutServiceDefaults } from "../definition/equivalence";
import { policiesOf } from "../definition/policies";
import { NoAnswerError } from "../polling/scheduler";
import { type PreviewLines, previewCreate } from "./assessment";
import { type Difference, diff, differences, HELD, isSettled, requestArguments, UNFULFILLED } from "./compare";
import { createOrAdopt } from "./create";
import { differs } from "./createErrors";
import { RefreshError } from "./errors";
import { find, followToEnd, gone, stop } from "./follow";
import { badEnd, endLine, nameOf } from "./messages";
import { appliesLater, changedSince, importLines, willAttach } from "./previewExisting";
import { Rollouts } from "./rollouts";
import { type Call, type Member, type Run, stopIfAsked, type Tools, warn, withinDeadline, withRetry } from "./run";
import { settle, transition } from "./settle";
import {
  importedProperties,
  isNone,
  noneId,
  noneProperties,
  outputsOf,
  type Properties,
  pendingProperties,
  propertiesOf,
  withArguments,
} from "./state";

/** A read waits no longer to compare the group with what is recorded. */
const LONGEST_COMPARISON_MS = 20_000;

/** What the state holds of a resource. */
export interface Recorded {
  id: string;
  properties: Properties;
}

/** A refresh that was read without a record. */
interface Imported {
  run: Run;
  refresh: Refresh;
  /** What the engine will record of it. */
  properties: Properties;
  /** Its lines have been shown. */
  isTold: boolean;
}

/** A read that found the refresh; `inputs` only where there were none before, at an import. */
export interface ReadResult extends Recorded {
  inputs?: Properties;
}

/** The lifecycle of the refreshes of one cloud. One per process: it remembers what diff saw for the create that follows. */
export class Lifecycle {
  /** By urn: the refresh that a create of this process would replace. */
  readonly #predecessors = new Map<string, string>();
  /** Ids that a create of this process has taken over or left alone: deleting the predecessor must not stop them. */
  readonly #left = new Set<string>();
  /** By urn: the refresh that the engine has read for an import. It checks the inputs for it next. */
  readonly #imported = new Map<string, Imported>();

  /** @param rollouts shared by the lifecycles of a process: a rollout may span clouds */
  constructor(
    readonly cloud: CloudModule,
    readonly tools: Tools,
    readonly rollouts = new Rollouts(),
  ) {}

  /** Every rule that needs no call, all issues at once. */
  check(inputs: Properties, isUnknown?: IsUnknown): { inputs: Properties; failures: ValidationIssue[] } {
    const { args, failures } = checkArguments(this.cloud.definition, inputs, isUnknown);
    return { inputs: args as Properties, failures };
  }

  /** What a change calls for, without a call. */
  diff(recorded: Recorded, asked: Arguments, urn: string): Difference {
    this.#predecessors.set(urn, recorded.id);
    return this.#difference(recorded.properties, asked, urn);
  }

  #difference(recorded: Properties, asked: Arguments, urn: string): Difference {
    const { replaces, updates } = diff(this.cloud, recorded, asked);
    // Nobody knows with which triggers an imported refresh was started: those of the program are recorded.
    if (!this.#imported.has(urn) || !replaces.includes("triggers")) return { replaces, updates };
    return { replaces: replaces.filter((name) => name !== "triggers"), updates: [...updates, "triggers"] };
  }

  /** Lines about a program in which nothing has changed, without a call. */
  previewUnchanged(args: Arguments, isUnknown: IsUnknown): string[] {
    const floating = this.cloud.floatingVersion?.(knownOf(args, isUnknown));
    return floating === undefined ? [] : [floating];
  }

  /** What can be seen of a create before it, by looking: lines for a person. Empty where too little is known yet. */
  async preview(args: Arguments, call: Call, isUnknown: IsUnknown): Promise<PreviewLines> {
    const known = knownOf(args, isUnknown);
    const complete = Object.keys(known).length === Object.keys(args).length;
    if (!isReachable(args, known) || known[this.cloud.groupArgument] === undefined)
      return { warnings: [], notes: [], startTime: [] };
    return this.#explained("could not be described", this.#groupOf(args), undefined, async () => {
      const run = await this.#begin(known, call, undefined, this.#toolsForAnswers());
      return previewCreate(run, this.#predecessors.get(call.urn), complete);
    });
  }

  /** What an import will take over, and in what the program says otherwise, in lines for a person. */
  async previewImport(id: string, args: Arguments, call: Call, isUnknown: IsUnknown): Promise<PreviewLines> {
    const known = knownOf(args, isUnknown);
    if (!isReachable(args, known)) return { warnings: [], notes: [], startTime: [] };
    return this.#explained("could not be described", this.#groupOf(known), id, async () => {
      const { run, refresh } = await this.#import(id, known, call, this.#toolsForAnswers());
      const different = differences(this.cloud, known, refresh.arguments);
      return importLines(run, refresh, different, different.length > 0);
    });
  }

  /**
   * The same, once, where the engine reads and compares by itself: nothing for a refresh that was not read for an import. The
   * engine refuses an import that a replacement would have to follow.
   */
  previewRead(urn: string, args: Arguments, isUnknown: IsUnknown): PreviewLines {
    const imported = this.#imported.get(urn);
    if (!imported || imported.isTold) return { warnings: [], notes: [], startTime: [] };
    imported.isTold = true;
    const { run, refresh, properties } = imported;
    const { replaces } = this.#difference(properties, args, urn);
    const different = differences(this.cloud, knownOf(args, isUnknown), refresh.arguments);
    return importLines(run, refresh, different, replaces.length > 0);
  }

  /** True for a create that only a replacement of what is imported would need: the engine never comes to it. */
  followsImport(urn: string): boolean {
    return this.#imported.has(urn);
  }

  /**
   * Starts a refresh, or adopts the one that this request had started already, and waits for its end.
   * @throws RefreshError, with `partialState` from the moment on that a refresh exists
   */
  async create(args: Arguments, call: Call): Promise<Recorded> {
    const { hold, rollout } = policiesOf(this.cloud, args);
    if (hold) return this.#held(args, call);
    return this.rollouts.within(
      rollout,
      call.urn,
      (member) =>
        this.#explained("was not started", this.#groupOf(args), undefined, () => this.#create(args, call, member)),
      () => call.progress("A refresh of the rollout failed: following those that were started"),
    );
  }

  async #create(args: Arguments, call: Call, member: Member | undefined): Promise<Recorded> {
    const run = { ...(await this.#begin(args, call)), halt: member?.halt, member };
    const predecessor = this.#predecessors.get(call.urn);
    member?.holds(false);
    const created = await createOrAdopt(run, predecessor);
    if (created.id === undefined && "held" in created) return this.#outsideWindow(run, created.held, predecessor);
    if (created.id === undefined) return this.#nothingRefreshed(run, created.unfulfilled);
    this.#left.add(created.id);
    if (created.adopted) call.notice(foundLine(created, policiesOf(this.cloud, args).onDelete));
    if (this.#isLeftToWave(run, created.id))
      return { id: created.id, properties: propertiesOf(this.cloud, args, created.refresh) };
    return this.#withPartialState(run, created.id, created.refresh, (onUpdate) =>
      this.#reconcile(run, created.id, onUpdate),
    );
  }

  /**
   * Takes over a refresh that somebody else started.
   * @throws RefreshError when there is no such refresh, or the arguments say something else than the cloud
   */
  async adopt(id: string, args: Arguments, call: Call): Promise<Recorded> {
    return this.rollouts.within(policiesOf(this.cloud, args).rollout, call.urn, async (member) => {
      member?.runs();
      const { run: imported, refresh } = await this.#explained("was not taken over", this.#groupOf(args), id, () =>
        this.#import(id, args, call),
      );
      const run = { ...imported, halt: member?.halt };
      const different = differences(this.cloud, args, refresh.arguments);
      if (different.length > 0) throw differs(run, refresh, different);
      this.#left.add(refresh.id);
      if (this.#isLeftToWave(run, refresh.id)) return { id, properties: propertiesOf(this.cloud, args, refresh) };
      return this.#withPartialState(run, id, refresh, (onUpdate) => this.#reconcile(run, refresh.id, onUpdate));
    });
  }

  /** The refresh as it stands now; undefined when it, and its group, are gone from where they were. */
  async read(
    id: string,
    recorded: Properties | undefined,
    args: Arguments,
    call: Call,
  ): Promise<ReadResult | undefined> {
    return this.#explained("could not be read", this.#groupOf(recorded ?? args), id, () =>
      this.#read(id, recorded, args, call),
    );
  }

  async #read(
    id: string,
    recorded: Properties | undefined,
    args: Arguments,
    call: Call,
  ): Promise<ReadResult | undefined> {
    if (!recorded) {
      const { run, refresh } = await this.#import(id, args, call);
      const policies = onlyPolicies(args, this.cloud);
      const properties = importedProperties(this.cloud, policies, refresh);
      this.#imported.set(call.urn, { run, refresh, properties, isTold: false });
      const inputs = { ...withoutServiceDefaults(this.cloud.definition.arguments, refresh.arguments), ...policies };
      // The state keeps the whole echo: a program may name a template by its id or by its name.
      return { id, inputs, properties };
    }
    if (isNone(id)) return { id, properties: recorded };
    const run = await this.#begin(recorded, call, id);
    const refresh = await find(run, this.#idOf(id));
    if (refresh?.stage === "successful") await this.#tellIfChanged(run, refresh);
    if (refresh) return { id, properties: { ...recorded, ...outputsOf(refresh) } };
    return (await this.#isGone(run, recorded)) ? undefined : { id, properties: recorded };
  }

  /** A group that others have changed since is no reason to start a refresh. A read says so. */
  async #tellIfChanged(run: Run, refresh: Refresh): Promise<void> {
    if (!this.cloud.isExplicit(run.args)) return;
    const tools = this.#toolsForAnswers();
    const deadline = tools.clock.now() + LONGEST_COMPARISON_MS;
    try {
      const changed = await withinDeadline({ tools, deadline }, async () => {
        const group = await run.api.group(run.args);
        return group && !(await group.runsDesired()) ? group : undefined;
      });
      if (changed) run.call.notice(changedSince(refresh, changed, run.call.urn));
    } catch (error) {
      // The refresh has been read all the same; a permission that only this needs may be missing.
      if (!(error instanceof CloudError)) throw error;
    }
  }

  /**
   * Does what `status` asks, or attaches to the refresh again; touches no machine of one that has ended.
   * @throws RefreshError, always with `partialState`
   */
  async update(recorded: Recorded, asked: Arguments, call: Call): Promise<Properties> {
    const isHeld = policiesOf(this.cloud, asked).hold;
    const args = isHeld ? withoutChanges(this.cloud, recorded.properties, asked) : asked;
    const merged = withArguments(this.cloud, recorded.properties, args);
    const unapplied = isHeld ? [] : this.#unappliedPreferences(recorded.properties, asked);
    if (unapplied.length > 0) call.notice(appliesLater(unapplied));
    if (isNone(recorded.id) || isSettled(this.cloud, recorded.properties, args)) return merged;
    const id = this.#idOf(recorded.id);
    const settled = await this.rollouts.within(policiesOf(this.cloud, args).rollout, call.urn, async (member) => {
      member?.runs();
      const run = await this.#explained("could not be followed", this.#groupOf(args), id, async () => ({
        ...(await this.#begin(args, call, recorded.id)),
        halt: member?.halt,
      }));
      const attach = async (onUpdate: (refresh: Refresh) => void) => {
        const refresh = await find(run, id);
        if (!refresh) throw await gone(run, id);
        return this.#reconcile(run, id, onUpdate, refresh);
      };
      return this.#withPartialState(run, recorded.id, undefined, attach, merged).catch((error: unknown) => {
        // Who has changed what was in the way wonders why nothing was started.
        if (error instanceof RefreshError && unapplied.length > 0) error.message += `\n${appliesLater(unapplied)}`;
        throw error;
      });
    });
    return settled.properties;
  }

  /**
   * Waits for the end of a refresh that was started with `rollout.startOnly`.
   * @param args without `rollout.startOnly`
   */
  async complete(id: string, args: Arguments, call: Call): Promise<Properties> {
    this.rollouts.handOver(policiesOf(this.cloud, args).rollout?.name, this.#idOf(id));
    return this.update({ id, properties: propertiesOf(this.cloud, args, undefined) }, args, call);
  }

  /** What an update will do beside changing the record, in lines for a person. Makes no call. */
  previewUpdate(recorded: Recorded, asked: Arguments, urn: string): string[] {
    const { properties, id } = recorded;
    const isHeld = policiesOf(this.cloud, asked).hold;
    const unapplied = isHeld ? [] : this.#unappliedPreferences(properties, asked);
    const lines = unapplied.length > 0 ? [appliesLater(unapplied)] : [];
    if (isNone(id) || isSettled(this.cloud, properties, asked) || asked.status !== undefined) return lines;
    const stage = stageOf(this.cloud.statuses, properties.status);
    return [...lines, willAttach(id, stage, properties, urn)];
  }

  /** Does what `onDelete` says with a refresh that still runs. Absent, or ended, is success. */
  async delete(recorded: Recorded, call: Call): Promise<void> {
    const policy = policiesOf(this.cloud, recorded.properties).onDelete;
    const id = this.#idOf(recorded.id);
    if (policy === "retain" || isNone(recorded.id) || this.#left.has(id)) return;
    const failed = `was not stopped, as \`onDelete: ${policy}\` asks`;
    await this.#explained(failed, this.#groupOf(recorded.properties), id, async () => {
      const run = await this.#begin(recorded.properties, call, recorded.id);
      const refresh = await find(run, id);
      if (refresh?.stage === "unknown") throw badEnd(this.cloud, refresh, call.urn);
      if (!refresh || !isActive(refresh.stage)) return;
      await stop(run, refresh, policy);
      await followToEnd(run, id, () => {});
    });
  }

  /** An error of the cloud that no refresh carries yet is one about this group, with what to do next. */
  async #explained<T>(what: string, group: string, id: string | undefined, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      throw new RefreshError({
        code: error.kind === "final" ? "refused" : "unreachable",
        group,
        refreshId: id,
        what: `The ${nameOf(this.cloud, group, id)} ${what}: ${error.message}.`,
        next: error.next ?? "correct what the cloud names, and run `pulumi up` again.",
        cause: error,
      });
    }
  }

  #groupOf(args: Arguments): string {
    return String(args[this.cloud.groupArgument] ?? "?");
  }

  /** Success without a refresh, or a request that the next run makes again. */
  #nothingRefreshed(run: Run, unfulfilled: string | undefined): Recorded {
    const id = noneId(run.group);
    if (unfulfilled === undefined) {
      run.call.notice(
        `No instance of group ${run.group} needs to be refreshed: none was started. Instances are compared by the id of their configuration; to replace them all the same, set \`skipMatching: false\``,
      );
      return { id, properties: noneProperties(run.args) };
    }
    warn(run, `${unfulfilled} The next \`pulumi up\` tries again.`);
    return { id, properties: pendingProperties(this.cloud, run.args, UNFULFILLED) };
  }

  /** Preferences that were changed and apply to the next refresh only. */
  #unappliedPreferences(recorded: Properties, asked: Arguments): string[] {
    const request = new Set(requestArguments(this.cloud));
    return diff(this.cloud, recorded, asked).updates.filter((name) => request.has(name));
  }

  /** Held until a deployment in a window; what runs meanwhile is left alone. */
  #outsideWindow(run: Run, line: string, predecessor: string | undefined): Recorded {
    run.member?.holds(true);
    if (predecessor !== undefined) this.#left.add(this.#idOf(predecessor));
    run.call.notice(line);
    return { id: noneId(run.group), properties: pendingProperties(this.cloud, run.args, HELD) };
  }

  /** Nothing is started, and the cloud is not asked, until `hold` is lifted. */
  #held(args: Arguments, call: Call): Recorded {
    const group = args[this.cloud.groupArgument];
    const why = args.rollout === undefined ? "`hold` is true" : "its wave is not approved";
    call.notice(`No refresh of group ${group} is started: ${why}`);
    return { id: noneId(String(group)), properties: pendingProperties(this.cloud, args, HELD) };
  }

  /** True when the wave waits for the refresh. Until it does, another step of the rollout that fails can follow it. */
  #isLeftToWave(run: Run, id: string): boolean {
    const { rollout } = policiesOf(this.cloud, run.args);
    const { status, waitForCompletion } = run.args;
    if (!rollout?.startOnly || status !== undefined || waitForCompletion === false) return false;
    this.rollouts.started(rollout.name, id, async () => {
      try {
        run.call.notice(endLine(await settle(run, id, () => {})));
      } catch (error) {
        const failed = error instanceof RefreshError ? error : unreachable(run, id, error);
        (run.call.error ?? run.call.notice)(failed.message);
      }
    });
    return true;
  }

  /** What the arguments want of a refresh that exists: a transition, its end, or just to know how it stands. */
  async #reconcile(run: Run, id: string, onUpdate: (refresh: Refresh) => void, seen?: Refresh): Promise<Refresh> {
    if (run.args.status === undefined && policiesOf(run.cloud, run.args).waitForCompletion)
      return settle(run, id, onUpdate);
    const refresh = seen ?? (await this.#firstStatus(run, id));
    return run.args.status === undefined ? refresh : transition(run, refresh, onUpdate);
  }

  /** A refresh that was just started may not be listed at once: the scheduler looks a few times. */
  async #firstStatus(run: Run, id: string): Promise<Refresh> {
    const first = new AbortController();
    const followed = await run.tools.scheduler.follow(run.api.source, id, {
      deadline: run.deadline,
      signal: AbortSignal.any([run.call.signal, first.signal]),
      onUpdate: () => first.abort(OVER),
    });
    if (followed.last) return followed.last;
    stopIfAsked(run, id);
    throw await gone(run, id);
  }

  /** Runs a step on a refresh that exists; an error of any kind carries what the state has to keep. */
  async #withPartialState(
    run: Run,
    id: string,
    seen: Refresh | undefined,
    step: (onUpdate: (refresh: Refresh) => void) => Promise<Refresh>,
    before?: Properties,
  ): Promise<Recorded> {
    let last = seen;
    const properties = () => (last || !before ? propertiesOf(this.cloud, run.args, last) : before);
    try {
      last = await step((refresh) => {
        last = refresh;
      });
      if (last.ended) run.call.notice(endLine(last));
      return { id, properties: properties() };
    } catch (error) {
      const failed = error instanceof RefreshError ? error : unreachable(run, id, error);
      failed.partialState = { id, properties: properties() };
      throw failed;
    }
  }

  /** Only answers are waited for: they take as long as ever beside an emulator with a fast clock. */
  #toolsForAnswers(): Tools {
    const { clock } = this.tools;
    return { ...this.tools, clock: clock.real ?? clock, clockOfWindows: clock };
  }

  async #import(id: string, args: Arguments, call: Call, tools = this.tools): Promise<{ run: Run; refresh: Refresh }> {
    if (!this.cloud.parseId(id)) throw wrongId(this.cloud, id, "is not the id of an instance refresh");
    const run = await this.#begin(args, call, id, tools);
    const refresh = await find(run, this.#idOf(id));
    if (!refresh) throw wrongId(this.cloud, id, `is not known in region ${run.api.region}`);
    return { run: { ...run, group: refresh.group }, refresh };
  }

  async #begin(args: Arguments, call: Call, id?: string, tools = this.tools): Promise<Run> {
    const given = args.connection as ConnectionSettings | undefined;
    const region = id === undefined ? undefined : this.cloud.parseId(id)?.region;
    const settings = { ...call.settings, ...(region ? { region } : {}), ...given };
    const deadline = tools.clock.now() + call.timeoutSeconds * 1000;
    // A source of credentials may be as slow as the cloud.
    const connect = async () => call.connect?.(settings) ?? this.cloud.connect(settings);
    const api = await withinDeadline({ tools, deadline }, connect);
    const group = this.#groupOf(args);
    if (id !== undefined && group !== "?") api.belongs?.(this.#idOf(id), group);
    return { cloud: this.cloud, api, args, group, call, tools, deadline };
  }

  #idOf(id: string): string {
    return this.cloud.parseId(id)?.id ?? id;
  }

  /** An empty answer counts only in the region and the account that the state was made in: a wrong one looks the same. */
  async #isGone(run: Run, recorded: Properties): Promise<boolean> {
    const home = this.cloud.homeOf(recorded);
    if (home.region === undefined || home.region !== run.api.region) return false;
    if (home.account !== undefined && home.account !== (await withRetry(run, () => run.api.account()))) return false;
    return (await withRetry(run, () => run.api.group(recorded))) === undefined;
  }
}

/** Nothing in a cloud says which resource started a refresh: one that was renamed may be deleted later, and stop it. */
function foundLine({ id, refresh }: { id: string; refresh?: Refresh }, onDelete: string): string {
  if (refresh?.ended) return `Found this refresh as ${id}: it has ended, starting none`;
  const found = `Found this refresh as ${id}: following it, starting none`;
  if (onDelete === "retain") return found;
  return `${found}. If this resource was renamed, give it an alias: \`onDelete\` is \`${onDelete}\`, and deleting the old resource in a later run would stop this refresh`;
}

/** The arguments that are known already at a preview. */
function knownOf(args: Arguments, isUnknown: IsUnknown): Arguments {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => !containsUnknown(value, isUnknown)));
}

/** False while it is not known how the cloud is to be reached. */
function isReachable(args: Arguments, known: Arguments): boolean {
  return args.connection === undefined || known.connection !== undefined;
}

function onlyPolicies(args: Arguments, cloud: CloudModule): Properties {
  const request = new Set(requestArguments(cloud));
  return Object.fromEntries(Object.entries(args).filter(([name]) => !request.has(name)));
}

/**
 * The arguments, but what would start a refresh as the program had asked it before: the change is still one when `hold`
 * is lifted. What only the cloud has echoed was not asked.
 */
function withoutChanges(cloud: CloudModule, recorded: Properties, args: Arguments): Arguments {
  const starting = [...requestArguments(cloud), "triggers"];
  const echoed = Array.isArray(recorded.echoed) ? recorded.echoed : requestArguments(cloud);
  const before = starting.map((name) => [name, echoed.includes(name) ? undefined : recorded[name]]);
  const merged = { ...args, ...Object.fromEntries(before) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

function unreachable(run: Run, id: string, error: unknown): RefreshError {
  const why =
    error instanceof CloudError || error instanceof NoAnswerError
      ? error.message
      : `an error of this library, please report it: ${String(error)}`;
  return new RefreshError({
    code: "unreachable",
    group: run.group,
    refreshId: id,
    what: `Lost contact with the ${nameOf(run.cloud, run.group, id)}, which goes on in the cloud: ${why}`,
    next: `${adviceOf(error)}run \`pulumi up\` again: it attaches to the refresh and follows it to its end.`,
    cause: error,
  });
}

/** What the cloud's error says to do, before what else there is to do. */
function adviceOf(error: unknown): string {
  const cause = error instanceof NoAnswerError ? error.cause : error;
  const advice = cause instanceof CloudError ? cause.next : undefined;
  return advice ? `${advice.replace(/\.$/, "")}; then ` : "correct the cause, and ";
}

function wrongId(cloud: CloudModule, id: string, what: string): RefreshError {
  return new RefreshError({
    code: "refused",
    group: "?",
    refreshId: id,
    what: `\`${id}\` ${what} (${cloud.name}).`,
    next: `give an id of the form ${cloud.idForms}, and check region and account (\`connection\`, or the provider's configuration).`,
  });
}
