/**
 * The programs of `examples/languages` on the real engine, with the SDKs that a release publishes: one language here, all
 * that this machine has a host for by `npm run languages`.
 */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { archiveSdks, generateSdk } from "../../tools/sdks";
import { environmentOf, fast } from "../constructs/emulated";
import { type AwsEmulator, startAwsEmulator } from "../emulator/aws/awsEmulator";
import { pythonWith } from "../emulator/python/packages";

const ROOT = resolve(__dirname, "../..");

let folder: string;
let aws: AwsEmulator;
let launchTemplateId: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-languages-"));
  aws = await startAwsEmulator({
    ...fast(),
    groups: [
      {
        service: "ess",
        region: "cn-hangzhou",
        ScalingGroupId: "asg-web",
        DesiredCapacity: 4,
        MultiAZPolicy: "PRIORITY",
        ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
      },
      {
        service: "autoscaling",
        region: "eu-west-1",
        AutoScalingGroupName: "web",
        MinSize: 0,
        MaxSize: 8,
        DesiredCapacity: 4,
        LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
        LaunchTemplateVersions: ["1", "2", "3", "4"].map((version) => ({ ImageId: `ami-${version}` })),
      },
    ],
  });
  launchTemplateId = (await aws.group("web")).LaunchTemplate?.LaunchTemplateId ?? "";
});
afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Variables under which the engine finds the language's host, the plugin, and what the program imports. */
interface Installed {
  readonly PYTHONPATH?: string;
}

/** What a person installs before the first `pulumi up`. */
const install: Readonly<Record<string, (project: string) => Installed>> = {
  yaml: () => ({}),
  python: (project) => {
    const python = pythonWith("pulumi", "parver", "semver");
    if (typeof python === "string") throw new Error(python);
    archiveSdks(project, ["python"]);
    const [, archive = ""] = /^\.\/(.*)$/m.exec(readFileSync(join(project, "requirements.txt"), "utf8")) ?? [];
    const target = join(project, "packages");
    const options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target", target];
    execFileSync("python3", ["-m", "pip", "install", ...options, join(project, archive)], { stdio: "pipe" });
    return { PYTHONPATH: [target, python.folder].join(delimiter) };
  },
  go: (project) => {
    generateSdk("go", join(project, "instancerefresh"));
    execFileSync("go", ["mod", "tidy"], { cwd: project, env: { ...process.env, GOWORK: "off" }, stdio: "pipe" });
    return {};
  },
};

const asked = process.env.LANGUAGES === "all" ? Object.keys(install) : ["python"];

test.each(asked)("a program in %s rolls a group of each cloud, and then nothing changes", async (language) => {
  const project = join(folder, language);
  cpSync(join(ROOT, "examples/languages", language), project, { recursive: true });
  const installed = install[language]?.(project);
  const hosts = execFileSync(process.execPath, [join(ROOT, "tools/languageHosts.mjs"), language], { encoding: "utf8" });
  const engine = pulumiEnvironment(folder);
  const env = {
    ...process.env,
    ...engine,
    ...environmentOf(aws.emulator),
    ...installed,
    PATH: [...JSON.parse(hosts), join(ROOT, "provider"), engine.PATH].join(delimiter),
    GOWORK: "off",
  };
  const pulumi = async (...args: string[]) => {
    const run = promisify(execFile)("pulumi", [...args, "--non-interactive"], { cwd: project, env });
    const { stdout } = await run.catch((failure: Error & { stdout: string }) => {
      throw new Error(`${failure.message}\n${failure.stdout}`);
    });
    return stdout.trim();
  };
  const number = 2 + asked.indexOf(language);
  const settings = {
    scalingGroupId: "asg-web",
    imageId: `m-${number}`,
    autoscalingGroupName: "web",
    launchTemplateId,
    launchTemplateVersion: String(number),
  };
  const before = starts();
  await pulumi("stack", "init", language);
  const pairs = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await pulumi("config", "set-all", ...pairs);
  await pulumi("up", "--yes", "--skip-preview");
  expect(JSON.parse(await pulumi("stack", "output", "--json"))).toEqual({
    alicloudStatus: "Successful",
    awsStatus: "Successful",
  });
  await pulumi("preview", "--expect-no-changes");
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(starts() - before).toBe(2);
});

function starts(): number {
  return aws.emulator.requests.filter(({ operation, acted }) => operation === "StartInstanceRefresh" && acted).length;
}
