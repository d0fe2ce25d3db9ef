/** What the dashboard shows of groups in both clouds, and what it calls for that. */
import { cloudSource } from "../../src/app/dashboard/cloudSource";
import { lifecycleOf } from "../../src/app/lifecycles";
import { type CloudKey, cloudModule } from "../../src/clouds";
import type { CloudApi } from "../../src/core/cloud";
import { Scheduler } from "../../src/core/polling/scheduler";
import { viewOf } from "../../src/dashboard/view";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";
import { VirtualClock } from "../virtualClock";

const START = Date.UTC(2026, 0, 1);
const GROUPS: Readonly<Record<CloudKey, string>> = { ess: "asg-web", autoscaling: "web" };
const clouds = Object.keys(GROUPS) as CloudKey[];

let emulator: Emulator;
let clock: VirtualClock;
let pending: number;
beforeEach(async () => {
  emulator = await emulatedGroups();
  clock = new VirtualClock(START);
  pending = 0;
});
afterEach(() => emulator.close());

/** The API, of which it is known when nothing is under way. */
function watched<T extends object>(api: T): T {
  return new Proxy(api, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === "source") return watched(value as object);
      if (typeof value !== "function" || name === "classify") return value;
      return (...args: unknown[]) => {
        pending += 1;
        return Promise.resolve(Reflect.apply(value, target, args)).finally(() => {
          pending -= 1;
        });
      };
    },
  });
}

async function dashboard(...keys: CloudKey[]) {
  const tools = { scheduler: new Scheduler({ clock, random: () => 0.5 }), clock, random: () => 0.5 };
  const targets = await Promise.all(
    keys.map(async (key) => {
      const { cloud } = await lifecycleOf(key);
      const api = watched(await cloud.connect(settingsFor(emulator)));
      return { cloud, api, tools, group: GROUPS[key] };
    }),
  );
  return cloudSource(targets, [], { now: () => clock.now(), speed: 1 }, (error) => ({
    what: (error as Error).message,
    next: undefined,
  }));
}

const idOf = (key: CloudKey) => `${key}/${emulator.region}/${GROUPS[key]}`;

/** Lets time pass here and in the emulator, and waits for the answers meanwhile. */
async function pass(seconds: number, step = 1): Promise<void> {
  for (let second = 0; second < seconds; second += step) {
    emulator.clock.advance(step * 1_000);
    await clock.pass(step * 1_000);
    while (pending > 0) await new Promise(setImmediate);
  }
}

async function start(key: CloudKey, api?: CloudApi): Promise<void> {
  const used = api ?? (await (await cloudModule(key)).connect(settingsFor(emulator)));
  await used.start(newVersions[key], `token of ${key}`);
}

interface Shown {
  readonly groups: readonly {
    readonly stage?: string;
    readonly problem?: { readonly what: string };
    readonly refresh?: { readonly fraction: number; readonly estimatedEnd?: number };
    readonly details?: {
      readonly counts: Readonly<Record<string, number>>;
      readonly tiles: readonly unknown[];
      readonly curve?: string;
      readonly timeline?: readonly { readonly text: string }[];
    };
  }[];
}

test.each(clouds)("%s: instances, curve and events follow a refresh from before its start to its end", async (key) => {
  const source = await dashboard(key);
  const seen = () =>
    JSON.parse(
      JSON.stringify(viewOf(source, { open: new Set([idOf(key)]), find: "", only: "all", width: 600 })),
    ) as Shown;
  source.onReaders?.(new Set([idOf(key)]), 1);
  await pass(2);
  expect(seen().groups[0]).toMatchObject({ details: { counts: { new: 10 } } });
  expect(seen().groups[0]?.stage).toBeUndefined();

  await start(key);
  await pass(80);
  const { stage, details } = seen().groups[0] ?? {};
  expect(stage).toBe("running");
  expect(Object.keys(details?.counts ?? {})).toEqual(expect.arrayContaining(["old"]));
  expect(details?.counts.launching ?? details?.counts.new).toBeGreaterThan(0);
  expect(details?.curve).toContain("at least 8");

  await pass(15 * 60, 15);
  const end = seen().groups[0];
  expect(end).toMatchObject({ stage: "successful", details: { counts: { new: 10 } } });
  expect(end?.details?.timeline?.[0]?.text).toContain("Ended: Successful");
  expect(end?.details?.timeline?.at(-1)?.text).toContain("began");
  source.close();
});

