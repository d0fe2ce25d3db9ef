/** The soak time between two waves of a rollout, as the dynamic provider of a resource. */
import type { dynamic } from "@pulumi/pulumi";
import type { Clock } from "../core/clock";
import { DURATION_FORM, durationText, secondsOf } from "../core/durations";
import { heartbeat } from "./heartbeat";

/** The clock is read again this often: it may be an emulator's, which jumps. */
const LONGEST_SLEEP_MS = 10_000;

interface SoakInputs {
  /** Such as `30m`. */
  duration: string;
  /** When the refreshes of the wave ended, by the cloud's clock, ISO 8601; null where no refresh was needed. */
  ends: (string | null)[];
  /** The next wave is not approved: there is nothing to wait for. */
  hold: boolean;
  __urn: string;
}

/**
 * Waits until the refreshes of a wave have been over for the duration. The wait begins when the last refresh ended, so a
 * later run continues a wait that was killed and does not repeat one that is over. A cloud's clock that is ahead of this
 * machine's never makes the wait longer than the duration.
 */
export function soakProvider(clock: Clock, progress: (urn: string, line: string) => void): dynamic.ResourceProvider {
  async function wait({ duration, ends, hold, __urn }: SoakInputs): Promise<void> {
    const known = ends.filter((end) => end !== null).map((end) => Date.parse(end));
    if (hold || known.length === 0) return;
    const until = Math.min(Math.max(...known), clock.now()) + secondsOf(duration) * 1_000;
    const left = () => until - clock.now();
    if (left() <= 0) return;
    const beat = heartbeat((line) => progress(__urn, line), "Soaking");
    beat.progress(() => {
      const minutes = Math.max(1, Math.ceil(left() / 60_000));
      return `Soaking until ${new Date(until).toISOString()}, ${durationText(minutes * 60)} left`;
    });
    try {
      while (left() > 0) await clock.sleep(Math.min(left(), LONGEST_SLEEP_MS));
    } finally {
      beat.stop();
    }
  }

  return {
    async check(_olds, news) {
      try {
        secondsOf(news.duration);
        return { inputs: news };
      } catch {
        const reason = `\`soak\` is ${JSON.stringify(news.duration)}; it must be ${DURATION_FORM}`;
        return { inputs: news, failures: [{ property: "duration", reason }] };
      }
    },
    async diff(_id, olds, news) {
      const asked = ({ duration, ends, hold }: SoakInputs) => JSON.stringify([duration, ends, hold]);
      return { changes: asked(olds) !== asked(news) };
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
