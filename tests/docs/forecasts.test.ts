/** The forecasts that the pages show are those that are made. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { registerForecast } from "../../src/cli/forecast";
import { createEmulator } from "../../src/emulator";
import { run } from "../cli/runCommand";
import { blocksOf } from "./markdown";

const root = join(__dirname, "../..");

/** The block with the lines of a forecast, and the words of the command where it has one. */
function shownIn(page: string): { words: string[]; lines: string[] } {
  const text = blocksOf(readFileSync(join(root, page), "utf8")).find((block) =>
    /^Forecast for/m.test(block.text),
  )?.text;
  const lines = (text ?? "").trimEnd().split("\n");
  const command = lines[0]?.startsWith("$ ") ? lines.shift() : undefined;
  return { words: command?.split(" ").slice(3) ?? [], lines };
}

test.each<[page: string, instances: number, ofTheProgram: string[]]>([
  ["docs/commands.md", 20, []],
  [
    "docs/first-rollout.md",
    10,
    "forecast asg-web --image m-2 --min 90 --max 120 --checkpoints 20,100 --pause 5m".split(" "),
  ],
])("%s", async (page, instances, ofTheProgram) => {
  const { words, lines } = shownIn(page);
  const ScalingConfiguration = { ImageId: "m-1", InstanceType: "ecs.g7.large" };
  const group = { service: "ess", ScalingGroupId: "asg-web", DesiredCapacity: instances, ScalingConfiguration };
  const emulator = await createEmulator({ speed: 0, groups: [group] });
  try {
    const { out } = await run(registerForecast, emulator, ...(words.length > 0 ? words : ofTheProgram));
    expect(out.trimEnd().split("\n")).toEqual(lines);
  } finally {
    await emulator.close();
  }
});
