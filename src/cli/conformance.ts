import { type Command, InvalidArgumentError, Option } from "commander";
import { benches } from "../conformance";
import type { ConformanceOptions } from "./conformanceOptions";

const help = `
It plays scenarios on small groups of its own, and writes down what the service answers, without anything that tells
whose account it was. Before it creates anything it says what, where, for how long and at which cost, and asks.

  instance-refresh conformance --cloud aws --image ami-… --subnet subnet-… --dry-run
  instance-refresh conformance --cloud aws --image ami-… --subnet subnet-… --budget 5
  instance-refresh conformance --cloud ess --image m-… --subnet vsw-… --security-group sg-… --only plain,cancel
  instance-refresh conformance clean --cloud aws
  instance-refresh conformance --replay conformance-aws.json

Everything that it creates bears the tag instance-refresh-conformance. It is removed at the end and on Ctrl-C; what a
killed run has left is removed by the next one, or by \`clean\`.`;

/** `instance-refresh conformance`: does a real account behave as the emulator and the forecast hold true? */
export function registerConformance(program: Command): void {
  const command = withAccount(program.command("conformance"))
    .summary("play scenarios on a real account, and compare it with the emulator")
    .description(
      "Plays instance refreshes on small groups of its own, records the answers, and compares them with what the emulator and the table of facts say.",
    )
    .option("--image <id>", "image of the machines: a small Linux that fits them")
    .option("--subnet <id>", "where the machines are: a subnet, or a vSwitch")
    .option("--security-group <id>", "their security group; ESS needs one")
    .option("--machine <type>", "their type, when it is not the smallest")
    .option("--only <scenarios>", "play these, such as plain,cancel", names)
    .option("--at-once <number>", "how many scenarios are played at the same time", positive, 4)
    .option("--budget <sum>", "refuse to play above this estimated cost", positive)
    .option("--dry-run", "say what would be created, and end")
    .option("-y, --yes", "do not ask")
    .option("--out <file>", "the cassette; else conformance-CLOUD.json")
    .option("--resume", "go on with the cassette that is there")
    .option("--origin <text>", "what to say in the cassette of where it comes from")
    .option("--replay <file>", "compare a cassette with the emulator; calls no cloud")
    .option("--calibrate", "with --replay: how long launches, checks and terminations took")
    .option("--json", "with --replay: the comparison as one JSON object")
    .addOption(
      new Option("--speed <factor>", "of an emulator whose time runs faster").argParser(positive).default(1).hideHelp(),
    )
    .addHelpText("after", help)
    .action(async (options: ConformanceOptions) => {
      if (options.replay !== undefined)
        return (await import("./conformanceReplay.js")).replayCommand(options.replay, options);
      return (await import("./conformancePlay.js")).playCommand(options);
    });
  withAccount(command.command("clean"))
    .summary("remove what earlier runs have left")
    .description("Removes everything that bears the tag of the conformance kit, and nothing else.")
    .option("-y, --yes", "do not ask")
    .option("--dry-run", "say what would be removed, and end")
    .action(async (_: unknown, self: Command) =>
      (await import("./conformanceClean.js")).cleanCommand(self.optsWithGlobals()),
    );
}

function withAccount(command: Command): Command {
  return command
    .addOption(new Option("--cloud <name>", "`aws` or `ess`").choices(Object.keys(benches)))
    .option("--region <name>", "where to play; else that of the environment or the profile")
    .option("--profile <name>", "profile in the cloud's own configuration files")
    .option("--role <arn>", "role to assume with the credentials found")
    .option("--endpoint <address>", "address of the API, for private endpoints and emulators");
}

function names(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}
