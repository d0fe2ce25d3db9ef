/** Which calls previews make, counted by the emulator. */
import { lifecycleOf } from "../../src/app/lifecycles";
import { previewOf } from "../../src/app/preview";
import { silentCall } from "../../src/cli/silentCall";
import type { CloudKey } from "../../src/clouds";
import { batchedLookup } from "../../src/clouds/common/batchedLookup";
import { type Arguments, CloudError } from "../../src/core/cloud";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { createEmulator, type Emulator } from "../../src/emulator";
import { settingsFor } from "../forecast/emulatedGroups";
import { stoppedClock, VirtualClock } from "../virtualClock";

const GROUPS = 50;
const DESCRIBES_GROUPS = { ess: "DescribeScalingGroups", autoscaling: "DescribeAutoScalingGroups" } as const;

let emulator: Emulator;
beforeAll(async () => {
  const groups = Array.from({ length: GROUPS }, (_, index) => [
    {
      service: "ess",
      ScalingGroupId: `asg-${index}`,
      DesiredCapacity: 1,
      ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
    },
    {
      service: "autoscaling",
      AutoScalingGroupName: `web-${index}`,
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: 1,
      LaunchTemplate: { LaunchTemplateName: `web-${index}`, Version: "1" },
      LaunchTemplateVersions: [{ ImageId: "ami-1" }, { ImageId: "ami-2" }],
    },
  ]).flat();
  emulator = await createEmulator({ speed: 0, region: "cn-hangzhou", startTime: Date.UTC(2026, 0, 1), groups });
});
afterAll(() => emulator.close());
afterEach(() => emulator.faultInjection.clear());

const argumentsOf: Readonly<Record<CloudKey, (index: number | string) => Arguments>> = {
  ess: (index) => ({ scalingGroupId: `asg-${index}`, desiredConfigurationImageId: "m-2" }),
  autoscaling: (index) => ({
    autoscalingGroupName: `web-${index}`,
    desiredConfiguration: { launchTemplate: { name: `web-${index}`, version: "2" } },
    preferences: { autoRollback: true },
  }),
};

/** What previews of one process say side by side, and the operations that they called. */
async function previewed(cloud: CloudKey, all: readonly Arguments[]) {
  const { cloud: module, tools } = await lifecycleOf(cloud);
  // As much time as a busy machine needs.
  const lifecycle = new Lifecycle(module, { ...tools, clock: { ...tools.clock, real: stoppedClock } });
  await module.connect(settingsFor(emulator));
  const before = emulator.requests.length;
  const call = silentCall(settingsFor(emulator));
  const said = await Promise.all(all.map((args) => previewOf(lifecycle, args, call, { isUnknown: () => false })));
  const calls: Record<string, number> = {};
  for (const { operation } of emulator.requests.slice(before)) calls[operation] = (calls[operation] ?? 0) + 1;
  return { said, calls };
}

const everywhere = Array.from({ length: GROUPS }, (_, index) => index);

test.each([
  [
    "ess",
    {
      DescribeScalingGroups: 1,
      DescribeInstanceRefreshes: 1,
      DescribeScalingInstances: 1,
      DescribeScalingActivities: 1,
      DescribeLifecycleHooks: 1,
      DescribeScalingConfigurations: 1,
    },
  ],
  [
    "autoscaling",
    {
      DescribeAutoScalingGroups: 1,
      DescribeInstanceRefreshes: 1,
      DescribeScalingActivities: 1,
      DescribeLifecycleHooks: 1,
      // Of the desired template, and of the one to which a rollback returns.
      DescribeLaunchTemplateVersions: 2,
    },
  ],
] as const)("%s: a preview with a forecast and windows asks for each fact once", async (cloud, calls) => {
  const windows = [{ schedule: "0 0 * * *", duration: "24h" }];
  const found = await previewed(cloud, [{ ...argumentsOf[cloud](0), windows }]);
  expect(found.calls).toEqual(calls);
  const { warnings, notices } = found.said[0] ?? { warnings: [], notices: [] };
  expect(warnings).toEqual([]);
  expect(notices.join("\n")).toMatch(/It may start for .*Forecast for group .*replaces 1 of 1/s);
});

