/** The command as a process: its streams, its help, and what it prints for a shell. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

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
