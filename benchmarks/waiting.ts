/** Figure 3, continued: waiting for many refreshes at once, in a rollout, which waits for all of them in one of the engine's slots. */
import { availableParallelism } from "node:os";
import type { Figure } from "./figures";
import { Project } from "./project";

const COUNT = 100;
/** A refresh takes some minutes. Any faster, and what the engine itself needs would count for more than the waiting. */
const CLOUD = { groups: COUNT, size: 10, speed: 12 };
const GOAL = 1.3;

export async function waiting(): Promise<Figure[]> {
  const project = await Project.create(CLOUD);
  try {
    const wave = await project.up("plugin", COUNT, [], { WAVE: "1" });
    const all = await project.up("plugin", COUNT, ["--parallel", String(COUNT)]);
    const minutes = (seconds: number) => (seconds * CLOUD.speed) / 60;
    const slots = `4 for each of ${availableParallelism()} CPUs`;
    const ratio = wave.seconds / all.seconds;
    return [
      reported(`waiting for ${COUNT} refreshes in a rollout, default --parallel (${slots})`, minutes(wave.seconds)),
      reported(`waiting for ${COUNT} refreshes without a rollout, --parallel ${COUNT}`, minutes(all.seconds)),
      {
        name: `waiting for ${COUNT} refreshes: a rollout at the default over --parallel ${COUNT}`,
        measured: ratio,
        goal: `at most ${GOAL}`,
        unit: "ratio",
        holds: ratio <= GOAL,
      },
    ];
  } finally {
    await project.close();
  }
}

function reported(name: string, measured: number): Figure {
  return { name, measured, unit: "min", holds: true };
}
