import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { createEmulator, type PolicyOptions } from "../emulator";
import { UsageError } from "./exitCodes";
import { port } from "./options";

interface Options {
  readonly port: number;
  readonly speed: number;
  readonly seed?: string;
  readonly groups?: string;
  readonly faults?: string;
  readonly policies?: string;
  readonly host?: string[];
}

const help = `
When it listens, it prints one line of JSON on standard output:

  {"url": "http://127.0.0.1:PORT", "region": "…", "awsRegion": "…", "accessKeyId": "…", "secretAccessKey": "…"}

Point a client at that URL with those keys. Requests for any region are answered, each region a world of its own. A group that names
none is in cn-hangzhou (ESS) or us-east-1 (AWS):

  AWS_ENDPOINT_URL=$url AWS_DEFAULT_REGION=us-east-1 aws autoscaling describe-instance-refreshes --auto-scaling-group-name web
  ALIBABA_CLOUD_ENDPOINT_ESS=$url

Instances of an image whose id contains "unhealthy" never become healthy, and "slow-90" there makes a launch take 90
seconds. In ESS a launch template or the name of a scaling configuration says so too.

Files, by example:

  --groups  [{"service": "ess", "region": "cn-hangzhou", "ScalingGroupId": "asg-web", "DesiredCapacity": 10,
              "ScalingConfiguration": {"ImageId": "m-1", "InstanceType": "ecs.g7.large"}}]
            [{"service": "autoscaling", "region": "us-east-1", "AutoScalingGroupName": "web", "MinSize": 0, "MaxSize": 20,
              "DesiredCapacity": 10, "LaunchTemplate": {"LaunchTemplateName": "web", "Version": "1"},
              "LaunchTemplateVersions": [{"ImageId": "ami-1", "InstanceType": "m5.large"}]}]
  --faults  [{"operations": ["ess:StartInstanceRefresh"], "kind": "CutAfter", "count": 1}]
  --policies {"emulator-access-key": {"Version": "1", "Statement": [
              {"Effect": "Allow", "Action": "ess:Describe*", "Resource": "*"}]}}

While it runs: GET $url/_emulator/state, POST $url/_emulator/clock {"advanceSeconds": 3600},
POST $url/_emulator/faults [...]. It listens on the loopback interface only, answers requests that are
addressed to it by a name of that interface or by one of --host, and stops on SIGTERM and SIGINT.`;

/** `instance-refresh emulator`: both clouds' instance refresh APIs on this machine. */
export function registerEmulator(program: Command): void {
  program
    .command("emulator")
    .summary("emulate the instance refresh APIs of both clouds on this machine")
    .description(
      "Emulates what AWS EC2 Auto Scaling and Alibaba Cloud ESS do to refresh the instances of a group: the APIs over HTTP, and groups whose instances launch, warm up and fail.",
    )
    .option("--port <number>", "where to listen; 0 is a free port", port, 0)
    .option("--speed <factor>", "simulated seconds that pass in a real one", factor, 1)
    .option("--seed <text>", "the same seed and the same calls give the same history")
    .option("--groups <file>", "groups to begin with: JSON")
    .option("--faults <file>", "faults of the service to begin with: JSON")
    .option("--policies <file>", "what access keys may do, as IAM or RAM policies: JSON")
    .option("--host <names...>", "further names that requests may be addressed to")
    .addHelpText("after", help)
    .action(run);
}

async function run(options: Options): Promise<void> {
  const emulator = await createEmulator({
    port: options.port,
    speed: options.speed,
    seed: options.seed,
    hosts: options.host,
    groups: readList(options.groups),
    faults: readList(options.faults),
    policies: readPolicies(options.policies),
  });
  const { url, region, awsRegion, accessKeyId, secretAccessKey } = emulator;
  process.stdout.write(`${JSON.stringify({ url, region, awsRegion, accessKeyId, secretAccessKey })}\n`);
  if (process.stderr.isTTY) process.stderr.write(`Open ${url} in a browser. Ctrl-C ends the emulator.\n`);
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  await emulator.close();
}

/** The emulator says what is wrong with an entry; here only the file itself can be. */
function readList(file: string | undefined) {
  if (file === undefined) return undefined;
  const list = parse(file);
  if (!Array.isArray(list)) throw new UsageError(`${file}: it must be a JSON array`);
  return list;
}

function readPolicies(file: string | undefined): PolicyOptions | undefined {
  if (file === undefined) return undefined;
  const policies = parse(file);
  if (typeof policies !== "object" || policies === null || Array.isArray(policies)) {
    throw new UsageError(`${file}: it must be a JSON object`);
  }
  return policies as PolicyOptions;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}

function factor(text: string): number {
  const number = Number(text);
  if (!(number >= 0 && number <= 1_000_000)) throw new InvalidArgumentError("It must be a number from 0 to 1,000,000.");
  return number;
}
