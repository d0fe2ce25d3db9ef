import { registerAdvise } from "../../src/cli/advise";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups } from "../forecast/emulatedGroups";
import { run } from "./runCommand";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatedGroups();
});
afterEach(() => emulator.close());

const within = ["--within", "2h", "--never-below", "90", "--never-above", "120"];
const template = ["--launch-template", "web", "--launch-template-version", "2"];

test("advise prints up to three proposals, each with its forecast and what limits it, and changes nothing", async () => {
  const { out, code } = await run(registerAdvise, emulator, "advise", "web", ...template, ...within);
  expect(out).toMatch(/^1\. minimum \d+ %, maximum 120 %\n {3}Forecast for group web: replaces 10 of 10 instances/);
  expect(out).toContain("\n2. ");
  expect(out).toMatch(/\n {3}Limited by --never-(below|above): with \d+ % it would take about /);
  expect(code).toBe(0);
  expect(emulator.requests.filter(({ operation }) => !operation.startsWith("Describe"))).toEqual([]);
});

test("advise says which constraint cannot be met, by how much, and ends with 1", async () => {
  const { out, code } = await run(
    registerAdvise,
    emulator,
    "advise",
    "asg-web",
    "--image",
    "m-2",
    "--within",
    "1m",
    "--never-below",
    "90",
  );
  expect(out).toMatch(/^No advice for group asg-web:\n {2}--within 1 min cannot be met: the fastest takes about/);
  expect(code).toBe(1);
});

test("--program prints the best as arguments of the resource", async () => {
  const ofAws = await run(
    registerAdvise,
    emulator,
    "advise",
    "web",
    ...template,
    ...within,
    "--checkpoints",
    "1",
    "--program",
  );
  expect(ofAws.out).toMatch(
    /^desiredConfiguration: \{\n {2}launchTemplate: \{\n {4}name: "web",\n {4}version: "2"\n {2}\}\n\},\npreferences: \{\n {2}minHealthyPercentage: \d+,\n {2}maxHealthyPercentage: 120,\n {2}checkpointPercentages: \[\n {4}50,\n {4}100\n {2}\],\n {2}checkpointDelay: 600\n\},\n$/,
  );
  const ofEss = await run(
    registerAdvise,
    emulator,
    "advise",
    "asg-web",
    "--image",
    "m-2",
    ...within,
    "--checkpoints",
    "1",
    "--program",
  );
  expect(ofEss.out).toContain("checkpointPauseTime: 10,");
  expect(ofEss.out).toMatch(/^minHealthyPercentage: \d+,\nmaxHealthyPercentage: 120,\n/m);
  expect(ofEss.out).toContain('desiredConfigurationImageId: "m-2",');
});

test("--json gives the proposals, or what cannot be met", async () => {
  const { out } = await run(registerAdvise, emulator, "advise", "web", ...template, ...within, "--json");
  expect(JSON.parse(out)).toMatchObject({ unmet: [], proposals: [{ forecast: { outcome: "Successful" } }, {}, {}] });
});

test.each([
  ["a capacity beyond 100 percent", ["--within", "1h", "--never-below", "101"], "from 0 to 100"],
  ["growth below 100 percent", ["--within", "1h", "--never-below", "90", "--never-above", "99"], "from 100 to 200"],
  ["no time", ["--never-below", "90"], "--within"],
  ["a pause without checkpoints", [...within, "--pause", "5m"], "--pause needs --checkpoints"],
])("advise refuses %s", async (_what, words, said) => {
  const { err, code } = await run(registerAdvise, emulator, "advise", "web", ...words);
  expect(err).toContain(said);
  expect(code).toBe(2);
});
