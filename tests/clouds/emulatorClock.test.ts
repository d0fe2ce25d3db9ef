import { cloudSource } from "../../src/app/dashboard/cloudSource";
import { lifecycleOf } from "../../src/app/lifecycles";
import { assessmentOf } from "../../src/app/preview";
import { silentCall } from "../../src/cli/silentCall";
import { CloudClock } from "../../src/clouds/common/cloudClock";
import { followEmulatorClock } from "../../src/clouds/common/emulatorClock";
import { processClock } from "../../src/core/clock";
import { Scheduler } from "../../src/core/polling/scheduler";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";

afterEach(() => processClock.setSpeed(1));

const HOUR_MS = 3_600_000;
const answer = { "x-emulator-clock-speed": "600" };

test.each(["127.0.0.1", "localhost", "[::1]"])("an emulator at %s says how fast its clock runs", async (host) => {
  followEmulatorClock(host, answer);
  const before = performance.now();
  await processClock.sleep(6_000);
  expect(performance.now() - before).toBeLessThan(3_000);
});

test.each([
  ["a cloud", "autoscaling.eu-west-1.amazonaws.com", answer],
  ["a machine of another name", "localhost.example.com", answer],
  ["an emulator whose time stands still", "127.0.0.1", { "x-emulator-clock-speed": "0" }],
  ["nonsense", "127.0.0.1", { "x-emulator-clock-speed": "fast" }],
  ["an answer without it", "127.0.0.1", {}],
])("%s changes nothing", (_, host, headers) => {
  const setSpeed = jest.spyOn(processClock, "setSpeed");
  followEmulatorClock(host, headers);
  expect(setSpeed).not.toHaveBeenCalled();
  setSpeed.mockRestore();
});

test("windows go by the time of an emulator, and by the dates of a cloud", () => {
  const clock = new CloudClock();
  const date = new Date(Date.now() + HOUR_MS).toUTCString();
  clock.saw("autoscaling.eu-west-1.amazonaws.com", { ...answer, "x-emulator-clock-time": "1", date });
  expect(Math.abs(clock.aheadMs - HOUR_MS)).toBeLessThan(60_000);
  const time = String(processClock.now() + 30 * 24 * HOUR_MS);
  clock.saw("127.0.0.1", { ...answer, "x-emulator-clock-time": time, date: new Date().toUTCString() });
  expect(Math.abs(clock.aheadMs - 30 * 24 * HOUR_MS)).toBeLessThan(60_000);
  expect(clock.dateAheadMs).toBe(0);
});

test("a preview has as much time for answers beside an emulator with a fast clock", async () => {
  const emulator = await emulatedGroups({ speed: 100_000 });
  const lifecycle = await lifecycleOf("ess");
  const preview = () => assessmentOf(lifecycle, newVersions.ess, silentCall(settingsFor(emulator)), () => false);
  try {
    expect(await preview()).toEqual({ warnings: [], notes: [], startTime: [] });
  } finally {
    await emulator.close();
  }
});

test.each([
  ["ess", 2],
  ["autoscaling", 4],
] as const)("%s: the dashboard tells times by the cloud's clock, not this machine's", async (key, minutes) => {
  const emulator = await emulatedGroups({ speed: 1, startTime: Date.UTC(2026, 0, 1) });
  const { cloud } = await lifecycleOf(key);
  const api = await cloud.connect(settingsFor(emulator));
  await api.start(newVersions[key], "token");
  emulator.clock.advance(minutes * 60_000);
  const clock = processClock;
  const tools = { scheduler: new Scheduler({ clock, random: () => 0.5 }), clock, random: () => 0.5 };
  const group = newVersions[key][cloud.groupArgument] as string;
  const source = cloudSource([{ cloud, api, tools, group }], [], clock, (error) => ({
    what: String(error),
    next: undefined,
  }));
  source.onReaders?.(new Set(), 1);
  const row = () => source.groups()[0]?.refresh();
  while (row() === undefined) await new Promise(setImmediate);
  const { startTime = 0, estimatedEnd = 0 } = row() ?? {};
  source.close();
  await emulator.close();
  expect(Math.round((source.now() - startTime) / 60_000)).toBe(minutes);
  expect(estimatedEnd).toBeGreaterThan(emulator.clock.now());
  expect(estimatedEnd).toBeLessThan(emulator.clock.now() + HOUR_MS);
});
