import { type Command, InvalidArgumentError } from "commander";
import { lifecycleOf } from "../app/lifecycles";
import type { Arguments, CloudModule } from "../core/cloud";
import { advise, type Proposal } from "../forecast/advise";
import { adviceText } from "../forecast/adviseText";
import { type ConnectionOptions, cloudOfGroup, settingsOf, withConnection } from "./connection";
import { exitCodes, UsageError } from "./exitCodes";
import { argumentsFrom, type ForecastArguments } from "./forecastArguments";
import { duration, withRefreshOptions } from "./options";
import { literal } from "./programText";

interface Options extends ConnectionOptions, Omit<ForecastArguments, "checkpoints"> {
  readonly within: number;
  readonly neverBelow: number;
  readonly neverAbove?: number;
  readonly checkpoints?: number;
  readonly program?: boolean;
  readonly json?: boolean;
}

const help = `
It asks the cloud what \`forecast\` asks, and changes nothing. Exit code 1: the constraints cannot be met.

  instance-refresh advise asg-… --image m-… --within 30m --never-below 90 --never-above 120
  instance-refresh advise web --within 1h --never-below 100 --checkpoints 2 --program`;

/** `instance-refresh advise`: the preferences with which a refresh keeps what it must. */
export function registerAdvise(program: Command): void {
  const command = withConnection(program.command("advise <group>"))
    .summary("propose the preferences with which a refresh ends in time and keeps capacity")
    .description(
      "Proposes up to three sets of preferences, the fastest first, each with its forecast and what limits it.",
    )
    .requiredOption("--within <duration>", "it must have ended by then, at the latest that is forecast", duration)
    .requiredOption("--never-below <percent>", "of the desired capacity, always ready", percentage(0, 100))
    .option(
      "--never-above <percent>",
      "of the desired capacity, never exceeded; 200 when left out",
      percentage(100, 200),
    )
    .option("--checkpoints <number>", "pauses before everything is replaced", number)
    .option("--pause <duration>", "how long each takes; 10m when left out, or less where the time is short", duration);
  withRefreshOptions(command)
    .option("--arguments <file>", "arguments of the resource as JSON, beside the options; - reads standard input")
    .option("--program", "the arguments of the best proposal, for a program")
    .option("--json", "the proposals, or what cannot be met, as one JSON object")
    .addHelpText("after", help)
    .action(run);
}

async function run(group: string, options: Options): Promise<void> {
  const { within, neverBelow, neverAbove, checkpoints, pause, ...asked } = options;
  if (pause !== undefined && !checkpoints) throw new UsageError("--pause needs --checkpoints.");
  const lifecycle = await lifecycleOf(await cloudOfGroup(group, options));
  const { cloud } = lifecycle;
  const given = argumentsFrom(cloud, group, asked);
  const { inputs, failures } = lifecycle.check(given);
  if (failures.length > 0) throw new UsageError(failures.map(({ reason }) => reason).join("\n"));
  const snapshot = await (await cloud.connect(settingsOf(options))).snapshot(inputs);
  if (!snapshot) throw new UsageError(`There is no group ${group} (${cloud.name}); see --cloud and --region.`);
  const constraints = { withinSeconds: within, neverBelow, neverAbove, checkpoints, pauseSeconds: pause };
  const advice = advise(snapshot.group, snapshot.refresh, constraints);
  const [best] = advice.proposals;
  if (options.json) process.stdout.write(`${JSON.stringify(advice)}\n`);
  else if (options.program && best) process.stdout.write(`${programOf(cloud, group, given, best)}\n`);
  else process.stdout.write(`${adviceText(group, advice).join("\n")}\n`);
  if (advice.unmet.length > 0) process.exitCode = exitCodes.failed;
}

/** The arguments that are proposed, as members of an object. */
function programOf(cloud: CloudModule, group: string, given: Arguments, { preferences }: Proposal): string {
  const { minHealthyPercentage, maxHealthyPercentage, checkpoints, checkpointPauseSeconds } = preferences;
  const proposed = cloud.argumentsOf(group, given, {
    ...(minHealthyPercentage === undefined ? {} : { min: minHealthyPercentage }),
    ...(maxHealthyPercentage === undefined ? {} : { max: maxHealthyPercentage }),
    ...(checkpoints ? { checkpoints } : {}),
    ...(checkpointPauseSeconds === undefined ? {} : { pause: checkpointPauseSeconds }),
  });
  const members = Object.entries(proposed).filter(([name]) => name !== cloud.groupArgument);
  return members.map(([name, value]) => `${name}: ${literal(value)},`).join("\n");
}

function percentage(least: number, most: number): (text: string) => number {
  return (text) => {
    const found = Number(text);
    if (text.trim() !== "" && Number.isInteger(found) && found >= least && found <= most) return found;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function number(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 0 to 99.");
  return Number(text);
}
