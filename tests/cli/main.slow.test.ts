/** The command as a process: its streams, its help, and what it prints for a shell. */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { lifecycleOf } from "../../src/app/lifecycles";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";

const root = join(__dirname, "../..");

function shell(line: string) {
  const program = `"${process.execPath}" -r ./tools/typescript.cjs src/cli/main.ts`;
  return spawnSync("bash", ["-c", line.replaceAll("PROGRAM", program)], { cwd: root, encoding: "utf8" });
}

test("help begins with examples, and a misspelt command or option is told what was meant", () => {
  expect(shell("PROGRAM --help").stdout).toMatch(/^Examples:\n {2}instance-refresh init web/);
  const command = shell("PROGRAM wach");
  expect(command).toMatchObject({ status: 2, stderr: expect.stringContaining("Did you mean watch?") });
  expect(shell("PROGRAM status --grop web").stderr).toContain("Did you mean --group?");
});

test("a reader that has gone ends the command without a word, a full disk with one line", () => {
  expect(shell("PROGRAM completion bash | true").stderr).toBe("");
  const full = shell("PROGRAM completion bash > /dev/full");
  expect(full).toMatchObject({ status: 3, stderr: "Standard output could not be written: ENOSPC.\n" });
});

test("bash completes commands, and the options of each", () => {
  const { stdout } = shell(`source <(PROGRAM completion bash)
    complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _instance_refresh; echo "\${COMPREPLY[@]}"; }
    complete_line instance-refresh wat
    complete_line instance-refresh watch --gr`);
  expect(stdout).toBe("watch\n--group\n");
  expect(shell("PROGRAM completion fish").stdout).toContain("__fish_seen_subcommand_from watch");
});

/** zsh is the shell of macOS; Debian does not bring it. */
const zsh = (process.env.PATH ?? "").split(delimiter).find((folder) => {
  try {
    accessSync(join(folder, "zsh"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

(zsh ? test : test.skip)("zsh is offered the commands, and the options of each", () => {
  // As its completion system calls the script. What does not begin with the typed word, the shell itself leaves out.
  const { stdout } = shell(`zsh -f -c '
    compinit() { : }; compdef() { : }
    source <(PROGRAM completion zsh)
    complete_line() { emulate -L sh; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _instance_refresh; echo "\${COMPREPLY[@]}"; }
    complete_line instance-refresh wat
    complete_line instance-refresh watch --gr'`);
  const [commands, options] = stdout.split("\n");
  expect(commands).toMatch(/\bforecast\b.*\bwatch\b/);
  expect(options).toMatch(/--group\b.*--next\b/);
  expect(options).not.toContain("forecast");
});

/** Runs a line of a shell while a refresh runs on an emulator in this process; `act` is told of the first output. */
async function beside(line: string, speed: number, act: (pid: number) => void = () => {}) {
  const emulator = await emulatedGroups({ speed });
  try {
    const { cloud } = await lifecycleOf("ess");
    const id = await (await cloud.connect(settingsFor(emulator))).start(newVersions.ess, "token");
    const program = `"${process.execPath}" -r ./tools/typescript.cjs src/cli/main.ts`;
    const reached = `${id} --endpoint ${emulator.url} --region ${emulator.region}`;
    const env = {
      ...process.env,
      ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.secretAccessKey,
    };
    const text = line.replaceAll("PROGRAM", program).replaceAll("REACHED", reached);
    const child = spawn("bash", ["-c", text], { cwd: root, env });
    let [stdout, stderr] = ["", ""];
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.on("data", (chunk) => {
      if (stdout === "") act(child.pid ?? 0);
      stdout += chunk;
    });
    const status = await new Promise((resolve) => child.once("close", resolve));
    return { stdout, stderr, status, id };
  } finally {
    await emulator.close();
  }
}

test.each(["SIGHUP", "SIGTERM", "SIGINT"] as const)(
  "%s ends a watch with one line, the command that goes on, and exit code 3",
  async (signal) => {
    const { stderr, status, id } = await beside("exec PROGRAM watch REACHED", 1, (pid) => process.kill(pid, signal));
    expect(stderr).toContain(`${id}: interrupted; it goes on in the cloud; it was `);
    expect(stderr).toContain(`Next: go on waiting: npx pulumi-instance-refresh watch ${id} --endpoint`);
    expect(status).toBe(3);
  },
);

test("a reader that wants one line of a watch ends it without a word", async () => {
  const { stdout, stderr, status } = await beside("set -o pipefail; PROGRAM watch REACHED | head -1", 20);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect([stderr, status]).toEqual(["", 3]);
});
