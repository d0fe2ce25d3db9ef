/** The advice that the page of the commands shows is the advice that is given. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { registerAdvise } from "../../src/cli/advise";
import { createEmulator } from "../../src/emulator";
import { run } from "../cli/runCommand";
import { blocksOf } from "./markdown";

const texts = blocksOf(readFileSync(join(__dirname, "../../docs/commands.md"), "utf8")).map(({ text }) =>
  text.trimEnd(),
);
const [command = "", ...lines] = texts.find((text) => /^\$ \S+ \S+ advise/.test(text))?.split("\n") ?? [];
const ScalingConfiguration = { ImageId: "m-1", InstanceType: "ecs.g7.large" };
const group = { service: "ess" as const, ScalingGroupId: "asg-web", DesiredCapacity: 20, ScalingConfiguration };

test("the page of the commands shows proposals, and what cannot be met", async () => {
  const emulator = await createEmulator({ speed: 0, region: "cn-hangzhou", groups: [group] });
  try {
    const { out } = await run(registerAdvise, emulator, ...command.split(" ").slice(3));
    expect(out.trimEnd().split("\n")).toEqual(lines);
    const words = ["advise", "asg-web", "--image", "m-2", "--within", "10m", "--never-below", "90"];
    expect(texts).toContain((await run(registerAdvise, emulator, ...words)).out.trimEnd());
  } finally {
    await emulator.close();
  }
});
