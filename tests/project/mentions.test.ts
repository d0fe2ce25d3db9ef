import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { repository } from "../../src/version";
import { filesBelow } from "./files";
import { unwantedMentions } from "./mentions";
import { treeOf } from "./tree";

test("the repository names no note of the workplace, no registry and no path of a machine", () => {
  expect(unwantedMentions(resolve(__dirname, "../.."))).toEqual([]);
});

test("every address of this repository is the one that package.json has", () => {
  const root = resolve(__dirname, "../..");
  const mentions = filesBelow(root, ".", (name) =>
    /^(node_modules|dist|coverage|\.git|\.cache|tests)$/.test(name),
  ).flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/github\.com\/([\w-]+\/pulumi-instance-refresh)\b/g)].map(
      ([, found]) => [file, `https://github.com/${found}`],
    ),
  );
  expect(mentions.length).toBeGreaterThan(10);
  expect(mentions.filter(([, found]) => found !== repository)).toEqual([]);
});

// Put together here, so that this file does not mention them itself.
const path = (...parts: string[]) => parts.join("/");
const host = (...parts: string[]) => parts.join(".");

test.each([
  ["a note of the workplace", path("see shared", "facts", "pulumi.md")],
  ["the host of a package registry", `https://${host("registry", "npmjs", "org")}/zod`],
  ["the host of a package registry", `GOPROXY=https://${host("proxy", "golang", "org")}`],
  ["where one machine got a package", `${'"resolved"'}: "${path("https:", "", "mirror.example", "zod.tgz")}"`],
  ["a path of one machine", path("", "home", "alice", "clone")],
  ["a path of one machine", path("file://", "root", "state")],
])("%s is found: %s", (why, line) => {
  expect(unwantedMentions(treeOf({ "docs/a.md": `fine\n${line}\n` }))).toEqual([`docs/a.md:2: ${why}`]);
});

test("what resembles them is let through, and so is what is installed", () => {
  const fine = "https://example.com/work/home, ./root/a and docs/work/b are of no machine";
  const tree = { "a.md": fine, "node_modules/a/a.js": path("", "root", "x") };
  expect(unwantedMentions(treeOf(tree))).toEqual([]);
});
