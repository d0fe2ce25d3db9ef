/** Figure 3: what `pulumi preview` and `pulumi up` cost through each door, beside as many resources that do nothing. */
import type { Figure } from "./figures";
import type { Cost } from "./measured";
import { compared, type Interval, inTurns, intervalOf, within } from "./paired";
import { type Door, Project } from "./project";

const ROUNDS = [
  { count: 1, rounds: 7 },
  { count: 100, rounds: 7 },
  { count: 500, rounds: 3 },
];
const DOORS = ["nothing", "bare", "dynamic", "plugin"] as const satisfies Door[];
/** How many times as much as a dynamic resource that does nothing; a bare plugin is there to compare with. */
const GOALS: Partial<Record<Door, number>> = { dynamic: 1.1, plugin: 0.6 };
/** The cloud is so fast that the first look finds every refresh ended. */
const CLOUD = { size: 1, speed: 100_000, doorSpeed: 100 };

const CRASH_UNSAFE = { PULUMI_EXPERIMENTAL: "1", PULUMI_SKIP_CHECKPOINTS: "true" };
const WITHOUT_CHECKPOINTS = { count: 500, rounds: 3 };

export async function doors(): Promise<Figure[]> {
  const project = await Project.create({ groups: Math.max(...ROUNDS.map(({ count }) => count)), ...CLOUD });
  try {
    const figures: Figure[] = [];
    for (const { count, rounds } of ROUNDS) {
      const measured = await inTurns(DOORS, rounds, async (door) => {
        return { preview: await project.preview(door, count), up: await project.up(door, count) };
      });
      for (const command of ["preview", "up"] as const) {
        const costs = (door: Door) => measured[door].map((each) => each[command]);
        figures.push(...beside(`pulumi ${command} of ${count}`, costs));
      }
    }
    return [...figures, ...(await withoutCheckpoints(project))];
  } finally {
    await project.close();
  }
}

function beside(what: string, costs: (door: Door) => Cost[]): Figure[] {
  const nothing = costs("nothing");
  const seconds = intervalOf(nothing.map((cost) => cost.seconds));
  const base: Figure = {
    name: `${what} that do nothing ${within(seconds)}`,
    measured: seconds.median,
    unit: "s",
    holds: true,
  };
  const ratios = DOORS.filter((door) => door !== "nothing").flatMap((door) => {
    const ratio = (by: (cost: Cost) => number | undefined) =>
      compared(costs(door), nothing, (ours, theirs) => (by(ours) ?? Number.NaN) / (by(theirs) ?? Number.NaN));
    const goal = GOALS[door];
    return [
      against(
        `${what}, ${door}: wall time over that of as many that do nothing`,
        ratio((cost) => cost.seconds),
        goal,
      ),
      against(
        `${what}, ${door}: peak memory over theirs`,
        ratio((cost) => cost.megabytes),
        goal,
      ),
      // On a busy machine it says more than the wall time does.
      against(
        `${what}, ${door}: CPU time over theirs`,
        ratio((cost) => cost.cpuSeconds),
        undefined,
      ),
    ].filter(({ measured }) => !Number.isNaN(measured));
  });
  return [base, ...ratios];
}

function against(name: string, interval: Interval, goal: number | undefined): Figure {
  const { median: measured } = interval;
  return {
    name: `${name} ${within(interval)}`,
    measured,
    ...(goal === undefined ? {} : { goal: `at most ${goal}` }),
    unit: "ratio",
    holds: goal === undefined || measured <= goal,
  };
}

/** What it would give if the engine wrote the state at the end only. */
async function withoutCheckpoints(project: Project): Promise<Figure[]> {
  const { count, rounds } = WITHOUT_CHECKPOINTS;
  const names = ["dynamic", "plugin", "dynamic, at the end only", "plugin, at the end only"] as const;
  const measured = await inTurns(names, rounds, (name) => {
    const [door, when] = name.split(", ") as [Door, string | undefined];
    return project.up(door, count, [], when ? CRASH_UNSAFE : {});
  });
  return (["dynamic", "plugin"] as const).map((door) => {
    const saved = compared(measured[`${door}, at the end only`], measured[door], (a, b) => a.seconds / b.seconds);
    return {
      name: `pulumi up of ${count}, ${door}, state written at the end only: wall time over that with a state at every step ${within(saved)}`,
      measured: saved.median,
      unit: "ratio",
      holds: true,
    };
  });
}
