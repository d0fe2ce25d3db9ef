/** The whole use of an Auto Scaling group by other programs: AWS CLI and boto3. */
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../../src/emulator";
import { type Python, pythonWith } from "../python/packages";

const boto3 = pythonWith("boto3");
const cli = pythonWith("awscli");
const label = (python: Python | string) => (typeof python === "string" ? ` (${python})` : "");

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, region: "eu-west-1" });
});
afterEach(() => emulator.close());

async function run(python: Python, script: string, ...values: string[]): Promise<unknown[]> {
  const { url, accessKeyId, secretAccessKey } = emulator;
  const path = join(__dirname, "../python", script);
  const printed = await python.run(path, url, accessKeyId, secretAccessKey, ...values);
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

(typeof boto3 === "string" ? test.skip : test)(`by boto3${label(boto3)}`, async () => {
  const steps = (await run(boto3 as Python, "awsBoto3.py")) as { step: string; value: unknown }[];
  expect(Object.fromEntries(steps.map(({ step, value }) => [step, value]))).toEqual({
    identity: "arn:aws:sts::123456789012:assumed-role/deploy/ci",
    group: [3, 1],
    alarm: ["OK", 1.5, true],
    "no alarm": "ResourceNotFound",
    second: "InstanceRefreshInProgress",
    "rolled back": [0, ["ami-one", "ami-one", "ami-one"]],
    reason: expect.stringMatching(/^Waiting for remaining instances to be available\. For example: i-/),
    cancelled: "Cancelled due to user request.",
    baking: 100,
    successful: [100, ["ami-two", "ami-two", "ami-two"], "2"],
    refreshes: ["Successful", "Cancelled", "RollbackSuccessful"],
    causes: [
      "an instance was launched in response to an instance refresh.",
      "an instance was taken out of service in response to an instance refresh.",
    ],
    "in use": "ResourceInUse",
    left: [],
  });
});

(typeof cli === "string" ? test.skip : test)(`by the AWS CLI${label(cli)}`, async () => {
  const asg = (command: string, ...options: string[]) => {
    return ["autoscaling", command, "--auto-scaling-group-name", "web", ...options];
  };
  const describeRefresh = asg(
    "describe-instance-refreshes",
    "--query",
    "InstanceRefreshes[0].[Status,PercentageComplete]",
  );
  const describeGroup = [
    "autoscaling",
    "describe-auto-scaling-groups",
    "--auto-scaling-group-names",
    "web",
    "--query",
    "AutoScalingGroups[].[DesiredCapacity,Instances[].ImageId]",
  ];
  const template = ["--launch-template-name", "web"];
  const desired = JSON.stringify({ LaunchTemplate: { LaunchTemplateName: "web", Version: "2" } });
  const commands: readonly (readonly [words: readonly string[], expected: unknown])[] = [
    [
      ["ec2", "create-launch-template", ...template, "--launch-template-data", '{"ImageId":"ami-one"}'],
      { LaunchTemplate: expect.objectContaining({ LaunchTemplateName: "web", LatestVersionNumber: 1 }) },
    ],
    [
      ["ec2", "create-launch-template-version", ...template, "--launch-template-data", '{"ImageId":"ami-two"}'],
      { LaunchTemplateVersion: expect.objectContaining({ VersionNumber: 2 }) },
    ],
    [
      asg(
        "create-auto-scaling-group",
        ...["--min-size", "0", "--max-size", "4", "--desired-capacity", "2"],
        ...["--launch-template", "LaunchTemplateName=web,Version=1", "--availability-zones", "eu-west-1a"],
      ),
      null,
    ],
    [["advance", "600"], null],
    [describeGroup, [[2, ["ami-one", "ami-one"]]]],
    [
      asg("start-instance-refresh", "--desired-configuration", desired, "--preferences", '{"MinHealthyPercentage":0}'),
      { InstanceRefreshId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ],
    [describeRefresh, ["Pending", 0]],
    [asg("start-instance-refresh"), expect.stringContaining("(InstanceRefreshInProgress)")],
    [["advance", "600"], null],
    [describeRefresh, ["Successful", 100]],
    [describeGroup, [[2, ["ami-two", "ami-two"]]]],
    [asg("cancel-instance-refresh"), expect.stringContaining("(ActiveInstanceRefreshNotFound)")],
    [asg("delete-auto-scaling-group", "--force-delete"), null],
    [["advance", "60"], null],
    [describeGroup, []],
    [["sts", "get-caller-identity"], expect.objectContaining({ Account: "123456789012" })],
  ];
  const printed = await run(cli as Python, "awsCli.py", JSON.stringify(commands.map(([words]) => words)));
  expect(printed).toEqual(commands.map(([, expected]) => expected));
});
