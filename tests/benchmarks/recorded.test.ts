import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { record, regressions } from "../../benchmarks/recorded";

const figure = (name: string, measured: number, goal?: string) => ({ name, measured, goal, unit: "s", holds: true });

describe("the history of figures", () => {
  const folder = mkdtempSync(join(tmpdir(), "history-"));
  const file = join(folder, "history.json");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("names a figure that is worse than where it was recorded last, and no other", () => {
    writeFileSync(file, "[]");
    const entry = { date: "2026-11-28", machine: "2 CPUs" };
    record([figure("start [1 to 3]", 2, "at most 3"), figure("size", 5)], { version: "1.0.0", ...entry }, file);
    record([figure("lag", 4, "at most 5")], { version: "1.1.0", ...entry }, file);
    record([figure("lag", 3, "at most 5")], { version: "1.1.0", ...entry }, file);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject([
      { version: "1.0.0", figures: { start: 2 } },
      { version: "1.1.0", figures: { lag: 3 } },
    ]);
    const now = [figure("start [2 to 4]", 2.3, "at most 3"), figure("lag", 3.2, "at most 5"), figure("size", 50)];
    expect(regressions(now, file)).toEqual(["start: 2.3 s, 2 in 1.0.0"]);
  });
});
