/** Figure 5: bytes that a finished refresh takes in the stack's state, through each host. The engine writes all at every step. */
import type { Figure } from "./figures";
import { type Host, Project } from "./project";

const COUNT = 20;

export async function state(): Promise<Figure[]> {
  const project = await Project.create({ groups: COUNT, size: 1, speed: 10_000 });
  try {
    const bytes = async (host: Host) => {
      await project.up(host, COUNT);
      const resources = await project.resources();
      if (resources.length !== COUNT) throw new Error(`${resources.length} of ${COUNT} resources are in the state.`);
      return Buffer.byteLength(JSON.stringify(resources)) / COUNT;
    };
    const nothing = await bytes("nothing");
    const figures: Figure[] = [
      { name: "state of a dynamic resource that does nothing", measured: nothing, unit: "bytes", holds: true },
    ];
    for (const host of ["dynamic", "plugin"] as const) {
      const ours = await bytes(host);
      figures.push({ name: `state of a refresh, ${host}`, measured: ours, unit: "bytes", holds: true });
      figures.push({
        name: `state of a refresh, ${host}, over that of a dynamic resource that does nothing`,
        measured: ours / nothing,
        unit: "ratio",
        holds: true,
      });
    }
    return figures;
  } finally {
    await project.close();
  }
}
