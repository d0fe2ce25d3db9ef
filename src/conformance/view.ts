/** A played scenario in words that fit both clouds. It is read from the cassette, never from the service. */
import type { Entry } from "./cassette";

/** The group in one poll. */
export interface Frame {
  /** Seconds since the scenario began. */
  readonly at: number;
  /** The newest refresh; undefined before the first. */
  readonly refresh: SeenRefresh | undefined;
  readonly machines: readonly SeenMachine[];
}

interface SeenRefresh {
  readonly id: string;
  readonly status: string;
  readonly reason: string | undefined;
  /** Of what is to be replaced, 0 to 100. */
  readonly percent: number;
  readonly ended: boolean;
  /** As it was described. */
  readonly members: Readonly<Record<string, unknown>>;
}

interface SeenMachine {
  readonly id: string;
  /** In the vendor's word. */
  readonly state: string;
  readonly inService: boolean;
  readonly leaving: boolean;
  /** What it was launched from. */
  readonly version: string;
}

export interface View {
  readonly frames: readonly Frame[];
  readonly entries: readonly Entry[];
}

/** The frames from the first refresh on. */
function refreshing({ frames }: View): readonly Frame[] {
  return frames.filter(({ refresh }) => refresh !== undefined);
}

function last<T>(items: readonly T[]): T | undefined {
  return items[items.length - 1];
}

function lastFrame(view: View): Frame | undefined {
  return last(view.frames);
}

/** How a call went: `taken`, or code and text of the refusal. */
export const answer =
  (label: string) =>
  ({ entries }: View): unknown => {
    const entry = entries.find(({ step }) => step === label);
    if (!entry) return undefined;
    if (entry.status < 400) return "taken";
    const { Code, Message, message } = entry.answer as Record<string, unknown>;
    return `${entry.status} ${Code}: ${template(String(Message ?? message ?? ""))}`;
  };

/** A member of a call's answer, by its path. */
export const answered =
  (label: string, ...path: readonly (string | number)[]) =>
  ({ entries }: View): unknown => {
    const entry = last(entries.filter(({ step }) => step === label));
    return entry && plain(memberAt(entry.answer, path));
  };

/** A member of the refresh as it was described at last. */
export const described =
  (...path: readonly (string | number)[]) =>
  (view: View): unknown => {
    const refresh = lastFrame(view)?.refresh;
    return refresh && (plain(memberAt(refresh.members, path)) ?? "absent");
  };

export const endStatus = (view: View): unknown => {
  const refresh = lastFrame(view)?.refresh;
  if (!refresh) return "no refresh";
  return refresh.ended ? refresh.status : `${refresh.status}, not ended`;
};

export const endPercent = (view: View): unknown => lastFrame(view)?.refresh?.percent;

export const endReason = (view: View): unknown => {
  const refresh = lastFrame(view)?.refresh;
  return refresh && template(refresh.reason ?? "none");
};

/** Fewest machines in service during the refresh. */
export const leastInService = (view: View): unknown => {
  const counts = refreshing(view).map(({ machines }) => machines.filter(({ inService }) => inService).length);
  return counts.length === 0 ? undefined : Math.min(...counts);
};

/** Most machines that were launching or in service during the refresh. */
export const mostMachines = (view: View): unknown => {
  const counts = refreshing(view).map(({ machines }) => machines.filter(({ leaving }) => !leaving).length);
  return counts.length === 0 ? undefined : Math.max(...counts);
};

/** How many of the machines that were there before the refresh are there no more. */
export const replaced = (view: View): unknown => {
  const [begun] = refreshing(view);
  if (!begun) return undefined;
  const before = last(view.frames.filter(({ at, refresh }) => at <= begun.at && !refresh)) ?? begun;
  const left = new Set(lastFrame(view)?.machines.map(({ id }) => id));
  return before.machines.filter(({ id }) => !left.has(id)).length;
};

/** How many machines of each version are in service at the end. */
export const versionsAtEnd = (view: View): unknown => {
  const counts: Record<string, number> = {};
  for (const { version, inService } of lastFrame(view)?.machines ?? []) {
    if (inService) counts[version] = (counts[version] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort());
};

/** Whether the refresh was ever seen so; not being seen proves nothing, as polls are seconds apart. */
export const wasSeen =
  (status: string, more: (frame: Frame) => unknown = () => true) =>
  (view: View): unknown => {
    const frame = refreshing(view).find((each) => each.refresh?.status === status);
    return frame && more(frame);
  };

/** Whether the play has met a state at all. For states that last for longer than the time between two polls. */
export const met =
  (is: (frame: Frame) => boolean) =>
  (view: View): unknown =>
    refreshing(view).length === 0 ? undefined : refreshing(view).some(is);

/** For how long the condition held without a break, in minutes, rounded; polls are seconds apart. */
export const minutesOf =
  (is: (frame: Frame) => boolean) =>
  (view: View): unknown => {
    let longest = 0;
    let since: number | undefined;
    for (const frame of refreshing(view)) {
      since = is(frame) ? (since ?? frame.at) : undefined;
      if (since !== undefined) longest = Math.max(longest, frame.at - since);
    }
    return refreshing(view).length === 0 ? undefined : Math.round(longest / 60);
  };

/** A text without what differs from play to play: references, and the blanks around. */
export function template(text: string): string {
  return text
    .replace(/(?:‹[^›]*›[-,:;/]? ?(?=‹))*‹[^›]*›/g, "…")
    .replace(/from \d+ to \d+/g, "from # to #")
    .trimEnd();
}

export function memberAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (at !== null && typeof at === "object" ? (at as Record<string | number, unknown>)[name] : undefined),
    value,
  );
}

/** A member as two plays can be compared by it. */
function plain(value: unknown): unknown {
  if (typeof value === "string") return template(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}
