/** Whatever a call ends with, no command of the command line says what is secret. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { registerAdvise } from "../../../src/cli/advise";
import { registerCancel } from "../../../src/cli/cancel";
import { registerConformance } from "../../../src/cli/conformance";
import { registerDoctor } from "../../../src/cli/doctor";
import { failureText } from "../../../src/cli/failureText";
import { registerForecast } from "../../../src/cli/forecast";
import { registerHistory } from "../../../src/cli/history";
import { registerStatus } from "../../../src/cli/status";
import { registerWatch } from "../../../src/cli/watch";
import { Secrets } from "../../../src/clouds/common/secrets";
import { processClock } from "../../../src/core/clock";
import { ARGUMENTS, IDS, SECRETS } from "./cases";
import { ENDINGS, type HostileServer, hostileServer } from "./hostileServer";
import { leaksIn } from "./spellings";

/** The clock of the process: pauses between attempts take no time. */
const SPEED = 10_000;
const CLOUDS = ["ess", "autoscaling"] as const;
type Cloud = (typeof CLOUDS)[number];

const folder = mkdtempSync(join(tmpdir(), "leaks-"));
function argumentsFile(cloud: Cloud): string {
  const path = join(folder, `${cloud}.json`);
  writeFileSync(path, JSON.stringify(ARGUMENTS[cloud]));
  return path;
}

/** Commands that call the cloud, with what follows their names. */
const COMMANDS: Readonly<Record<string, readonly [(program: Command) => void, (cloud: Cloud) => string[]]>> = {
  doctor: [registerDoctor, (cloud) => [groupOf(cloud), "--arguments", argumentsFile(cloud)]],
  forecast: [registerForecast, (cloud) => [groupOf(cloud), "--arguments", argumentsFile(cloud)]],
  advise: [
    registerAdvise,
    (cloud) => [groupOf(cloud), "--within", "1h", "--never-below", "50", "--arguments", argumentsFile(cloud)],
  ],
  history: [registerHistory, (cloud) => [groupOf(cloud)]],
  status: [registerStatus, (cloud) => ["--group", groupOf(cloud)]],
  watch: [registerWatch, (cloud) => [IDS[cloud] as string, "--timeout", "20s"]],
  cancel: [registerCancel, (cloud) => [IDS[cloud] as string, "--timeout", "20s"]],
  conformance: [registerConformance, () => ["--image", "ami-1", "--subnet", "subnet-1", "--dry-run"]],
};

function groupOf(cloud: Cloud): string {
  return cloud === "ess" ? "asg-web" : "web";
}

let printed: string[];
const before = { ...process.env };
const servers: HostileServer[] = [];
beforeEach(() => {
  processClock.setSpeed(SPEED);
  for (const name of Object.keys(process.env)) if (/^(AWS|ALI)/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: SECRETS.key,
    AWS_SESSION_TOKEN: SECRETS.token,
    ALIBABA_CLOUD_ACCESS_KEY_ID: "id",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: SECRETS.key,
    ALIBABA_CLOUD_SECURITY_TOKEN: SECRETS.token,
  });
  printed = [];
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, "write").mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  processClock.setSpeed(1);
  process.env = { ...before };
  process.exitCode = 0;
  for (const server of servers.splice(0)) await server.close();
});

/** Runs a command; what it would have printed at its end. */
async function run(name: string, cloud: Cloud, url: string): Promise<string> {
  const [register, wordsOf] = COMMANDS[name] ?? [];
  if (!register || !wordsOf) throw new Error(`There is no command ${name}.`);
  const program = new Command("instance-refresh").exitOverride();
  register(program);
  const region = cloud === "ess" ? "cn-hangzhou" : "eu-west-1";
  const cloudName = name === "conformance" && cloud === "autoscaling" ? "aws" : cloud;
  const words = [name, ...wordsOf(cloud), "--cloud", cloudName, "--endpoint", url, "--region", region];
  return program.parseAsync(["node", "instance-refresh", ...words]).then(
    () => "",
    (error: unknown) => `${failureText(error, words)} ${(error as Error).stack}`,
  );
}

/** Plays all commands against every ending, side by side; how many, and what leaked. */
async function play(cloud: Cloud, endings: readonly string[]) {
  const runs = endings.map(async (ending) => {
    const server = await hostileServer();
    servers.push(server);
    server.ending = ending;
    const said = await Promise.all(
      Object.keys(COMMANDS).map(async (name) => [name, await run(name, cloud, server.url)] as const),
    );
    return said.map(([name, text]) => ({ name, leaks: leaksIn(text, Object.values(SECRETS)), ending }));
  });
  const ended = (await Promise.all(runs)).flat();
  const found = ended.filter(({ leaks }) => leaks.length > 0);
  return { cases: ended.length, found: [...found, ...leaksIn(printed.join("\n"), Object.values(SECRETS))] };
}

test.each(CLOUDS)("%s: however a call ends, no command says a secret", async (cloud) => {
  const { cases, found } = await play(cloud, Object.keys(ENDINGS));
  expect(found).toEqual([]);
  expect(cases).toBe(Object.keys(ENDINGS).length * Object.keys(COMMANDS).length);
  expect(printed.join("").length).toBeGreaterThan(1_000);
  // None ended because its command line is wrong.
  expect(printed.join("\n")).not.toMatch(/^error: /m);
});

test("the search finds what a refusal echoes, when nothing is taken out of it", async () => {
  jest.spyOn(Secrets.prototype, "scrub").mockImplementation((text) => text);
  const { found } = await play("ess", ["a refusal that echoes the request"]);
  expect(JSON.stringify(found)).toContain("token");
});
