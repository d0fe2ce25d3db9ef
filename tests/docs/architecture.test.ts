/** `docs/architecture.md`: its argument is sent on its way, and what is seen is compared with the page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forecastRefresh } from "../../src/forecast/forecast";
import { LifecycleHarness } from "../clouds/lifecycleHarness";

const page = readFileSync(join(__dirname, "../../docs/architecture.md"), "utf8");

type Arguments = Record<string, unknown>;

const asking: Readonly<Record<string, (percentage: number) => Arguments>> = {
  autoscaling: (minHealthyPercentage) => ({ preferences: { minHealthyPercentage } }),
  ess: (minHealthyPercentage) => ({ minHealthyPercentage }),
};

let harness: LifecycleHarness;
let args: (percentage: number) => Arguments;

async function begin(cloud: string): Promise<void> {
  harness = await LifecycleHarness.start(cloud, 10);
  const others = await harness.cloud.argumentsFor(harness.group, "second");
  args = (percentage) => ({ ...others, ...asking[cloud]?.(percentage) });
}
afterEach(() => harness.close());

async function startedWith(): Promise<{ id: string; properties: Arguments; request: Record<string, string> }> {
  const created = await harness.lifecycle.create(args(90), harness.call());
  const start = harness.emulator.requests.find(({ operation }) => operation === "StartInstanceRefresh");
  return { ...created, request: start?.parameters ?? {} };
}

test("on AWS the argument goes the way that the page describes", async () => {
  await begin("autoscaling");
  const [refused] = harness.lifecycle.check(args(190)).failures;
  expect(page).toContain(refused?.reason);

  const api = await harness.cloud.cloud.connect(harness.cloud.settings);
  const snapshot = await api.snapshot(args(90));
  if (!snapshot) throw new Error("there is no group");
  expect(page).toContain(`never fewer than ${forecastRefresh(snapshot.group, snapshot.refresh).forecast.lowestReady}`);

  const { id, properties, request } = await startedWith();
  const [name, value] = Object.entries(request).find(([key]) => key.includes("MinHealthy")) ?? [];
  expect(page).toContain(`\`${name}=${value}\``);
  expect(Object.keys(request).filter((key) => key.startsWith("Preferences"))).toEqual([name]);
  // What comes after the percentage names times and an instance.
  expect(harness.progress.some((line) => page.includes(`\`${/^[^,]+, \d+ %/.exec(line)?.[0]}\``))).toBe(true);

  const echo = (await api.source.describe([id], new AbortController().signal)).get(id)?.arguments;
  expect(echo).toMatchObject({ preferences: { skipMatching: false, autoRollback: false } });
  expect(properties).toMatchObject({ preferences: { minHealthyPercentage: 90 } });
  expect(properties.preferences).toEqual({ minHealthyPercentage: 90 });

  const recorded = { id, properties };
  expect(harness.lifecycle.diff(recorded, args(90), harness.urn)).toEqual({ replaces: [], updates: [] });
  expect(harness.lifecycle.diff(recorded, args(80), harness.urn)).toEqual({ replaces: [], updates: ["preferences"] });
  const { preferences: _, ...without } = args(90);
  expect(harness.lifecycle.diff(recorded, without, harness.urn)).toEqual({ replaces: [], updates: ["preferences"] });
  expect(harness.lifecycle.diff(recorded, { ...args(80), startOn: "anyChange" }, harness.urn)).toMatchObject({
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
  expect(harness.lifecycle.diff({ id, properties }, args(80), harness.urn).replaces).toEqual(["minHealthyPercentage"]);
});
