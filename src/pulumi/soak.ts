/** The wait between two waves of a rollout, as hooks of a dynamic resource. */
import type { dynamic } from "@pulumi/pulumi";
import type { Clock } from "../core/clock";
import { secondsOf } from "../core/durations";

/** How often the line beside the resource is brought up to date. */
const REPORT_MS = 10_000;

interface SoakInputs {
  /** Such as `30m`. */
  duration: string;
  /** When the refreshes of the wave ended, in the clouds' time, ISO 8601; null for one that none was needed for. */
  ends: (string | null)[];
  /** No wave is waiting to begin. */
  hold: boolean;
  __urn: string;
}

/**
 * Waits until the last refresh of a wave has been over for the duration. The time is counted from what the clouds say,
 * so a wait that was killed goes on where it was, and one that is over is not repeated.
 */
export function soakHooks(clock: Clock, progress: (urn: string, line: string) => void): dynamic.ResourceProvider {
  async function wait({ duration, ends, hold, __urn }: SoakInputs): Promise<void> {
    const known = ends.filter((end) => end !== null).map((end) => Date.parse(end));
    if (hold || known.length === 0) return;
    const until = Math.max(...known) + secondsOf(duration) * 1_000;
    for (let left = until - clock.now(); left > 0; left = until - clock.now()) {
      progress(__urn, `Soaking until ${new Date(until).toISOString()}, ${Math.ceil(left / 60_000)} min left`);
      await clock.sleep(Math.min(left, REPORT_MS));
    }
  }

  return {
    async check(_olds, news) {
      try {
        secondsOf(news.duration);
        return { inputs: news };
      } catch {
        const reason = `\`soak\` is ${JSON.stringify(news.duration)}; it must be a duration such as "90s", "1h30m" or "1d"`;
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
