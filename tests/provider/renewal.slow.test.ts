/** A rollout of hours outlives credentials of an hour, in both hosts, wherever they come from: one Start, and nobody touched it. */
import { HOUR_MS, KEY_SOURCES, KeyWorld } from "../clouds/identity/keySources";
import { dynamicHost, pluginHost, type TestedHost } from "./testedHost";

const PREFIXES = { ess: "alicloud", autoscaling: "aws" } as const;
const PAUSES = {
  ess: { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 90 },
  autoscaling: { preferences: { checkpointPercentages: [25, 75, 100], checkpointDelay: 5_400 } },
};

let host: TestedHost;
let world: KeyWorld;
afterEach(async () => {
  world.close();
  await host.close();
});

describe.each([
  ["the dynamic provider", dynamicHost],
  ["the plugin", pluginHost],
] as const)("%s", (_, open) => {
  test.each(Object.entries(KEY_SOURCES))("three hours with keys of an hour from %s", async (__, source) => {
    const { cloud: name } = source;
    host = await open(name);
    const { emulator, clock, group, cloud } = host;
    const inputs = { ...(await cloud.argumentsFor(group, "second")), ...PAUSES[name] };
    world = new KeyWorld(emulator, source);
    const { stack = {}, profile } = await world.open();
    host.stackConfig = Object.fromEntries(
      Object.entries(stack).map(([key, value]) => [
        `${PREFIXES[name]}:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    await host.newProcess();
    const now = world.timekeeper((action) => {
      clock.onSleep = action;
    });
    clock.now = now;
    const start = now();
    const before = emulator.requests.length;
    const connection = { region: cloud.settings.region, endpoint: emulator.url, ...(profile ? { profile } : {}) };
    const { failure, state } = await host.create({ ...inputs, connection });
    expect(failure).toBeUndefined();
    expect(state?.properties.status).toBe("Successful");
    expect(now() - start).toBeGreaterThan(2.5 * HOUR_MS);
    const requests = emulator.requests.slice(before).filter(({ service }) => service === name);
    expect(requests.filter(({ operation }) => operation === "StartInstanceRefresh")).toHaveLength(1);
    const keys = new Set(requests.filter(({ acted, code }) => acted && !code).map(({ accessKeyId }) => accessKeyId));
    expect(keys.size).toBeGreaterThan(2);
    expect([...keys]).not.toContain(emulator.accessKeyId);
  });
});
