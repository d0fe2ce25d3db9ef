import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { treeOf } from "./tree";

const root = resolve(__dirname, "../..");
const text = (file: string) => readFileSync(join(root, file), "utf8");
const old = treeOf({
  "old.cjs": `
    Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.9.0" } });
    Object.defineProperty(process, "version", { value: "v22.9.0" });
  `,
});

/** Runs Node as if it were version 22.9. */
function runOldNode(args: string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-r", join(old, "old.cjs"), ...args], {
    cwd: root,
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

test.each(["bin/instance-refresh", "provider/pulumi-resource-instance-refresh"])(
  "%s with an older Node says in one line which one it needs",
  (executable) => {
    expect(runOldNode([executable])).toEqual({
      status: 1,
      stdout: "",
      stderr: "pulumi-instance-refresh needs Node.js 22.12 or newer; this is Node.js v22.9.0.\n",
    });
  },
);

test.each(["bin/instance-refresh", "provider/pulumi-resource-instance-refresh"])(
  "%s of a clone that is not built says what to do",
  (executable) => {
    const clone = treeOf({ [executable]: text(executable), "bin/start.js": text("bin/start.js") });
    const { status, stderr } = spawnSync(process.execPath, [join(clone, executable)], { encoding: "utf8" });
    expect(stderr).toMatch(/^[\w-]+ is not built: there is no .*\/dist\. Run `npm run build` first\.\n$/);
    expect(status).toBe(1);
  },
);

test.each(["", "/plugin", "/dynamic-provider", "/constructs", "/emulator"])(
  "a program that imports pulumi-instance-refresh%s with an older Node learns which one it needs",
  (entry) => {
    const program = `try { require("pulumi-instance-refresh${entry}") } catch ({ message }) { console.log(message) }`;
    expect(runOldNode(["-e", program]).stdout).toBe(
      "pulumi-instance-refresh needs Node.js 22.12 or newer; this is Node.js v22.9.0.\n",
    );
  },
);

function cloneWith(files: Record<string, string>): string {
  const copied = ["package.json", "tools/node.cjs", "tools/node/package.json", "tools/node/package-lock.json"];
  return treeOf({ ...Object.fromEntries(copied.map((file) => [file, text(file)])), ...files });
}

test("a tool that is started with an older Node goes on with the one that set-up brings, and so do its children", () => {
  const clone = cloneWith({
    ".cache/node/22.23.2/node_modules/.bin/node": '#!/bin/sh\necho "$@"\necho "$PATH"\nexit 7\n',
    "tools/tool.cjs": 'require("./node.cjs"); console.log("started by the older Node");',
  });
  const bin = join(clone, ".cache/node/22.23.2/node_modules/.bin");
  chmodSync(join(bin, "node"), 0o755);
  const tool = join(clone, "tools/tool.cjs");
  const { status, stdout } = runOldNode([tool, "--option", "value"], { PATH: "/first:/second" });
  expect(stdout.split("\n")).toEqual([`-r ${old}/old.cjs ${tool} --option value`, `${bin}:/first:/second`, ""]);
  expect(status).toBe(7);
});

test("where no newer Node can be installed, a person is told how to get one", () => {
  const clone = cloneWith({});
  const { status, stderr } = runOldNode([join(clone, "tools/node.cjs")], { PATH: join(clone, "nothing") });
  expect(stderr).toContain("Install Node.js 22.12 or newer (https://nodejs.org/en/download), and try again.");
  expect(status).toBe(1);
});
