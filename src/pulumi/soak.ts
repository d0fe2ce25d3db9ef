/** The soak time between two waves of a rollout: the wait itself, and the dynamic provider of its resource. */
import type { dynamic } from "@pulumi/pulumi";
import type { Clock } from "../core/clock";
import { DURATION_FORM, durationText, secondsOf } from "../core/durations";
import { heartbeat } from "./heartbeat";

/** The clock is read again this often: it may be an emulator's, which jumps. */
const LONGEST_SLEEP_MS = 10_000;

export interface SoakInputs {
  /** Such as `30m`. */
  duration: string;
  /** When the refreshes of the wave ended, by the cloud's clock, ISO 8601; null where no refresh was needed. */
  ends: (string | null)[];
  /** The next wave is not approved: there is nothing to wait for. */
  hold: boolean;
}

export interface SoakHost {
  readonly clock: Clock;
  progress(line: string): void;
  /** Ends the wait. Left out where nobody tells of Ctrl-C. */
  readonly signal?: AbortSignal;
}

/**
 * Waits until the refreshes of a wave have been over for the duration. The wait begins when the last refresh ended, so a
 * later run continues a wait that was killed and does not repeat one that is over. A cloud's clock that is ahead of this
 * machine's never makes the wait longer than the duration.
 * @throws Error when it is stopped
 */
export async function soak({ duration, ends, hold }: SoakInputs, { clock, progress, signal }: SoakHost): Promise<void> {
  const known = ends.filter((end) => end !== null).map((end) => Date.parse(end));
  if (hold || known.length === 0) return;
  const until = Math.min(Math.max(...known), clock.now()) + secondsOf(duration) * 1_000;
  const left = () => until - clock.now();
  if (left() <= 0) return;
  const minutesLeft = () => durationText(Math.max(1, Math.ceil(left() / 60_000)) * 60);
  const beat = heartbeat(progress, "Soaking");
  beat.progress(() => `Soaking until ${new Date(until).toISOString()}, ${minutesLeft()} left`);
  try {
    while (left() > 0 && !signal?.aborted) await clock.sleep(Math.min(left(), LONGEST_SLEEP_MS), signal);
  } finally {
    beat.stop();
  }
  if (left() > 0)
    throw new Error(
      `Stopped soaking, ${minutesLeft()} before its end.\nNext: run \`pulumi up\` again: it waits for the rest.`,
    );
}

/** What is wrong with the inputs; undefined when nothing is. */
export function soakIssue({ duration }: Pick<SoakInputs, "duration">): string | undefined {
  try {
    secondsOf(duration);
    return undefined;
  } catch {
    return `\`soak\` is ${JSON.stringify(duration)}; it must be ${DURATION_FORM}`;
  }
}

/** True when there may be something to wait for again. */
export function isSoakChanged(olds: SoakInputs, news: SoakInputs): boolean {
  const asked = ({ duration, ends, hold }: SoakInputs) => JSON.stringify([duration, ends, hold]);
  return asked(olds) !== asked(news);
}

type DynamicInputs = SoakInputs & { __urn: string };

export function soakProvider(clock: Clock, progress: (urn: string, line: string) => void): dynamic.ResourceProvider {
  const wait = (inputs: DynamicInputs) => soak(inputs, { clock, progress: (line) => progress(inputs.__urn, line) });
  return {
    async check(_olds, news) {
      const reason = soakIssue(news);
      return { inputs: news, ...(reason === undefined ? {} : { failures: [{ property: "duration", reason }] }) };
    },
    async diff(_id, olds, news) {
      return { changes: isSoakChanged(olds, news) };
    },
    async create(inputs) {
      await wait(inputs);
      return { id: inputs.__urn, outs: inputs };
    },
    async update(_id, _olds, news) {
      await wait(news);
      return { outs: news };
    },
  };
}
