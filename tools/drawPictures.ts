/**
 * Draws the pictures of the docs again: `npm run pictures`. The page of the emulator is photographed too, where there is a
 * Chromium; `CHROMIUM` names one in an unusual place.
 */
import { join } from "node:path";
import { writePicture } from "../src/pictures/writePicture";
import { photographDashboard } from "./photographDashboard";
import { photographPage } from "./photographPage";
import { pictures } from "./pictures";

const folder = join(__dirname, "../docs/pictures");

async function main(): Promise<void> {
  for (const [name, curve] of Object.entries(pictures)) {
    for (const extension of ["svg", "png"]) await writePicture(curve(), join(folder, `${name}.${extension}`));
  }
  if (await photographPage((name) => join(folder, `${name}.png`))) {
    await photographDashboard(join(folder, "dashboard.png"));
    return;
  }
  console.error("There is no Chromium on this machine: docs/pictures/page*.png and dashboard.png stay as they were.");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
