/** `docs/architecture.md`: its argument is sent on its way, and what is seen is compared with the page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forecastRefresh } from "../../src/forecast/forecast";
import { Life } from "../clouds/life";

const page = readFileSync(join(__dirname, "../../docs/architecture.md"), "utf8");

type Arguments = Record<string, unknown>;

const asking: Readonly<Record<string, (percentage: number) => Arguments>> = {
  autoscaling: (minHealthyPercentage) => ({ preferences: { minHealthyPercentage } }),
  ess: (minHealthyPercentage) => ({ minHealthyPercentage }),
};

let life: Life;
let args: (percentage: number) => Arguments;

async function begin(cloud: string): Promise<void> {
  life = await Life.begin(cloud, 10);
  const others = await life.cloud.argumentsFor(life.group, "second");
  args = (percentage) => ({ ...others, ...asking[cloud]?.(percentage) });
}
afterEach(() => life.end());

async function startedWith(): Promise<{ id: string; properties: Arguments; request: Record<string, string> }> {
  const created = await life.lifecycle.create(args(90), life.call());
  const start = life.emulator.requests.find(({ operation }) => operation === "StartInstanceRefresh");
  return { ...created, request: start?.parameters ?? {} };
}

test("on AWS the argument goes the way that the page describes", async () => {
  await begin("autoscaling");
  const [refused] = life.lifecycle.check(args(190)).failures;
  expect(page).toContain(refused?.reason);

  const api = await life.cloud.cloud.connect(life.cloud.settings);
  const snapshot = await api.snapshot(args(90));
  if (!snapshot) throw new Error("there is no group");
  expect(page).toContain(`never fewer than ${forecastRefresh(snapshot.group, snapshot.refresh).forecast.lowestReady}`);

  const { id, properties, request } = await startedWith();
  const [name, value] = Object.entries(request).find(([key]) => key.includes("MinHealthy")) ?? [];
  expect(page).toContain(`\`${name}=${value}\``);
  expect(Object.keys(request).filter((key) => key.startsWith("Preferences"))).toEqual([name]);
  // What comes after the colon names an instance.
  expect(life.progress.some((line) => page.includes(`\`${line.split(":")[0]}\``))).toBe(true);

  const echo = (await api.source.describe([id], new AbortController().signal)).get(id)?.arguments;
  expect(echo).toMatchObject({ preferences: { skipMatching: false, autoRollback: false } });
  expect(properties).toMatchObject({ preferences: { minHealthyPercentage: 90 } });
  expect(properties.preferences).toEqual({ minHealthyPercentage: 90 });

  const recorded = { id, properties };
  expect(life.lifecycle.diff(recorded, args(90), life.urn)).toEqual({ replaces: [], updates: [] });
  expect(life.lifecycle.diff(recorded, args(80), life.urn)).toEqual({ replaces: [], updates: ["preferences"] });
  const { preferences: _, ...without } = args(90);
  expect(life.lifecycle.diff(recorded, without, life.urn)).toEqual({ replaces: [], updates: ["preferences"] });
  expect(life.lifecycle.diff(recorded, { ...args(80), startOn: "anyChange" }, life.urn)).toMatchObject({
    replaces: ["preferences"],
  });
});

test("on ESS it is at the top of the request, beside a client token, and a change starts a refresh", async () => {
  await begin("ess");
  const { id, properties, request } = await startedWith();
  expect(request).toMatchObject({ MinHealthyPercentage: "90", ClientToken: expect.any(String) });
  expect(page).toContain("`MinHealthyPercentage=90`");
  expect(properties).toMatchObject({ minHealthyPercentage: 90, maxHealthyPercentage: 120 });
  expect(properties.echoed).toContain("maxHealthyPercentage");
  expect(properties.echoed).not.toContain("minHealthyPercentage");
  expect(life.lifecycle.diff({ id, properties }, args(80), life.urn).replaces).toEqual(["minHealthyPercentage"]);
});
