/** Figure 3: what `pulumi preview` and `pulumi up` cost through each host, beside as many resources that do nothing. */
import type { Depth, Figure } from "./figures";
import type { Cost } from "./measured";
import { compared, type Interval, inTurns, intervalOf, within } from "./paired";
import { type Host, Project } from "./project";

/** How often as many resources are previewed and created. */
const ROUNDS: Record<Depth, { count: number; rounds: number }[]> = {
  quick: [{ count: 100, rounds: 1 }],
  usual: [
    { count: 1, rounds: 3 },
    { count: 100, rounds: 3 },
    { count: 500, rounds: 1 },
  ],
  thorough: [
    { count: 1, rounds: 7 },
    { count: 100, rounds: 7 },
    { count: 500, rounds: 3 },
  ],
};
const HOSTS = ["nothing", "bare", "dynamic", "plugin"] as const satisfies Host[];
/** How many times as much as a dynamic resource that does nothing; a bare plugin is there to compare with. */
const GOALS: Partial<Record<Host, number>> = { dynamic: 1.1, plugin: 0.6 };
/** The cloud is so fast that the first call finds every refresh ended. */
const CLOUD = { size: 1, speed: 100_000, hostSpeed: 100 };

/** What it would give if the engine wrote the state at the end only: measured where the state is largest. */
const AT_THE_END = { PULUMI_EXPERIMENTAL: "1", PULUMI_SKIP_CHECKPOINTS: "true" };
const LARGEST = 500;
const VARIANTS = ["dynamic, at the end only", "plugin, at the end only"] as const;

export async function hosts(depth: Depth): Promise<Figure[]> {
  const project = await Project.create({ groups: LARGEST, ...CLOUD });
  try {
    const figures: Figure[] = [];
    for (const { count, rounds } of ROUNDS[depth]) {
      const variants = count === LARGEST && depth === "thorough" ? VARIANTS : [];
      const measured = await inTurns([...HOSTS, ...variants], rounds, async (name) => {
        const [host, variant] = name.split(", ") as [Host, string | undefined];
        if (variant) return { up: await project.up(host, count, [], AT_THE_END) };
        return { preview: await project.preview(host, count), up: await project.up(host, count) };
      });
      for (const command of ["preview", "up"] as const) {
        const costs = (name: Host | (typeof VARIANTS)[number]) => measured[name].flatMap((each) => each[command] ?? []);
        figures.push(...beside(`pulumi ${command} of ${count}`, costs));
        if (command === "up" && variants.length > 0) figures.push(...atTheEnd(`pulumi up of ${count}`, costs));
      }
    }
    return figures;
  } finally {
    await project.close();
  }
}

function atTheEnd(what: string, costs: (name: Host | (typeof VARIANTS)[number]) => Cost[]): Figure[] {
  return (["dynamic", "plugin"] as const).map((host) => {
    const saved = compared(costs(`${host}, at the end only`), costs(host), (a, b) => a.seconds / b.seconds);
    return against(
      `${what}, ${host}, state written at the end only: wall time over that with a state at every step`,
      saved,
      undefined,
    );
  });
}

function beside(what: string, costs: (host: Host) => Cost[]): Figure[] {
  const nothing = costs("nothing");
  const seconds = intervalOf(nothing.map((cost) => cost.seconds));
  const base: Figure = {
    name: `${what} that do nothing ${within(seconds)}`,
    measured: seconds.median,
    unit: "s",
    holds: true,
  };
  const ratios = HOSTS.filter((host) => host !== "nothing").flatMap((host) => {
    const ratio = (by: (cost: Cost) => number | undefined) =>
      compared(costs(host), nothing, (ours, theirs) => (by(ours) ?? Number.NaN) / (by(theirs) ?? Number.NaN));
    const goal = GOALS[host];
    return [
      against(
        `${what}, ${host}: wall time over that of as many that do nothing`,
        ratio((cost) => cost.seconds),
        goal,
      ),
      against(
        `${what}, ${host}: peak memory over theirs`,
        ratio((cost) => cost.megabytes),
        goal,
      ),
      // On a busy machine it says more than the wall time does.
      against(
        `${what}, ${host}: CPU time over theirs`,
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
