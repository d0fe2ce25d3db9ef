/** A cloud of another package goes through everything, without a change under src. */
import { Command } from "commander";
import { checkConfig, settingsOf } from "../../../provider/config";
import { packageSchema } from "../../../provider/schema";
import { stackFilesIn } from "../../../provider/stackFile";
import { forecastOf } from "../../../src/app/forecasts";
import { registerStatus } from "../../../src/cli/status";
import { targetsOf } from "../../../src/cli/targets";
import { registerCloud } from "../../../src/clouds";
import { Lifecycle } from "../../../src/core/lifecycle/lifecycle";
import { Scheduler } from "../../../src/core/polling/scheduler";
import { handlersOf } from "../../../src/pulumi/handlers";
import { referenceOf } from "../../../tools/referenceOfDefinition";
import { typesOf } from "../../../tools/typesOfDefinition";
import { VirtualClock } from "../../virtualClock";
import { Nimbus, nimbusModule } from "./nimbus";

const nimbus = new Nimbus();
const seen: { settings?: object } = {};
const cloud = nimbusModule(nimbus, seen);
const urn = "urn:pulumi:test::project::instance-refresh:nimbus:InstanceRefresh::web";
const args = { pool: "pool-web", image: "v2" };

beforeAll(() => registerCloud("nimbus", async () => cloud));

const said: string[] = [];
const clock = new VirtualClock();
function handlers() {
  const say = (_: string, line: string) => void said.push(line);
  return handlersOf(
    new Lifecycle(cloud, { scheduler: new Scheduler({ clock, random: () => 0.5 }), clock, random: () => 0.5 }),
    {
      settingsOf: () => cloud.settingsOf((key) => ({ "nimbus:zone": "z-9" })[key]),
      signal: () => new AbortController().signal,
      engine: () => ({ progress: say, notice: say, warn: say, error: say }),
    },
  );
}

test("its arguments are checked by its own definition", () => {
  expect(handlers().check("", { pool: "pool-web", image: "latest", parallel: 90 }).failures).toEqual([
    expect.stringContaining("`parallel` is 90"),
    expect.stringContaining("name one that stays the same"),
  ]);
});

test("a refresh is started where the stack says, followed to its end, read and imported", async () => {
  const created = await clock.until(handlers().create({ urn }, args));
  expect(created).toMatchObject({ id: "nb-1", properties: { status: "Done", zone: "z-9", image: "v2" } });
  expect(seen.settings).toMatchObject({ region: "z-9" });
  expect(nimbus.starts).toHaveLength(1);
  const { diff, read } = handlers();
  expect(diff({ urn }, created.id, created.properties, args)).toEqual({ replaces: [], updates: [] });
  expect(diff({ urn }, created.id, created.properties, { ...args, image: "v3" }).replaces).toEqual(["image"]);
  expect(await read({ urn }, created.id, created.properties, {})).toMatchObject({ id: "nb-1" });
  expect(await read({ urn }, "nb-1", {}, {})).toMatchObject({ inputs: { pool: "pool-web", image: "v2" } });
});

test("a refresh is cancelled", async () => {
  nimbus.length = 1_000;
  const running = await clock.until(handlers().create({ urn }, { ...args, image: "v3", waitForCompletion: false }));
  const cancelled = handlers().update({ urn }, running.id, running.properties, {
    ...args,
    image: "v3",
    status: "Cancelled",
  });
  expect(await clock.until(cancelled)).toMatchObject({ status: "Cancelled" });
});

test("it is forecast", async () => {
  const result = await forecastOf("nimbus", args, {});
  expect(result?.forecast).toMatchObject({ group: "pool-web" });
});

test("the command line knows its ids and groups", async () => {
  expect(await targetsOf(["nb-1"], {})).toMatchObject([{ id: "nb-1", cloud: { key: "nimbus" } }]);
  expect(await targetsOf([], { group: ["pool-web"] })).toMatchObject([{ cloud: { key: "nimbus" } }]);
  const out: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  const program = new Command("instance-refresh").exitOverride();
  registerStatus(program);
  await program.parseAsync(["node", "instance-refresh", "status", "nb-1"]);
  write.mockRestore();
  expect(out.join("")).toContain("Done");
});

test("the plugin has its settings, its schema and its types", async () => {
  expect(await checkConfig({ nimbusRegion: "z-2" })).toEqual([]);
  expect(settingsOf(cloud, { nimbusRegion: "z-2" }, stackFilesIn(".")(""))).toEqual({ region: "z-2" });
  const schema = (await packageSchema()) as {
    resources: Record<string, { inputProperties: object; requiredInputs: string[] }>;
  };
  const resource = schema.resources["instance-refresh:nimbus:InstanceRefresh"];
  expect(Object.keys(resource?.inputProperties ?? {})).toEqual(
    expect.arrayContaining(["pool", "image", "parallel", "triggers"]),
  );
  expect(resource?.requiredInputs).toEqual(["pool"]);
  expect(typesOf(cloud)).toContain("parallel?:");
});

test("its reference page is written", () => {
  const page = referenceOf(cloud);
  expect(page).toContain("# nimbus.InstanceRefresh");
  expect(page).toContain("Machines at a time.");
});
