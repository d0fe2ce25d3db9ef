import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./files";

const notOurs = ["node_modules", "dist", "coverage", ".git", ".cache"];

/** What a public repository must not say, and why. */
const unwanted: readonly (readonly [why: string, pattern: RegExp])[] = [
  ["a note of the workplace", /(?<![\w-])shared\/(design|style|facts|references|hooks)/],
  ["the host of a package registry", /registry\.(npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github|(proxy|sum)\.golang\.org/],
  ["where one machine got a package", /"resolved": "https?:/],
  ["a path of one machine", /(?<![\w.-])\/(root|work|home\/[\w-]+|Users\/[\w-]+)\//],
];

/** Each as `file:line: why`. */
export function unwantedMentions(root: string): string[] {
  return filesBelow(root, ".", (name) => notOurs.includes(name) || name.endsWith(".tgz")).flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        unwanted.filter(([, pattern]) => pattern.test(line)).map(([why]) => `${file}:${index + 1}: ${why}`),
      ),
  );
}
