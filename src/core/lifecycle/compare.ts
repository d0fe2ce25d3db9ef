/** What a change of the arguments calls for, and when a refresh is the one that they ask for. */
import { isDeepStrictEqual } from "node:util";
import { type Arguments, type CloudModule, isActive, type Refresh, stageOf } from "../cloud";
import { type ArgumentKind, definitionOf } from "../definition/arguments";
import { changes, type MemberDifference, mismatches, unmet } from "../definition/equivalence";
import { policiesOf, policyDefault } from "../definition/policies";

/** Names of the top-level arguments of these kinds. */
export function argumentsOf(cloud: CloudModule, ...kinds: ArgumentKind[]): string[] {
  return kindsOf(cloud).flatMap(([name, kind]) => (kind !== undefined && kinds.includes(kind) ? name : []));
}

type Kinds = readonly (readonly [name: string, kind: ArgumentKind | undefined])[];

const kindsByDefinition = new WeakMap<CloudModule["definition"], Kinds>();

function kindsOf({ definition }: CloudModule): Kinds {
  const known = kindsByDefinition.get(definition);
  if (known) return known;
  const shape = Object.entries(definition.arguments.shape);
  const kinds = shape.map(([name, schema]) => [name, definitionOf(schema as never).about?.kind] as const);
  kindsByDefinition.set(definition, kinds);
  return kinds;
}

/** Names of the arguments that go into a request. */
export function requestArguments(cloud: CloudModule): string[] {
  return argumentsOf(cloud, "group", "configuration", "preference");
}

/** Status of a refresh that waits for `hold` to be lifted, or for a time at which it may start: no cloud's word. */
export const HELD = "Held";

/** Status of a request that found nothing to refresh although the group does not run what is asked: the next run tries again. */
export const UNFULFILLED = "NothingRefreshed";

/** What a change of the arguments calls for. */
export interface Difference {
  /** Arguments whose change needs a new refresh. */
  replaces: string[];
  /** Properties that change in place. */
  updates: string[];
}

/**
 * Compares what is asked with what the state holds. An argument that was asked before is compared in full: a member that
 * is now left out is a change. One that only the cloud has echoed differs where the program says otherwise. A recorded
 * status that is not settled is a change too: the update that follows attaches to the refresh, or fails again. So a
 * refresh that was interrupted, or that failed, never turns green by itself.
 */
export function diff(cloud: CloudModule, recorded: Arguments, asked: Arguments): Difference {
  const { startOn, hold } = policiesOf(cloud, asked);
  const starting = startOn === "anyChange" ? requestArguments(cloud) : argumentsOf(cloud, "group", "configuration");
  const changed = changedArguments(cloud, recorded, asked);
  const replaces = changed.filter((name) => starting.includes(name));
  if (!isDeepStrictEqual(asked.triggers, recorded.triggers)) replaces.push("triggers");
  if (recorded.status === HELD && recorded.hold === true) replaces.push("hold");
  else if (recorded.status === HELD || recorded.status === UNFULFILLED) replaces.push("status");

  const updates = changed.filter((name) => !starting.includes(name));
  // Held back, whatever it is: it stays a change until `hold` is lifted.
  if (hold) for (const names of [replaces, updates]) names.length = 0;
  for (const name of argumentsOf(cloud, "policy")) {
    const [now, before] = [asked, recorded].map((each) => each[name] ?? policyDefault(cloud, name));
    if (!isDeepStrictEqual(now, before)) updates.push(name);
  }
  if (!isSettled(cloud, recorded, asked) && recorded.status !== UNFULFILLED) updates.push("status");
  return { replaces, updates };
}

/** The request arguments in which the program says something else than it did, or than what it took over. */
function changedArguments(cloud: CloudModule, recorded: Arguments, asked: Arguments): string[] {
  const wasAsked = askedBefore(recorded);
  const schema = cloud.definition.arguments;
  return requestArguments(cloud).filter((name) => {
    const differences = wasAsked(name)
      ? changes(schema, name, recorded[name], asked[name])
      : unmet(schema, name, asked[name], recorded[name]);
    return differences.length > 0;
  });
}

/**
 * Tells the arguments that the program has set from those that the cloud has echoed. A state without that record comes
 * from elsewhere (an import, the bridged resource): nothing in it is known to have been asked.
 */
function askedBefore({ echoed }: Arguments): (name: string) => boolean {
  return (name) => Array.isArray(echoed) && !echoed.includes(name);
}

/** True when nothing is left to do for what the state records: it ended as it should, or its end is not asked for. */
export function isSettled(cloud: CloudModule, recorded: Arguments, asked: Arguments): boolean {
  const { status, requestedStatus } = recorded;
  if (typeof status !== "string" || status === "") return false;
  if (asked.status !== undefined) return asked.status === status;
  if (status === HELD) return true;
  const stage = stageOf(cloud.statuses, status);
  if (stage === "unknown") return false;
  if (!policiesOf(cloud, asked).waitForCompletion) return true;
  return !isActive(stage) && (stage === "successful" || requestedStatus === status);
}

/** Members in which the arguments say something else than the cloud echoes; what they leave out never differs. */
export function differences(cloud: CloudModule, asked: Arguments, echo: Arguments): MemberDifference[] {
  const schema = cloud.definition.arguments;
  return requestArguments(cloud).flatMap((name) => unmet(schema, name, asked[name], echo[name]));
}

/**
 * True when the refresh asks for the same as the arguments, in both directions: everything set is echoed, and what is
 * echoed beside that is what the service fills in by itself.
 * @param fills what it fills in from the settings of the group
 */
export function isSameRequest(cloud: CloudModule, args: Arguments, refresh: Refresh, fills?: Arguments): boolean {
  const schema = cloud.definition.arguments;
  return requestArguments(cloud).every(
    (name) => mismatches(schema, name, args[name], refresh.arguments[name], fills).length === 0,
  );
}
