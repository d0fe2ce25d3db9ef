/** `instance-refresh doctor`: who I am, what I may do, and what a refresh of each group would meet. */
import type { Command } from "commander";
import { lifecycleOf } from "../app/lifecycles";
import { assessmentOf } from "../app/preview";
import { CloudError } from "../core/cloud";
import { toolCommand } from "../core/lifecycle/commands";
import { RefreshError } from "../core/lifecycle/errors";
import { type ConnectionOptions, cloudOfGroup, settingsOf, withConnection } from "./connection";
import { connectionLines, type Finding, failed, groupLine, permissionLines, printed } from "./doctorText";
import { exitCodes, UsageError } from "./exitCodes";
import { connectionOf } from "./failureText";
import { argumentsFrom } from "./forecastArguments";
import { silentCall } from "./silentCall";

interface Options extends ConnectionOptions {
  readonly arguments?: string;
}

const help = `
It calls only operations that describe. Permissions that only a start, a cancel or a rollback would tell are listed as not tried.
Exit codes: 0 nothing stands in the way; 1 something does; 2 the command line is wrong.

  instance-refresh doctor web
  instance-refresh doctor asg-web asg-api --region cn-hangzhou
  instance-refresh doctor web --arguments arguments.json     what this refresh would meet`;

export function registerDoctor(program: Command): void {
  withConnection(program.command("doctor <groups...>"))
    .summary("check credentials, region, endpoint, permissions and groups")
    .description("Says who you are to the cloud, what you may do, and what a refresh of each group would meet.")
    .option("--arguments <file>", "arguments of the resource as JSON; - reads standard input")
    .addHelpText("after", help)
    .action(async (groups: string[], options: Options) => {
      let isWell = true;
      for (const group of groups) {
        const findings = await findingsOf(group, options);
        process.stdout.write(`${printed(group, findings)}\n`);
        isWell &&= !findings.some(({ mark }) => mark === "✗");
      }
      process.exitCode = isWell ? exitCodes.successful : exitCodes.failed;
    });
}

/** What stops one group hides nothing of another. */
async function findingsOf(group: string, options: Options): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    await examine(group, options, findings);
  } catch (error) {
    if (!(error instanceof CloudError || error instanceof RefreshError)) throw error;
    findings.push(failed(error));
  }
  return findings;
}

async function examine(group: string, options: Options, findings: Finding[]): Promise<void> {
  const lifecycle = await lifecycleOf(await cloudOfGroup(group, options));
  const { cloud } = lifecycle;
  const settings = settingsOf(options);
  const { inputs, failures } = lifecycle.check(argumentsFrom(cloud, group, options));
  if (failures.length > 0) throw new UsageError(failures.map(({ reason }) => reason).join("\n"));
  const api = await cloud.connect(settings);
  // Where nothing can be asked at all, one line says it; what may not be asked is in the list of permissions.
  const found = await api.group(inputs as never).catch((error: unknown) => {
    if (!(error instanceof CloudError) || error.permission === undefined) throw error;
    return error;
  });
  const diagnosis = await api.diagnose?.(group);
  if (diagnosis) findings.push(...connectionLines(api.region, diagnosis), ...permissionLines(diagnosis));
  if (found instanceof CloudError) return;
  findings.push(groupLine(cloud.name, api.region, found));
  if (!found) return;
  const { warnings, notes, startTime } = await assessmentOf(lifecycle, inputs, silentCall(settings), () => false);
  for (const line of warnings.filter((each) => !found.unchecked.includes(each))) {
    const isObstacle = found.obstacles.some(({ reason }) => line.includes(reason));
    findings.push({ mark: isObstacle ? "✗" : "!", line });
  }
  findings.push(...[...notes, ...startTime].map((line): Finding => ({ mark: "–", line })));
  if (found.obstacles.length === 0) {
    const next = toolCommand("forecast", group, ...connectionOf(process.argv.slice(2)));
    findings.push({ mark: "✓", line: "nothing that can be seen now stops a refresh", next });
  }
}
