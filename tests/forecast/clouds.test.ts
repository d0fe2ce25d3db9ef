/** Forecasts from what the clouds' own APIs describe, beside what then happens. */
import { forecastOf, previewLines } from "../../src/app/forecasts";
import { lifecycleOf } from "../../src/app/lifecycles";
import type { CloudKey } from "../../src/clouds";
import type { Arguments } from "../../src/core/cloud";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups, newVersions, settingsFor } from "./emulatedGroups";

const UNKNOWN = "unknown";
const isUnknown = (value: unknown) => value === UNKNOWN;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatedGroups();
});
afterEach(() => emulator.close());

const forecast = async (cloud: CloudKey, args: Arguments) =>
  (await forecastOf(cloud, args, settingsFor(emulator)))?.forecast;
const preview = async (key: CloudKey, args: Arguments, settings = settingsFor(emulator)) => {
  const { cloud, tools } = await lifecycleOf(key);
  // Tools of its own: the time that a process has for previews is not shared by the tests.
  return previewLines(new Lifecycle(cloud, { ...tools }), args, isUnknown, settings, 3600);
};

async function runToItsEnd(cloud: CloudKey, args = newVersions[cloud]) {
  const api = await (await lifecycleOf(cloud)).cloud.connect(settingsFor(emulator));
  const id = await api.start(args, `token ${emulator.requests.length}`);
  emulator.clock.advance(6 * 3_600_000);
  const ended = (await api.source.describe([id ?? ""], new AbortController().signal)).get(id ?? "");
  if (ended?.status !== "Successful") throw new Error(`${id} is ${ended?.status}`);
  const { startTime, endTime } = ended.outputs as { startTime: string; endTime: string };
  return (Date.parse(endTime) - Date.parse(startTime)) / 1000;
}

describe.each<CloudKey>(["ess", "autoscaling"])("%s", (cloud) => {
  test("forecasts two at a time, and how long that takes from the group's own launches", async () => {
    const assumed = await forecast(cloud, newVersions[cloud]);
    expect(assumed).toMatchObject({ toReplace: 10, lowestReady: 8, highestTotal: 10, launchTimes: { launches: 0 } });
    expect(assumed?.batches.map(({ instances }) => instances)).toEqual([2, 2, 2, 2, 2]);

    await runToItsEnd(cloud);
    const learnt = await forecast(cloud, newVersions[cloud]);
    expect(learnt?.launchTimes.launches).toBeGreaterThanOrEqual(5);
    const seconds = await runToItsEnd(cloud);
    expect(seconds).toBeGreaterThan(0.9 * (learnt?.duration.least ?? Number.NaN));
    expect(seconds).toBeLessThan(1.1 * (learnt?.duration.most ?? Number.NaN));
  });

  test("the first forecast of a group, with no preferences at all, holds", async () => {
    const args: Arguments =
      cloud === "ess"
        ? { scalingGroupId: "asg-web", desiredConfigurationImageId: "m-2" }
        : {
            autoscalingGroupName: "web",
            desiredConfiguration: newVersions.autoscaling.desiredConfiguration,
          };
    const first = await forecast(cloud, args);
    expect(first).toMatchObject({ launchTimes: { launches: 0 }, duration: { refreshes: 0 } });
    const seconds = await runToItsEnd(cloud, args);
    expect(seconds).toBeGreaterThanOrEqual(first?.duration.least ?? Number.NaN);
    expect(seconds).toBeLessThanOrEqual(first?.duration.most ?? Number.NaN);
  });

  test("describes, and changes nothing", async () => {
    await forecast(cloud, newVersions[cloud]);
    const operations = emulator.requests.map(({ operation }) => operation);
    expect(operations.length).toBeGreaterThan(1);
    expect(operations.filter((operation) => !operation.startsWith("Describe"))).toEqual([]);
  });

  test("a preview shows it beside the resource", async () => {
    expect((await preview(cloud, newVersions[cloud])).slice(0, 2)).toEqual([
      expect.stringMatching(/^Forecast for group (asg-)?web: replaces 10 of 10 instances in 5 batches of 2/),
      "Capacity: never fewer than 8 of 10 ready (80 %), never more than 10 in service and pending.",
    ]);
  });

  const group = cloud === "ess" ? "scalingGroupId" : "autoscalingGroupName";
  test.each<[what: string, args: Arguments]>([
    ["a group that is not there yet", { [group]: UNKNOWN }],
    ["a group that does not exist", { [group]: "asg-other" }],
    ["a cancel that is asked for", { status: "Cancelled" }],
  ])("a preview says nothing about %s", async (_what, args) => {
    expect(await preview(cloud, { ...newVersions[cloud], ...args })).toEqual([]);
  });

  test("a preview says that the cloud took too long for a forecast", async () => {
    const { cloud: module, tools } = await lifecycleOf(cloud);
    const noTime = { now: () => 0, sleep: () => Promise.resolve() };
    const lifecycle = new Lifecycle(module, { ...tools, clock: { ...tools.clock, real: noTime } });
    expect(await previewLines(lifecycle, newVersions[cloud], isUnknown, settingsFor(emulator), 3600)).toEqual([
      "There is no forecast: the cloud took too long to answer.",
    ]);
  });

  test("a preview says nothing when the cloud cannot be reached, or refuses the keys", async () => {
    const settings = settingsFor(emulator);
    expect(await preview(cloud, newVersions[cloud], { ...settings, endpoint: "http://127.0.0.1:1" })).toEqual([]);
    const credentials = { accessKeyId: "nobody", secretAccessKey: "nothing" };
    expect(await preview(cloud, newVersions[cloud], { ...settings, credentials })).toEqual([]);
  });
});

test("what is made by the same deployment matches no instance yet", async () => {
  const skipping = { scalingGroupId: "asg-web", skipMatching: true };
  const [same] = await preview("ess", { ...skipping, desiredConfigurationScalingConfigurationId: "asc-1" });
  expect(same).toBe("Forecast for group asg-web: none of 10 instances needs to be replaced.");
  const [fresh] = await preview("ess", { ...skipping, desiredConfigurationScalingConfigurationId: UNKNOWN });
  expect(fresh).toContain("replaces 10 of 10 instances");
});

test.each<[image: string, untold: number]>([
  ["m-1", 10],
  ["m-2", 0],
])("instances of a group that launches from m-1 may run m-1, and cannot run m-2: %s", async (image, untold) => {
  const found = await forecast("ess", { scalingGroupId: "asg-web", desiredConfigurationImageId: image });
  expect([found?.toReplace, found?.leftAlone.untold]).toEqual([10, untold]);
});

test.each<[version: string, toReplace: number, untold: number]>([
  ["1", 0, 0],
  ["2", 10, 0],
  ["$Latest", 10, 10],
])("skip matching compares template versions: %s", async (version, toReplace, untold) => {
  const found = await forecast("autoscaling", {
    autoscalingGroupName: "web",
    desiredConfiguration: { launchTemplate: { name: "web", version } },
    preferences: { skipMatching: true },
  });
  expect([found?.toReplace, found?.leftAlone.untold]).toEqual([toReplace, untold]);
});
