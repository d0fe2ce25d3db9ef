/** When a refresh may start, judged by an oracle that shares nothing with the code. */
import { startRulesOf } from "../../../src/core/windows/startRules";
import { startAt } from "../../../src/core/windows/startTime";
import { createRandom } from "../../../src/simulation/random";
import { argumentsOf, neededIn, timeNear, windowCase } from "./cases";
import { Oracle } from "./oracle";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

test("a start is allowed just when the clock on the wall says so, and the next opening is the first one that is long enough", () => {
  const random = createRandom("windows");
  for (let index = 0; index < 50; index++) {
    const asked = windowCase(random);
    const oracle = new Oracle(asked.windows, asked.freezes, asked.around - 3 * DAY_MS, 8 * 24 * 60);
    const rules = startRulesOf(argumentsOf(asked));
    if (!rules) throw new Error("there is nothing to judge");
    for (let time = 0; time < 3; time++) {
      const now = timeNear(random, asked);
      const needed = neededIn(random, asked);
      const found = startAt(rules, now, needed);
      const where = JSON.stringify({ ...argumentsOf(asked), now: new Date(now).toISOString(), needed, found });
      expect(`${found.open} ${where}`).toBe(`${oracle.allows(now, needed)} ${where}`);
      if (found.open) continue;
      // Every minute until then, and then: the oracle is asked for all of them.
      const next = found.next?.at ?? Number.POSITIVE_INFINITY;
      const last = Math.min(next, oracle.from + (oracle.minutes - 24 * 60) * MINUTE_MS);
      for (let at = now; at < last; at = at - (at % MINUTE_MS) + MINUTE_MS) {
        if (oracle.allows(at, needed))
          throw new Error(`it may start at ${new Date(at).toISOString()} already: ${where}`);
      }
      if (next === last) expect(`${oracle.allows(next, needed)} ${where}`).toBe(`true ${where}`);
    }
  }
});
