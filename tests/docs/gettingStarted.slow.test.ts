/** The pages for a new user, followed as they stand written: in a fresh folder, with the packed package, on the real engine. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { blocksOf } from "./markdown";

const root = resolve(__dirname, "../..");
let folder: string;
let emulator: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-first-"));
});
afterEach(async () => {
  const ended = emulator && new Promise((resolve) => emulator?.once("close", resolve));
  if (emulator?.pid) process.kill(-emulator.pid, "SIGTERM");
  await ended;
  emulator = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function packed(): string {
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, "--loglevel=error"];
  const [{ filename }] = JSON.parse(execFileSync("npm", pack, { cwd: root, encoding: "utf8" }));
  return join(folder, filename);
}

/** The page's commands take the published package; this one is not, or not yet. */
function command(text: string, tarball: string): string {
  return text.replace(/(npm install .*)pulumi-instance-refresh/, `$1${tarball} --prefer-offline --no-audit --no-fund`);
}

test.each([
  ["getting-started-aws.md", "web", "web/[\\w-]+", "RollbackSuccessful"],
  ["getting-started-alibaba.md", "asg-web", "ir-\\w+", "Failed"],
])("%s works as it is written", async (page, group, id, badEnd) => {
  const markdown = readFileSync(join(root, "docs", page), "utf8");
  const blocks = blocksOf(markdown);
  // Pages do not show what follows the language of a block: the name of each file is also in the text.
  for (const { language, name } of blocks) {
    if (name && language !== "sh") expect(markdown).toContain(`Save this as \`${name}\``);
  }
  const second = blocks.find(({ name }) => name === "second-terminal")?.text ?? "";
  const environment = {
    ...process.env,
    ...pulumiEnvironment(folder),
    PULUMI_BACKEND_URL: "",
  };
  const tarball = packed();
  const script: string[] = ["set -e"];
  for (const { language, name, text } of blocks) {
    if (name === "second-terminal") {
      const url = /--port (\d+)/.exec(text)?.[1];
      script.push(`echo ready-for-the-emulator; until curl -fs http://127.0.0.1:${url}/ >&2; do sleep 0.2; done`);
    } else if (language === "sh") script.push(command(text, tarball));
    else if (name) writeFileSync(join(folder, name), text);
  }
  // What the page leaves to the reader: the project of `init` has its packages from the folder around it.
  script.push(
    `ln -s ${join(root, "node_modules/typescript")} node_modules/`,
    "cd mine",
    "pulumi stack init mine",
    "pulumi preview",
  );
  const output = await new Promise<string>((done, fail) => {
    const shell = spawn("bash", ["-c", script.join("\n")], { cwd: folder, env: environment });
    let out = "";
    shell.stdout.on("data", (chunk) => {
      out += chunk;
      if (!emulator && out.includes("ready-for-the-emulator")) {
        emulator = spawn("bash", ["-c", second], { cwd: folder, env: environment, detached: true, stdio: "ignore" });
      }
    });
    let err = "";
    shell.stderr.on("data", (chunk) => {
      err += chunk;
    });
    shell.on("close", (code) => (code === 0 ? done(out) : fail(new Error(`exit code ${code}\n${out}\n${err}`))));
  });

  expect(output).toContain(`Forecast for group ${group}: replaces 10 of 10 instances`);
  expect(output).toMatch(/(replaces 0|none) of 10 instances/);
  // A page that shows no warning must meet none.
  expect(output.slice(0, output.indexOf("wrote mine/"))).not.toMatch(/warning:/i);
  expect(output).toMatch(new RegExp(`${id} {2}${badEnd}`));
  expect(output).toMatch(new RegExp(`${id} {2}Successful {2}100 %`));
});
