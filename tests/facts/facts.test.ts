import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { facts } from "../../src/facts";
import { filesBelow } from "../project/files";
import { namedFacts, rulesOf } from "./rulesInCode";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** Where rules of a cloud are written. */
const places = ["src/simulation", "src/emulator/aws", "src/emulator/ess"];
const files = places.flatMap((place) => filesBelow(root, place)).filter((file) => file.endsWith(".ts"));

test("an id belongs to one fact, and begins with its cloud", () => {
  const ids = facts.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(facts.filter(({ id, cloud }) => !id.startsWith(`${cloud}-`))).toEqual([]);
});

test("the test of every fact exists by that name", () => {
  const names = new Map<string, Set<string>>();
  const namesIn = (file: string) => {
    const known = names.get(file) ?? new Set(existsSync(join(root, file)) ? textsOf(file) : []);
    names.set(file, known);
    return known;
  };
  const missing = facts.filter(({ test }) => {
    const [, file = "", name = ""] = /^(tests\/\S+\.test\.ts): (.+)$/.exec(test) ?? [];
    return !namesIn(file).has(name);
  });
  expect(missing.map(({ id, test }) => `${id}: there is no ${test}`)).toEqual([]);
});

test.each(files)("every rule of %s has a fact", (file) => {
  const without = rulesOf(file, read(file)).filter((place) => place.facts.length === 0);
  const wrong = without.map(({ at, text }) => `${at} has no fact: ${text}`);
  expect(wrong).toEqual([]);
});

test("every fact that the code names has a row", () => {
  const known = new Set(facts.map(({ id }) => id));
  const unknown = files.flatMap((file) =>
    namedFacts(read(file))
      .filter((id) => !known.has(id))
      .map((id) => `${file}: there is no fact ${id}`),
  );
  expect(unknown).toEqual([]);
});

// The second column is source text.
test.each([
  ["a rule", "export const rules = { min: 90 };", ["a.ts:1"]],
  ["a rule with a fact", "export const rules = {\n  min: 90, // fact: aws-x\n  max: 100,\n};", ["a.ts:3"]],
  ["a constant", "const launchSeconds = [30, 60] as const;", ["a.ts:1"]],
  ["a unit", "const day = 24 * 3600;", []],
  ["an error", 'const no = () => new AwsError("No", 400, "x");', ["a.ts:1"]],
  ["a sentence", "function f() {\n  return `It is too many.`;\n}", ["a.ts:2"]],
  ["a sentence with a fact", "function f() {\n  // fact: aws-x\n  return `It is too many.`;\n}", []],
  [
    "a row of refusals",
    'refuse([\n  // fact: aws-x\n  [a, "It is too small."],\n  [b, "It is too big."],\n]);',
    ["a.ts:4"],
  ],
  ["an error of ours", 'throw new RangeError("It has no type.");', []],
])("%s: what lacks a fact is found", (_, text, expected) => {
  const found = rulesOf("a.ts", text).filter((place) => place.facts.length === 0);
  expect([...new Set(found.map(({ at }) => at))]).toEqual(expected);
});

/** Every text of a file: names of tests, and of their cases. */
function textsOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    // A name that ends with why the test is skipped.
    if (ts.isTemplateExpression(node)) found.push(node.head.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));
  return found;
}
