/** All recordings that there are, and what a recording says of the facts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { benches } from "../../src/conformance";
import { readCassette, writeCassette } from "../../src/conformance/cassette";
import { recordOnEmulator } from "../../src/conformance/replay";
import { findingsIn } from "../../src/conformance/scan";
import { facts } from "../../src/facts";
import { validatedBy } from "../../tools/validatedFacts";

const folder = join(__dirname, "../../cassettes");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

test.each(files)("%s tells nothing of an account", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  expect(findingsIn(text, [])).toEqual([]);
  expect(writeCassette(readCassette(text))).toBe(text);
  const { source, partial } = readCassette(text);
  expect(source).not.toBe("emulator");
  if (source === "documented") expect(partial).toBe(true);
});

test("a recording of an account dates the facts that agree; those of a page and of an emulator date none", async () => {
  const bench = benches.ess;
  const played = bench.scenarios.filter(({ name }) => ["plain", "refused-starts"].includes(name));
  const cassette = await recordOnEmulator(bench, played, { seed: "an account" });
  expect(await validatedBy([cassette, { ...cassette, source: "documented", partial: true }])).toEqual({});

  const account = { ...cassette, source: "account", date: "2026-12-01" } as const;
  const days = await validatedBy([account]);
  expect(days["ess-default-min-healthy"]).toBe("2026-12-01");
  expect(Object.keys(days).every((id) => facts.some((fact) => fact.id === id))).toBe(true);

  // A newer one that contradicts it takes the date away.
  const text = JSON.stringify(account).replaceAll('"MinHealthyPercentage":80', '"MinHealthyPercentage":70');
  const newer = { ...readCassette(text), date: "2027-01-01" };
  const after = await validatedBy([newer, account]);
  expect(after["ess-default-min-healthy"]).toBeUndefined();
  expect(after["ess-percentages"]).toBe("2027-01-01");
});
