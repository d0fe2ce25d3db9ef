/** A screenshot of what `instance-refresh dashboard` shows: a group of each cloud, on the emulator. */
import { cloudSource } from "../src/app/dashboard/cloudSource";
import { cloudModule } from "../src/clouds";
import { systemClock } from "../src/core/clock";
import { Scheduler } from "../src/core/polling/scheduler";
import { serveDashboard } from "../src/dashboard/server";
import { createEmulator } from "../src/emulator";
import { launchBrowser } from "../tests/emulator/browser";

const MINUTE = 60_000;

const groups = [
  {
    service: "autoscaling",
    region: "eu-west-1",
    AutoScalingGroupName: "web",
    MinSize: 0,
    MaxSize: 40,
    DesiredCapacity: 20,
    DefaultInstanceWarmup: 60,
    LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
    LaunchTemplateVersions: [
      { ImageId: "ami-1", InstanceType: "m5.large" },
      { ImageId: "ami-2", InstanceType: "m5.large" },
    ],
  },
  {
    service: "ess",
    ScalingGroupId: "asg-api",
    DesiredCapacity: 8,
    ScalingConfiguration: { ScalingConfigurationId: "asc-1", ImageId: "m-1", InstanceType: "ecs.g7.large" },
  },
] as const;

const named = { ess: "asg-api", autoscaling: "web" } as const;
const regions = { ess: "cn-hangzhou", autoscaling: "eu-west-1" } as const;
const asked = {
  ess: { scalingGroupId: "asg-api", desiredConfigurationImageId: "m-2" },
  autoscaling: {
    autoscalingGroupName: "web",
    desiredConfiguration: { launchTemplate: { name: "web", version: "2" } },
    preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 110 },
  },
} as const;

export async function photographDashboard(file: string): Promise<void> {
  const emulator = await createEmulator({ speed: 0, seed: "dashboard", startTime: Date.UTC(2026, 0, 1, 9), groups });
  const { url: endpoint, accessKeyId, secretAccessKey } = emulator;
  const clock = { now: emulator.clock.now, sleep: systemClock.sleep };
  const tools = { scheduler: new Scheduler({ clock, random: () => 0.5 }), clock, random: () => 0.5 };
  const targets = await Promise.all(
    (["autoscaling", "ess"] as const).map(async (key) => {
      const cloud = await cloudModule(key);
      const api = await cloud.connect({
        region: regions[key],
        endpoint,
        credentials: { accessKeyId, secretAccessKey },
      });
      await api.start(asked[key], `photograph of ${key}`);
      return { cloud, api, tools, group: named[key] };
    }),
  );
  emulator.clock.advance(7.5 * MINUTE);
  const problemOf = (error: unknown) => ({ what: String(error), next: undefined });
  const source = cloudSource(targets, [], { now: clock.now, speed: 0 }, problemOf);
  const dashboard = await serveDashboard({ source, onError: console.error, intervalMilliseconds: 100 }, 0);
  const browser = await launchBrowser();
  try {
    const view = {
      viewport: { width: 1100, height: 800 },
      colorScheme: "light",
      locale: "en-GB",
      timezoneId: "UTC",
    } as const;
    const page = await browser.newPage(view);
    await page.goto(dashboard.url);
    await page.locator(".drawing svg").nth(1).waitFor();
    // Curves are drawn again for the width that they have.
    await page.waitForTimeout(500);
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await browser.close();
    source.close();
    await dashboard.close();
    await emulator.close();
  }
}
