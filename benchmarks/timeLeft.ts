/**
 * How soon refreshes really end, beside what `src/core/polling/rule.ts` expects, on the seeds that the rule was tuned on:
 * `node -r ./tools/typescript.cjs benchmarks/timeLeft.ts [400]`. The proportions between the rows are what the rule needs.
 */
import { TimeLeft } from "../src/core/polling/rule";
import { play } from "./refreshes";
import { playInWorld } from "./worldRefreshes";

const STEP_MS = 30_000;
const SHORTEST_MS = 25_000;

interface Seen {
  /** How often it was seen, how often it ended within the next step, and the sum of what was expected, in seconds. */
  times: number;
  ends: number;
  expected: number;
}

function seen(count: number): Map<string, Seen> {
  const rows = new Map<string, Seen>();
  for (let i = 0; i < count; i++) {
    for (const cloud of ["ess", "autoscaling"] as const) {
      for (const draw of [play, playInWorld]) {
        const played = draw(`tuning ${i}`, cloud);
        const timeLeft = new TimeLeft();
        for (let at = (i * 7_919) % STEP_MS; at < played.duration; at += STEP_MS) {
          const status = played.at(at);
          const left = timeLeft.see(status, at);
          // Each row is twice as far from the end as the one before.
          const name = `${status.status}, about ${(SHORTEST_MS * 2 ** Math.round(Math.log2(left / SHORTEST_MS))) / 1000} s`;
          const row = rows.get(name) ?? { times: 0, ends: 0, expected: 0 };
          row.times += 1;
          row.ends += played.duration <= at + STEP_MS ? 1 : 0;
          row.expected += left / 1000;
          rows.set(name, row);
        }
      }
    }
  }
  return rows;
}

console.log(
  "| status and time left as the rule sees it | seen | expected | one in so many seconds ends |\n|---|---|---|---|",
);
for (const [name, { times, ends, expected }] of [...seen(Number(process.argv[2] ?? 400))].sort()) {
  const truly = ends === 0 ? "none" : ((times * STEP_MS) / 1000 / ends).toFixed(0);
  console.log(`| ${name} | ${times} | ${(expected / times).toFixed(0)} s | ${truly} |`);
}
