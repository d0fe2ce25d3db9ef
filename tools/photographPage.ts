/** A screenshot of the emulator's page, half-way through a refresh. */

import { ess } from "../src/clouds/ess/module";
import { createEmulator } from "../src/emulator";
import { chromiumPath, launchBrowser } from "../tests/emulator/browser";

const MINUTE = 60_000;

/** @returns false where there is no browser */
export async function photographPage(file: string): Promise<boolean> {
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
    emulator.recordCapacity();
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
    const page = await browser.newPage({ viewport: { width: 1080, height: 730 }, deviceScaleFactor: 2 });
    await page.goto(endpoint);
    await page.locator(".curve svg").waitFor();
    await page.waitForFunction("document.querySelectorAll('.tile').length > 20");
    await page.screenshot({ path: file });
    return true;
  } finally {
    await browser.close();
    await emulator.close();
  }
}
