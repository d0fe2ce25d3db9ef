/** Figure 3, continued: waiting for many refreshes at once. A create that waits holds one of the engine's slots. */
import { availableParallelism } from "node:os";
import type { Figure } from "./figures";
import { Project } from "./project";

const COUNT = 100;
/** A refresh takes some minutes. Any faster, and what the engine itself needs would count for more than the waiting. */
const CLOUD = { groups: COUNT, size: 10, speed: 12 };

export async function waiting(): Promise<Figure[]> {
  const project = await Project.create(CLOUD);
  try {
    const few = await project.up("plugin", COUNT);
    const all = await project.up("plugin", COUNT, ["--parallel", String(COUNT)]);
    const minutes = (seconds: number) => (seconds * CLOUD.speed) / 60;
    const slots = `4 for each of ${availableParallelism()} CPUs`;
    return [
      reported(`waiting for ${COUNT} refreshes at the default --parallel (${slots})`, minutes(few.seconds), "min"),
      reported(`waiting for ${COUNT} refreshes with --parallel ${COUNT}`, minutes(all.seconds), "min"),
      reported(
        `waiting for ${COUNT} refreshes: the default --parallel over ${COUNT}`,
        few.seconds / all.seconds,
        "ratio",
      ),
    ];
  } finally {
    await project.close();
  }
}

function reported(name: string, measured: number, unit: string): Figure {
  return { name, measured, unit, holds: true };
}
