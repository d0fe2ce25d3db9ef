/** What a group of AWS waits for beside launches and warm-up: read from its API, and part of the forecast. */
import { AutoScalingClient, PutWarmPoolCommand } from "@aws-sdk/client-auto-scaling";
import { forecastOf } from "../../src/app/forecasts";
import { createEmulator, type Emulator } from "../../src/emulator";
import { forecastRefresh } from "../../src/forecast/forecast";
import { newVersions, settingsFor } from "./emulatedGroups";
import { aGroup, anInstance } from "./groups";

type Settings = Record<string, unknown>;

const NARROW = { accessKeyId: "NARROWKEY", secretAccessKey: "narrow-secret" };

let emulator: Emulator | undefined;
const end = async () => {
  await emulator?.close();
  emulator = undefined;
};
afterEach(end);

/** The forecast of a group of four with these settings, whose launches nobody has seen. */
async function forecast(settings: Settings = {}) {
  await end();
  emulator = await createEmulator({
    speed: 0,
    region: "cn-hangzhou",
    credentials: [NARROW],
    startTime: Date.UTC(2026, 0, 1),
    groups: [
      {
        service: "autoscaling",
        AutoScalingGroupName: "web",
        MinSize: 0,
        MaxSize: 8,
        DesiredCapacity: 4,
        DefaultInstanceWarmup: 0,
        LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
        LaunchTemplateVersions: [
          { ImageId: "ami-1", InstanceType: "m5.large" },
          { ImageId: "ami-2", InstanceType: "m5.large" },
        ],
        ...settings,
      },
    ],
  });
  return asked(emulator);
}

async function asked(service: Emulator, settings = settingsFor(service), cloud: "autoscaling" | "ess" = "autoscaling") {
  const found = (await forecastOf(cloud, newVersions[cloud], settings))?.forecast;
  if (!found) throw new Error("there is no forecast");
  return found;
}

const hook = (transition: string) => ({
  LifecycleHookSpecificationList: [
    {
      LifecycleHookName: "ready",
      LifecycleTransition: `autoscaling:EC2_INSTANCE_${transition}`,
      HeartbeatTimeout: 1200,
    },
  ],
});

test("a grace period that is longer than EC2's checks makes the forecast longer", async () => {
  const { expected, most } = (await forecast()).duration;
  const graceful = (await forecast({ HealthCheckGracePeriod: 600 })).duration;
  expect(graceful.expected).toBeGreaterThan(expected + 4 * 200);
  expect(graceful.most).toBeGreaterThan(most);
});

test("connections that drain widen the range of a group that was never refreshed, together with what ends its instances", async () => {
  const plain = await forecast(hook("TERMINATING"));
  const balanced = await forecast({
    ...hook("TERMINATING"),
    TargetGroupARNs: ["arn:aws:elasticloadbalancing:x:1:targetgroup/web/1"],
  });
  expect(balanced.duration.most).toBeGreaterThan(plain.duration.most + 300);
});

test("a forecast does not wait for terminations, and its range allows for the opposite", () => {
  const hooks = [{ name: "drain", transition: "Terminating", heartbeatSeconds: 3_600 }] as const;
  const of = (said: object) => forecastRefresh(aGroup("autoscaling", 4, said), { preferences: {} }).forecast.duration;
  const [plain, slow] = [of({}), of({ hooks, drainSeconds: 300 })];
  expect(Math.abs(slow.expected / plain.expected - 1)).toBeLessThan(0.05);
  expect(slow.most).toBeGreaterThan(plain.most + 3_000);
});

test("a hook of launches makes each longer, and the forecast names the hook", async () => {
  const plain = await forecast();
  const held = await forecast(hook("LAUNCHING"));
  expect(held.duration.expected).toBeGreaterThan(plain.duration.expected + 4 * 100);
  expect(held.duration.most).toBeGreaterThan(plain.duration.most + 4 * 600);
  expect(held.outcome).toBe("Successful");
  expect(held.warnings.map(({ text }) => text)).toEqual([
    "the lifecycle hook ready may hold up every launch for 20 min: make sure that it is completed when an instance is launched.",
  ]);
});

