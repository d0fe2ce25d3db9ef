import type { Command } from "commander";
import { connectForPreview } from "../app/connectForPreview";
import { forecastOf } from "../app/forecasts";
import { lifecycleOf } from "../app/lifecycles";
import { assessmentOf } from "../app/preview";
import type { ForecastResult } from "../forecast/forecast";
import { forecastText } from "../forecast/forecastText";
import { type ConnectionOptions, cloudOfGroup, settingsOf, withConnection } from "./connection";
import { UsageError } from "./exitCodes";
import { argumentsFrom, type ForecastArguments } from "./forecastArguments";
import { duration, percentage, percentages, withRefreshOptions } from "./options";
import { silentCall } from "./silentCall";

interface Options extends ConnectionOptions, ForecastArguments {
  readonly timeout?: number;
  readonly json?: boolean;
  readonly picture?: string;
}

const help = `
It describes the group, its instances, its activities and its earlier refreshes, and changes nothing. The rules of its model,
and where each comes from, are in docs/facts.md of the package.

  instance-refresh forecast asg-… --image m-… --min 90 --max 120 --checkpoints 20,100 --pause 10m
  instance-refresh forecast web --launch-template web --launch-template-version 7 --min 90 --warmup 2m
  instance-refresh forecast web --arguments arguments.json --json`;

/** `instance-refresh forecast`: what a refresh would do to a group. */
export function registerForecast(program: Command): void {
  const command = withConnection(program.command("forecast <group>"))
    .summary("say what a refresh would do to a group, before it is started")
    .description(
      "Says in which batches instances would be replaced, how low and high capacity would go, and how long it would take.",
    )
    .option("--min <percent>", "minimum healthy percentage", percentage)
    .option("--max <percent>", "maximum healthy percentage", percentage)
    .option("--checkpoints <percents>", "where to pause, such as 20,60,100", percentages)
    .option("--pause <duration>", "how long to pause at a checkpoint, such as 10m", duration);
  withRefreshOptions(command)
    .option(
      "--arguments <file>",
      "arguments of the resource as JSON, over which the options are laid; - reads standard input",
    )
    .option("--timeout <duration>", "warn when the refresh may take longer than this", duration)
    .option("--json", "the forecast as one JSON object")
    .option("--picture <file>", "the capacity curve as .svg, or as .png with @resvg/resvg-js installed")
    .addHelpText("after", help)
    .action(run);
}

async function run(group: string, options: Options): Promise<void> {
  const cloud = await cloudOfGroup(group, options);
  const lifecycle = await lifecycleOf(cloud);
  const { inputs, failures } = lifecycle.check(argumentsFrom(lifecycle.cloud, group, options));
  if (failures.length > 0) throw new UsageError(failures.map(({ reason }) => reason).join("\n"));
  const limits = options.timeout === undefined ? {} : { timeoutSeconds: options.timeout };
  const connect = connectForPreview(lifecycle.cloud);
  const result = await forecastOf(cloud, inputs, settingsOf(options), limits, connect);
  if (!result) throw new UsageError(`There is no group ${group} (${lifecycle.cloud.name}); see --cloud and --region.`);
  const { forecast } = result;
  // What `up` would refuse or meet is not hidden behind a forecast.
  const { warnings, notes, startTime } = await assessmentOf(
    lifecycle,
    inputs,
    { ...silentCall(settingsOf(options)), connect },
    () => false,
  );
  for (const line of [...warnings.map((each) => `Warning: ${each}`), ...notes, ...startTime])
    process.stderr.write(`${line}\n`);
  if (options.picture !== undefined) await draw(result, options.picture);
  process.stdout.write(`${options.json ? JSON.stringify(forecast) : forecastText(forecast).join("\n")}\n`);
}

async function draw({ forecast, curve, bounds }: ForecastResult, file: string): Promise<void> {
  const [{ curveOfSamples }, { writePicture }] = await Promise.all([
    import("../pictures/capacityCurve.js"),
    import("../pictures/writePicture.js"),
  ]);
  const title = `Forecast for ${forecast.group}`;
  await writePicture(curveOfSamples(curve, { title, floor: bounds?.least, ceiling: bounds?.most }), file);
}
