/** Screenshots of the page: a group of the emulator half-way through a refresh. */

import { ess } from "../src/clouds/ess/module";
import { createEmulator } from "../src/emulator";
import { chromiumPath, launchBrowser } from "../tests/emulator/browser";

const MINUTE = 60_000;

const VIEWS = {
  page: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  "page-dark": { viewport: { width: 1100, height: 800 }, colorScheme: "dark" },
  "page-phone": { viewport: { width: 390, height: 844 }, colorScheme: "light" },
} as const;

/**
 * @param fileOf the file of a picture, by its name
 * @returns false where there is no browser
 */
export async function photographPage(fileOf: (name: string) => string): Promise<boolean> {
  if (!chromiumPath) return false;
  const emulator = await createEmulator({
    speed: 0,
    seed: "page",
    startTime: Date.UTC(2026, 0, 1, 9),
    groups: [
      {
        service: "ess",
        ScalingGroupId: "asg-web",
        DesiredCapacity: 24,
        ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
      },
    ],
  });
  const browser = await launchBrowser();
  try {
    const { region, url: endpoint, accessKeyId, secretAccessKey } = emulator;
    const api = await ess.connect({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
    const args = {
      scalingGroupId: "asg-web",
      desiredConfigurationImageId: "m-2",
      minHealthyPercentage: 90,
      maxHealthyPercentage: 120,
      checkpoints: [{ percentage: 25 }, { percentage: 100 }],
      checkpointPauseTime: 5,
    };
    await api.start(args, "photograph");
    emulator.clock.advance(6.6 * MINUTE);
    for (const [name, view] of Object.entries(VIEWS)) {
      const page = await browser.newPage({ ...view, locale: "en-GB", timezoneId: "UTC" });
      await page.goto(endpoint);
      await page.locator(".drawing svg").waitFor();
      await page.getByRole("button", { name: "Controls" }).waitFor();
      if (name === "page") await page.getByRole("button", { name: "Controls" }).click();
      // The curve is drawn again for the width that it has.
      await page.waitForTimeout(500);
      await page.screenshot({ path: fileOf(name), fullPage: true });
      await page.close();
    }
    return true;
  } finally {
    await browser.close();
    await emulator.close();
  }
}
