/** Figure 3: what `pulumi preview` and `pulumi up` cost through each host, beside resources that do nothing in the same way. */
import { type Depth, type Figure, median } from "./figures";
import { compared, type Interval, inTurns, intervalOf, within } from "./paired";
import { plainCloud } from "./plainCloud";
import { type CostOfRun, type Host, Project } from "./project";

/** How often as many resources are previewed and created. */
const ROUNDS: Record<Depth, { count: number; rounds: number }[]> = {
  quick: [{ count: 100, rounds: 1 }],
  usual: [
    { count: 1, rounds: 3 },
    { count: 100, rounds: 2 },
    { count: 500, rounds: 1 },
  ],
  thorough: [
    { count: 1, rounds: 7 },
    { count: 100, rounds: 7 },
    { count: 500, rounds: 3 },
  ],
};
/** Each beside what does nothing in the same way. */
const BASES = { plugin: "bare", calls: "bare", dynamic: "nothing" } as const satisfies Partial<Record<Host, Host>>;
const HOSTS = ["bare", "calls", "plugin", "nothing", "dynamic"] as const satisfies Host[];

const COMMANDS = {
  preview: "pulumi preview of %, with forecasts",
  up: "pulumi up of %",
  again: "pulumi preview of % that have not changed",
} as const;
type Command = keyof typeof COMMANDS;
/** Wall time, over what does nothing. A preview of one has no goal. */
const GOALS: Record<Command, { plugin: number; dynamic: number }> = {
  preview: { plugin: 1.25, dynamic: 1.25 },
  up: { plugin: 1.15, dynamic: 1.1 },
  again: { plugin: 1.1, dynamic: 1.1 },
};
/** Peak memory of `pulumi up`. */
const GOALS_OF_MEMORY = { plugin: 1.2, dynamic: 1.15 };
/**
 * Calls that a refresh needs one by one, in any program: a forecast those for instances, activities, hooks and refreshes;
 * a start those that list the refreshes and start one. What describes many at once is left out.
 */
const NEEDED_CALLS: Record<Command, number> = { preview: 4, up: 2, again: 0 };
/** The cloud is so fast that the first call finds every refresh ended. Faster, and the time to wait would be over first. */
const CLOUD = { size: 1, speed: 10_000 };

/** What it would give if the engine wrote the state at the end only: measured where the state is largest. */
const AT_THE_END = { PULUMI_EXPERIMENTAL: "1", PULUMI_SKIP_CHECKPOINTS: "true" };
const LARGEST = 500;
const VARIANTS = ["dynamic, at the end only", "plugin, at the end only"] as const;

export async function hosts(depth: Depth): Promise<Figure[]> {
  const project = await Project.create({ groups: LARGEST, ...CLOUD });
  const cloud = await plainCloud();
  const calls = (command: Command) => ({ CALLS: String(NEEDED_CALLS[command]), CALLS_TO: cloud.url });
  try {
    const figures: Figure[] = [];
    for (const { count, rounds } of ROUNDS[depth]) {
      const variants = count === LARGEST && depth === "thorough" ? VARIANTS : [];
      const measured = await inTurns([...HOSTS, ...variants], rounds, async (name) => {
        const [host, variant] = name.split(", ") as [Host, string | undefined];
        if (variant) return { up: await project.up(host, count, [], AT_THE_END) };
        const preview = await project.preview(host, count, calls("preview"));
        const up = await project.up(host, count, [], calls("up"));
        return { preview, up, again: await project.previewAgain(host, count) };
      });
      for (const command of ["preview", "up", "again"] as const) {
        const costs: CostsOf = (name) => measured[name].flatMap((each) => each[command] ?? []);
        figures.push(...beside(command, count, costs));
        if (command === "up" && variants.length > 0) figures.push(...atTheEnd(`pulumi up of ${count}`, costs));
      }
    }
    return figures;
  } finally {
    await project.close();
    await cloud.close();
  }
}

type CostsOf = (name: Host | (typeof VARIANTS)[number]) => CostOfRun[];

function atTheEnd(what: string, costs: CostsOf): Figure[] {
  return (["dynamic", "plugin"] as const).map((host) => {
    const saved = compared(costs(`${host}, at the end only`), costs(host), (a, b) => a.seconds / b.seconds);
    return against(
      `${what}, ${host}, state written at the end only: wall time over that with a state at every step`,
      saved,
      undefined,
    );
  });
}

function beside(command: Command, count: number, costs: CostsOf): Figure[] {
  const what = COMMANDS[command].replace("%", String(count));
  const bases = (["bare", "nothing"] as const).map((base) => {
    const seconds = intervalOf(costs(base).map((cost) => cost.seconds));
    const name = base === "bare" ? "a plugin that does nothing" : "dynamic resources that do nothing";
    return { name: `${what}, ${name} ${within(seconds)}`, measured: seconds.median, unit: "s", holds: true };
  });
  const ratios = (["plugin", "dynamic", "calls"] as const).flatMap((host) => {
    if (host === "calls" && NEEDED_CALLS[command] === 0) return [];
    const ratio = (by: (cost: CostOfRun) => number | undefined) =>
      compared(
        costs(host),
        costs(BASES[host]),
        (ours, theirs) => (by(ours) ?? Number.NaN) / (by(theirs) ?? Number.NaN),
      );
    const name = host === "calls" ? `${NEEDED_CALLS[command]} plain calls each and nothing else` : host;
    const hasGoal = host !== "calls" && !(command === "preview" && count === 1);
    const time = hasGoal ? GOALS[command][host] : undefined;
    const memory = hasGoal && command === "up" ? GOALS_OF_MEMORY[host] : undefined;
    const over = `over ${BASES[host] === "bare" ? "that plugin's" : "theirs"}`;
    const callsEach = costs(host).map(({ calls }) => calls / count);
    return [
      against(
        `${what}, ${name}: wall time ${over}`,
        ratio(({ seconds }) => seconds),
        time,
      ),
      // On a busy machine it says more than the wall time does.
      against(
        `${what}, ${name}: CPU time ${over}`,
        ratio(({ cpuSeconds }) => cpuSeconds),
        undefined,
      ),
      against(
        `${what}, ${name}: peak memory ${over}`,
        ratio(({ megabytes }) => megabytes),
        memory,
      ),
      ...(host === "calls"
        ? []
        : [{ name: `${what}, ${name}: calls of each`, measured: median(callsEach), unit: "calls", holds: true }]),
    ].filter(({ measured }) => !Number.isNaN(measured));
  });
  return [...bases, ...ratios];
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