test("ess: a hook of launches makes each longer, and the forecast names the hook", async () => {
  const of = async (LifecycleHooks: Settings[]) => {
    await end();
    emulator = await createEmulator({
      speed: 0,
      startTime: Date.UTC(2026, 0, 1),
      groups: [
        {
          service: "ess",
          ScalingGroupId: "asg-web",
          DesiredCapacity: 4,
          ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
          LifecycleHooks,
        },
      ],
    });
    return asked(emulator, settingsFor(emulator), "ess");
  };
  const [plain, held] = [
    await of([]),
    await of([{ LifecycleHookName: "ready", LifecycleTransition: "SCALE_OUT", HeartbeatTimeout: 1200 }]),
  ];
  expect(held.duration.expected).toBeGreaterThan(plain.duration.expected + 100);
  expect(held.warnings.map(({ text }) => text)).toEqual([
    "the lifecycle hook ready may hold up every launch for 20 min: make sure that it is completed when an instance is launched.",
  ]);
});

test("launches that were seen lasted as long as their hooks, which do not count twice", () => {
  const hooks = [{ name: "ready", transition: "Launching", heartbeatSeconds: 1200 }] as const;
  const refresh = { preferences: {} };
  const of = (said: object) => forecastRefresh(aGroup("autoscaling", 4, said), refresh).forecast.duration.expected;
  expect(of({ hooks })).toBe(of({}));
  expect(of({ hooks, recentLaunches: [] })).toBeGreaterThan(of({ recentLaunches: [] }) + 400);
});

test("without the permission to describe hooks, one line names it, and the rest is forecast", async () => {
  await forecast(hook("LAUNCHING"));
  const service = emulator as Emulator;
  const Action = ["DescribeAutoScalingGroups", "DescribeInstanceRefreshes", "DescribeScalingActivities"];
  const Statement = [{ Effect: "Allow", Action: Action.map((each) => `autoscaling:${each}`), Resource: "*" }];
  await fetch(`${service.url}/_emulator/policies`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ [NARROW.accessKeyId]: { Version: "2012-10-17", Statement } }),
  });
  const found = await asked(service, { ...settingsFor(service), credentials: NARROW });
  expect(found.toReplace).toBe(4);
  expect(found.warnings.map(({ text }) => text)).toEqual([
    "for lack of a permission it is not known whether lifecycle hooks hold instances up (autoscaling:DescribeLifecycleHooks): the forecast leaves it out.",
  ]);
});

test("a warm pool is read from the API", async () => {
  await forecast();
  const service = emulator as Emulator;
  const { region, accessKeyId, secretAccessKey } = service;
  const client = new AutoScalingClient({
    region,
    endpoint: service.url,
    credentials: { accessKeyId, secretAccessKey },
  });
  await client.send(new PutWarmPoolCommand({ AutoScalingGroupName: "web", MinSize: 2, MaxGroupPreparedCapacity: 5 }));
  client.destroy();
  service.clock.advance(600_000);
  expect((await asked(service)).toReplaceInWarmPool).toBe(2);
});

test("instances of a warm pool are replaced after the others, which takes longer", () => {
  const warmPool = { minSize: 3, maxPreparedCapacity: 4, instances: [anInstance(), anInstance(), anInstance()] };
  const refresh = { preferences: {} };
  const plain = forecastRefresh(aGroup("autoscaling", 4), refresh).forecast;
  const warm = forecastRefresh(aGroup("autoscaling", 4, { warmPool }), refresh).forecast;
  expect([plain.toReplaceInWarmPool, warm.toReplaceInWarmPool]).toEqual([0, 3]);
  const part = { preferences: { checkpoints: [50] } };
  expect(forecastRefresh(aGroup("autoscaling", 4, { warmPool }), part).forecast.toReplaceInWarmPool).toBe(0);
  expect(warm.duration.expected).toBeGreaterThanOrEqual(plain.duration.expected + 60);
  expect(warm.lowestReady).toBe(plain.lowestReady);
});
