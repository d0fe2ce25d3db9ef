/** When two spellings of arguments mean the same refresh. */
import { isDeepStrictEqual } from "node:util";
import { type Arguments, type CloudModule, isActive, type Refresh } from "../cloud";
import { type ArgumentKind, definitionOf } from "../definition/arguments";

/** True when everything that `asked` sets is so in `other`; what it leaves out never differs. Numbers may be in strings. */
export function contains(other: unknown, asked: unknown): boolean {
  if (asked === undefined || asked === null) return true;
  if (Array.isArray(asked)) {
    return (
      Array.isArray(other) &&
      other.length === asked.length &&
      asked.every((each, index) => contains(other[index], each))
    );
  }
  if (typeof asked === "object") {
    if (other === null || typeof other !== "object") return Object.keys(asked).length === 0;
    return Object.entries(asked).every(([key, each]) => contains((other as Arguments)[key], each));
  }
  if (other === undefined || other === null) return false;
  return typeof asked === typeof other ? asked === other : String(asked) === String(other);
}

/** Names of the top-level arguments of these kinds. */
export function argumentsOf(cloud: CloudModule, ...kinds: ArgumentKind[]): string[] {
  return Object.entries(cloud.definition.arguments.shape)
    .filter(([, schema]) => kinds.includes(definitionOf(schema as never).about?.kind as ArgumentKind))
    .map(([name]) => name);
}

/** Names of the arguments that go into a request. */
export function requestArguments(cloud: CloudModule): string[] {
  return argumentsOf(cloud, "group", "configuration", "preference");
}

/** The request arguments that say something else than `other` does. */
export function differences(
  cloud: CloudModule,
  asked: Arguments,
  other: Arguments,
  names = requestArguments(cloud),
): string[] {
  return names.filter((name) => !sameValue(cloud, name, asked[name], other[name]));
}

function sameValue(cloud: CloudModule, name: string, asked: unknown, other: unknown): boolean {
  return contains(other, asked) || cloud.isSame?.(name, asked, other) === true;
}

/**
 * True when the refresh is beyond doubt the one that the arguments ask for: everything set is echoed, and what shall run
 * is named by number. A refresh to `$Latest` may have begun before a newer version existed.
 */
export function isEqual(cloud: CloudModule, args: Arguments, refresh: Refresh): boolean {
  return cloud.isExplicit(args) && echoes(cloud, args, refresh);
}

/** True when the cloud echoes everything that the arguments set. */
export function echoes(cloud: CloudModule, args: Arguments, refresh: Refresh): boolean {
  return differences(cloud, args, refresh.arguments).length === 0;
}

/** Status of a refresh that waits for `hold` to be lifted: no cloud's word. */
export const HELD = "Held";

/** What a change of the arguments calls for. */
export interface Difference {
  /** Arguments whose change needs a new refresh. */
  replaces: string[];
  /** Properties that change in place. */
  updates: string[];
}

/**
 * Compares what is asked with what the state holds. Beside changed arguments, a recorded status that is not settled is
 * a change too: the update that follows attaches to the refresh, or fails again. So a refresh that was interrupted, or
 * that failed, never turns green by itself.
 */
export function diff(cloud: CloudModule, recorded: Arguments, asked: Arguments): Difference {
  const startOn = asked.startOn ?? cloud.startOnDefault;
  const starting = startOn === "anyChange" ? requestArguments(cloud) : argumentsOf(cloud, "group", "configuration");
  const changed = differences(cloud, asked, recorded);
  const replaces = changed.filter((name) => starting.includes(name));
  if (asked.triggers !== undefined && !isDeepStrictEqual(asked.triggers, recorded.triggers)) replaces.push("triggers");
  if (recorded.status === HELD) replaces.push("hold");

  const updates = changed.filter((name) => !starting.includes(name));
  // Held back, whatever it is: it stays a change until `hold` is lifted.
  if (asked.hold === true) for (const names of [replaces, updates]) names.length = 0;
  for (const name of argumentsOf(cloud, "policy")) {
    if (!isDeepStrictEqual(asked[name] ?? defaultOf(cloud, name), recorded[name] ?? defaultOf(cloud, name)))
      updates.push(name);
  }
  if (!isSettled(cloud, recorded, asked)) updates.push("status");
  return { replaces, updates };
}

/** True when nothing is left to do for what the state records: it ended as it should, or its end is not asked for. */
export function isSettled(cloud: CloudModule, recorded: Arguments, asked: Arguments): boolean {
  const status = recorded.status as string;
  if (asked.status !== undefined) return asked.status === status;
  if (asked.waitForCompletion === false || status === HELD) return true;
  const stage = cloud.statuses[status] ?? "unknown";
  return !isActive(stage) && (stage === "successful" || recorded.requestedStatus === status);
}

function defaultOf(cloud: CloudModule, name: string): unknown {
  const schema = cloud.definition.arguments.shape[name];
  return name === "startOn" ? cloud.startOnDefault : schema && definitionOf(schema as never).about?.default;
}