test.each(clouds)(
  "%s: calls are few while it runs, fewer when nothing runs, and none when no page is open",
  async (key) => {
    const source = await dashboard(key);
    const perMinute: number[] = [];
    const minutes = async (count: number) => {
      const before = emulator.requests.length;
      await pass(count * 60, 2);
      perMinute.push((emulator.requests.length - before) / count);
    };
    source.onReaders?.(new Set([idOf(key)]), 1);
    await pass(60);
    await minutes(5);
    source.onReaders?.(new Set(), 1);
    await minutes(5);
    source.onReaders?.(new Set([idOf(key)]), 3);
    await start(key);
    await pass(60);
    await minutes(2);
    source.close();
    await minutes(5);
    const [idle = 0, closed = 0, running = 0, unseen] = perMinute;
    expect(idle).toBeLessThanOrEqual(8);
    expect(closed).toBeLessThanOrEqual(1);
    expect(running).toBeLessThanOrEqual(25);
    expect(unseen).toBe(0);
  },
);

/** Three instances of four units each. */
const WEIGHTED = [
  {
    service: "ess",
    ScalingGroupId: "asg-web",
    DesiredCapacity: 12,
    ScalingConfiguration: {
      ImageId: "m-1",
      InstanceTypeOverrides: [{ InstanceType: "ecs.g7.2xlarge", WeightedCapacity: 4 }],
    },
  },
  {
    service: "autoscaling",
    AutoScalingGroupName: "web",
    MinSize: 0,
    MaxSize: 20,
    DesiredCapacity: 12,
    LaunchTemplateVersions: [{ ImageId: "ami-1" }],
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName: "web", Version: "1" },
        Overrides: [{ InstanceType: "m5.2xlarge", WeightedCapacity: "4" }],
      },
    },
  },
];

test.each(clouds)("%s: where instances have weights, all capacity on the page is in units", async (key) => {
  await emulator.close();
  emulator = await emulatedGroups({ groups: WEIGHTED });
  const source = await dashboard(key);
  const open = new Set([idOf(key)]);
  source.onReaders?.(open, 1);
  await pass(2);
  const shown = JSON.parse(JSON.stringify(viewOf(source, { open, find: "", only: "all", width: 600 }))) as Shown;
  const capacity = { unit: "units", desired: 12, ready: 12, total: 12 };
  expect(shown.groups[0]?.details).toMatchObject({ ...capacity, counts: { new: 3 } });
  source.close();
});

test("the page says on the group what may not be read, and shows the others", async () => {
  emulator.faultInjection.add({ operations: ["autoscaling:DescribeScalingActivities"], kind: "AccessDenied" });
  for (const key of clouds) await start(key);
  const source = await dashboard(...clouds);
  const open = new Set(clouds.map(idOf));
  source.onReaders?.(open, 1);
  await pass(80);
  const { groups } = JSON.parse(JSON.stringify(viewOf(source, { open, find: "", only: "all", width: 600 }))) as Shown;
  const [ess, aws] = groups;
  expect(ess?.problem).toBeUndefined();
  expect(ess?.details?.curve).toContain("at least 8");
  expect(aws?.problem?.what).toContain("DescribeScalingActivities");
  expect(aws).toMatchObject({ stage: "running" });
  expect(aws?.details?.tiles.length).toBeGreaterThan(0);
  expect(JSON.stringify(groups)).not.toContain(emulator.secretAccessKey);
  source.close();
});

test("the page says that a group does not exist, and shows it once it does", async () => {
  const { cloud } = await lifecycleOf("autoscaling");
  const api = watched(await cloud.connect(settingsFor(emulator)));
  const tools = { scheduler: new Scheduler({ clock, random: () => 0.5 }), clock, random: () => 0.5 };
  const source = cloudSource(
    [{ cloud, api, tools, group: "later" }],
    [],
    { now: () => clock.now(), speed: 1 },
    (error) => ({
      what: (error as Error).message,
      next: undefined,
    }),
  );
  const open = new Set([`autoscaling/${emulator.region}/later`]);
  source.onReaders?.(open, 1);
  await pass(5);
  expect(source.groups()[0]?.problem?.what).toContain("Group later (Amazon EC2 Auto Scaling");
  await fetch(`${emulator.url}/_emulator/groups`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([
      {
        service: "autoscaling",
        region: emulator.region,
        AutoScalingGroupName: "later",
        MinSize: 0,
        MaxSize: 4,
        DesiredCapacity: 2,
        LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
      },
    ]),
  });
  await pass(80, 5);
  expect(source.groups()[0]?.problem).toBeUndefined();
  expect(source.groups()[0]?.details()?.instances).toHaveLength(2);
  source.close();
});