test.each([
  ["ess", 3],
  ["autoscaling", 1],
] as const)("%s: fifty previews at once describe their groups in %i calls", async (cloud, batches) => {
  const { calls, said } = await previewed(cloud, everywhere.map(argumentsOf[cloud]));
  expect(calls[DESCRIBES_GROUPS[cloud]]).toBe(batches);
  if (cloud === "ess") expect(calls.DescribeScalingConfigurations).toBeLessThan(GROUPS / 2);
  const forecasts = said.map(({ notices }) => /^Forecast for group \w+-(\d+): replaces 1/.exec(notices[0] ?? "")?.[1]);
  expect(forecasts).toEqual(everywhere.map(String));
});

describe.each<CloudKey>(["ess", "autoscaling"])("%s", (cloud) => {
  test("a group that is not there is missing in its own preview only", async () => {
    const { said } = await previewed(cloud, ["missing", 1, 2].map(argumentsOf[cloud]));
    expect(said.map(({ warnings }) => warnings)).toEqual([[expect.stringContaining("There is no group")], [], []]);
  });

  test("groups that may not be described together are described one by one", async () => {
    const operations = [`${cloud}:${DESCRIBES_GROUPS[cloud]}`];
    // A description of AWS is sent three times.
    const refused = cloud === "ess" ? 1 : 3;
    emulator.faultInjection.add({ operations, kind: "AccessDenied", count: refused });
    const { said, calls } = await previewed(cloud, everywhere.slice(0, 4).map(argumentsOf[cloud]));
    expect(said.map(({ warnings }) => warnings)).toEqual([[], [], [], []]);
    expect(calls[DESCRIBES_GROUPS[cloud]]).toBe(refused + 4);
  });

  test("a preview sees what has changed since the last one", async () => {
    await previewed(cloud, [argumentsOf[cloud](3)]);
    const api = await (await lifecycleOf(cloud)).cloud.connect(settingsFor(emulator));
    await api.start(argumentsOf[cloud](3), "a token");
    const { said } = await previewed(cloud, [argumentsOf[cloud](3)]);
    expect(said[0]?.notices).toEqual([expect.stringContaining("it will be followed")]);
  });
});

describe("a lookup in batches", () => {
  const clock = new VirtualClock();
  const refusal = new CloudError({ operation: "Describe", code: "NotThis", kind: "final", message: "not this" });

  /** What each id gets, and the calls that were made. */
  async function lookedUp(ids: readonly string[], describe: (id: string) => string) {
    const calls: string[][] = [];
    const find = batchedLookup(
      async (asked) => {
        calls.push([...asked]);
        return new Map(asked.map((id) => [id, describe(id)]));
      },
      3,
      clock,
    );
    const results = await clock.until(Promise.allSettled(ids.map((id) => find(id))));
    return { calls, results: results.map((each) => (each.status === "fulfilled" ? each.value : each.reason)) };
  }

  test("asks for an id once, and for no more at a time than a call takes", async () => {
    const { calls, results } = await lookedUp(["a", "b", "a", "c", "d"], (id) => id.toUpperCase());
    expect(calls).toEqual([["a", "b", "c"], ["d"]]);
    expect(results).toEqual(["A", "B", "A", "C", "D"]);
  });

  test("tells a refusal of one id to those who asked for it, and to nobody else", async () => {
    const { results } = await lookedUp(["a", "bad", "c"], (id) => {
      if (id === "bad") throw refusal;
      return id;
    });
    expect(results).toEqual(["a", refusal, "c"]);
  });

  test("collects for longer while a call is under way", async () => {
    const calls: string[][] = [];
    const find = batchedLookup(
      async (ids) => {
        calls.push([...ids]);
        await clock.sleep(50);
        return new Map(ids.map((id) => [id, id]));
      },
      3,
      clock,
    );
    const later = async (milliseconds: number, id: string) => {
      await clock.sleep(milliseconds);
      return find(id);
    };
    await clock.until(Promise.all([find("a"), later(5, "b"), later(12, "c"), later(200, "d")]));
    expect(calls).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  test("asks again for what was asked for after its call went out", async () => {
    let answers = 0;
    const find = batchedLookup(async ([id = ""]) => new Map([[id, ++answers]]), 3, clock);
    expect(await clock.until(find("a"))).toBe(1);
    expect(await clock.until(find("a"))).toBe(2);
  });

  test("passes an error that may be gone the next time on, without a call for each", async () => {
    const throttled = refusal.as("throttled");
    const { calls, results } = await lookedUp(["a", "b"], () => {
      throw throttled;
    });
    expect(calls).toHaveLength(1);
    expect(results).toEqual([throttled, throttled]);
  });
});
