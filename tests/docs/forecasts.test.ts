/** The forecasts that the pages show are those that are made. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { registerForecast } from "../../src/cli/forecast";
import { createEmulator, type EmulatorOptions } from "../../src/emulator";
import { run } from "../cli/runCommand";
import { blocksOf } from "./markdown";

type GroupSpecification = NonNullable<EmulatorOptions["groups"]>[number];

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

const essGroup = (instances: number) => ({
  service: "ess",
  ScalingGroupId: "asg-web",
  DesiredCapacity: instances,
  ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
});

/** The group of a page's groups file. */
function groupOf(page: string): GroupSpecification {
  const file = blocksOf(readFileSync(join(root, page), "utf8")).find(({ name }) => name === "groups.json");
  return JSON.parse(file?.text ?? "[]")[0];
}

const aws = "docs/getting-started-aws.md";
const alibaba = "docs/getting-started-alibaba.md";

test.each<[page: string, group: GroupSpecification, ofTheProgram: string]>([
  ["docs/commands.md", essGroup(20), ""],
  [alibaba, groupOf(alibaba), "forecast asg-web --image m-2 --min 90 --max 120 --checkpoints 20,100 --pause 5m"],
  [
    aws,
    groupOf(aws),
    "forecast web --launch-template web --launch-template-version 2 --min 90 --max 120 --warmup 1m --checkpoints 20,100 --pause 5m",
  ],
])("%s", async (page, group, ofTheProgram) => {
  const { words, lines } = shownIn(page);
  const emulator = await createEmulator({
    speed: 0,
    region: page === aws ? "us-east-1" : "cn-hangzhou",
    groups: [group],
  });
  try {
    const { out } = await run(registerForecast, emulator, ...(words.length > 0 ? words : ofTheProgram.split(" ")));
    expect(out.trimEnd().split("\n")).toEqual(lines);
  } finally {
    await emulator.close();
  }
});
