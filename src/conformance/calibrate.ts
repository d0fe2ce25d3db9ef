/** How long things took on an account: the forecast's constants, as they would be by this cassette. */
import type { Bench } from "./bench";
import type { Cassette } from "./cassette";
import { viewOf } from "./compare";
import type { Frame } from "./view";

export interface Duration {
  readonly name: "launch" | "warm-up" | "health check" | "termination" | "checkpoint pause" | "baking";
  /** Ascending; polls are 5 to 30 seconds apart, and so are they. */
  readonly seconds: readonly number[];
}

export function durationsOf(bench: Bench, cassette: Cassette): Duration[] {
  const found: Record<Duration["name"], number[]> = {
    launch: [],
    "warm-up": [],
    "health check": [],
    termination: [],
    "checkpoint pause": [],
    baking: [],
  };
  for (const name of cassette.scenarios) {
    const { frames } = viewOf(bench, cassette, name);
    const ids = new Set(frames.flatMap(({ machines }) => machines.map(({ id }) => id)));
    for (const id of ids) {
      const of = (frame: Frame) => frame.machines.find((machine) => machine.id === id);
      const first = frames.find((frame) => of(frame));
      const served = frames.find((frame) => of(frame)?.inService);
      // Only what was seen from its beginning.
      if (first && served && !of(first)?.inService && frames.indexOf(first) > 0)
        found.launch.push(served.at - first.at);
      const leaving = frames.find((frame) => of(frame)?.leaving);
      const gone = leaving && frames.find((frame) => frame.at > leaving.at && !of(frame));
      if (leaving && gone) found.termination.push(gone.at - leaving.at);
      const counted = served && countedAfter(frames, id, served);
      if (counted) found[counted.byWarmUp ? "warm-up" : "health check"].push(counted.seconds);
    }
    const stretch = (is: (frame: Frame) => boolean) => {
      const held = frames.filter(is);
      const [first, last] = [held[0], held.at(-1)];
      return first && last && held.length > 1 ? [last.at - first.at] : [];
    };
    found["checkpoint pause"].push(...stretch(({ refresh }) => refresh?.status === "CheckpointPause"));
    found.baking.push(...stretch(({ refresh }) => refresh?.status === "Baking"));
  }
  return Object.entries(found).map(([name, seconds]) => ({
    name: name as Duration["name"],
    seconds: seconds.sort((one, other) => one - other),
  }));
}

/**
 * Until a new machine counts: by its warm-up, or later, when the service knows its health. Only where it is the one that
 * the refresh waits for.
 */
function countedAfter(frames: readonly Frame[], id: string, served: Frame) {
  const before = frames[frames.indexOf(served) - 1];
  if (!before?.refresh || !served.refresh || before.refresh.ended) return undefined;
  const percent = before.refresh.percent;
  const counted = frames.find(({ at, refresh }) => at >= served.at && (refresh?.percent ?? 0) > percent);
  if (!counted) return undefined;
  const known = new Set(before.machines.map((machine) => machine.id));
  const isAlone = frames
    .filter(({ at }) => at >= before.at && at < counted.at)
    .every(({ machines }) =>
      machines.every((machine) => machine.id === id || machine.leaving || (machine.inService && known.has(machine.id))),
    );
  if (!isAlone) return undefined;
  const seconds = counted.at - served.at;
  const preferences = (served.refresh.members.Preferences ?? {}) as { readonly InstanceWarmup?: unknown };
  const warmUp = Number(preferences.InstanceWarmup ?? 0);
  // The poll before the one that shows it came too early.
  const last = frames[frames.indexOf(counted) - 1] ?? served;
  return { seconds, byWarmUp: warmUp > 0 && last.at - served.at <= warmUp };
}

export function calibrationText(durations: readonly Duration[]): string[] {
  return durations
    .filter(({ seconds }) => seconds.length > 0)
    .map(({ name, seconds }) => {
      const at = (share: number) => seconds[Math.min(seconds.length - 1, Math.floor(share * seconds.length))];
      return `${name}: ${at(0.05)} to ${at(0.95)} s, half of them within ${at(0.5)} s (${seconds.length} seen)`;
    });
}
