/** The pages for maintainers name files and commands; each of them has to be there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scripts } from "../../package.json";
import { anchorsOf, linksOf } from "./markdown";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const decisions = readdirSync(join(root, "docs/decisions")).map((file) => `docs/decisions/${file}`);
const pages = ["CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md", ...decisions];

/** What begins with a folder or is a file of the root; a capitalised part, `…` and `*` stand for something else. */
const FILE =
  /^(?:(?:src|tests|docs|provider|tools|benchmarks|examples|etc|bin|\.ci)(?:\/[\w.-]+)*\/?|[A-Z]+\.md|package\.json)$/;

/** Files and folders that a page names in code; examples of names, such as `src/cli/NAME.ts`, are left out. */
function namedFiles(page: string): string[] {
  return [...page.matchAll(/`([^`\n]+)`/g)]
    .flatMap(([, code = ""]) => code.split(/\s+/))
    .filter((word) => FILE.test(word) && !/\/[A-Z]{2,}\./.test(word));
}

/** Scripts of `npm run` that a page names. */
function namedScripts(page: string): string[] {
  return [...page.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
}

test.each(pages)("every file and command that %s names is there", (page) => {
  const text = read(page);
  expect(namedFiles(text).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(namedScripts(text).filter((name) => !(name in scripts))).toEqual([]);
});

test.each(["docs/architecture.md", "CONTRIBUTING.md", ...decisions.filter((file) => !file.endsWith("README.md"))])(
  "%s names the code that it is about",
  (page) => {
    expect(namedFiles(read(page)).length).toBeGreaterThan(0);
  },
);

test("a file and a command that are not there are found", () => {
  const text =
    "See `src/core/nothing.ts`, `src/cli/NAME.ts`, `npx jest tests/nothing`, `npm run nothing` and src/prose.ts.";
  expect(namedFiles(text)).toEqual(["src/core/nothing.ts", "tests/nothing"]);
  expect(namedScripts(text)).toEqual(["nothing"]);
});

test("the index lists every decision by its title, and each has a context, a decision and consequences", () => {
  const index = read("docs/decisions/README.md");
  for (const file of decisions.filter((each) => !each.endsWith("README.md"))) {
    const text = read(file);
    const title = /^# (.*)$/m.exec(text)?.[1];
    expect(index).toContain(`- [${title}](${file.replace("docs/decisions/", "")})`);
    expect(anchorsOf(text).slice(1)).toEqual(["context", "decision", "consequences"]);
  }
});

test("the table of documentation leads to every page", () => {
  const listed = linksOf(read("docs/README.md")).map((target) => target.split("#")[0]);
  const written = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md") && file !== "README.md");
  expect(written.filter((file) => !listed.includes(file))).toEqual([]);
});

const { MODULES } = require("../../tools/importRules/layers.cjs") as { MODULES: Readonly<Record<string, string[]>> };

/** As the pages speak of modules: all clouds are one, and what only holds a version or a check is left out. */
function spoken(module: string): string[] {
  if (module.startsWith("src/clouds/")) return ["clouds"];
  return module.endsWith(".ts") ? [] : [module.replace(/^src\//, "")];
}

/** What each module may import, in the words of the pages. */
function importRules(): Record<string, string[]> {
  const rules: Record<string, Set<string>> = {};
  for (const [module, known] of Object.entries(MODULES)) {
    for (const name of spoken(module)) {
      rules[name] ??= new Set();
      for (const each of known.flatMap(spoken)) if (each !== name) rules[name].add(each);
    }
  }
  return Object.fromEntries(Object.entries(rules).map(([name, known]) => [name, [...known].sort()]));
}

test("the table of modules says what the import rules say", () => {
  const rows = [...read("CONTRIBUTING.md").matchAll(/^\| `(?:src\/)?([\w]+)` +\|.*\|([^|]*)\|$/gm)];
  const table = rows.map(([, name = "", known = ""]) => [
    name,
    [...known.matchAll(/`(\w+)`/g)].map(([, each = ""]) => each).sort(),
  ]);
  expect(Object.fromEntries(table)).toEqual(importRules());
});

test("each arrow of the picture is an import that is allowed, and each import that is allowed follows arrows", () => {
  const picture = read("docs/architecture.md");
  const nameOf = (node = "") => (["registry", "autoscaling", "ess"].includes(node) ? "clouds" : node);
  const arrows = [...picture.matchAll(/^ +(\w+)(?:\[.*\])? --> (\w+)/gm)]
    .map(([, from, to]) => [nameOf(from), nameOf(to)] as const)
    .filter(([from, to]) => from !== to && from !== "entries");
  const below = (name: string): string[] => arrows.flatMap(([from, to]) => (from === name ? [to, ...below(to)] : []));
  const drawn = (name: string) => !["pictures", "facts"].includes(name);
  const rules = importRules();
  expect(arrows.filter(([from, to]) => !rules[from]?.includes(to))).toEqual([]);
  const undrawn = Object.entries(rules)
    .filter(([name]) => drawn(name))
    .map(([name, known]) => [name, known.filter((each) => drawn(each) && !below(name).includes(each))] as const)
    .filter(([, known]) => known.length > 0);
  expect(undrawn).toEqual([]);
});
