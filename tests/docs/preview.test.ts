/** The tables on the preview and the code say the same: every line has one row, and every row is a line. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const page = read("docs/preview.md");

interface Line {
  readonly cloud: string;
  readonly text: string;
}

/** The label of a cloud in the tables, by its folder. */
const LABELS: Readonly<Record<string, string>> = { autoscaling: "AWS", ess: "ESS" };

/** Where lines of a preview are written. */
const SOURCES: readonly [file: string, cloud: string][] = [
  ["src/core/lifecycle/assessment.ts", "both"],
  ["src/core/lifecycle/previewExisting.ts", "both"],
  ["src/core/lifecycle/previewStart.ts", "both"],
  ["src/core/windows/text.ts", "both"],
  ["src/app/preview.ts", "both"],
  ["src/app/forecasts.ts", "both"],
  ["src/clouds/autoscaling/services/services.ts", "AWS"],
  ...readdirSync(join(root, "src/clouds"))
    .filter((folder) => LABELS[folder])
    .flatMap((folder) =>
      ["group.ts", "floatingVersion.ts"].map((file): [string, string] => [
        `src/clouds/${folder}/${file}`,
        LABELS[folder] as string,
      ]),
    ),
];

/** Texts around a line, or after it: none stands without one that has a row. */
const PARTS = [
  "… (…) runs on group …",
  "…; as `onConflict` is `…`, ….",
  "As things are, the … would be refused: ….",
  "its wave is not approved",
  "`hold` is true",
  "…: leave it out",
  "`desiredConfiguration` is set, but …: leave it out and change the group itself, or give the group a list of instance types",
  "…; a refresh starts only while each alarm is OK: wait for that, or leave the alarm out",
  "with a status that is not known",
  "left out",
  "…, as `outsideWindows` is `…`.",
  "… …-…-… …:… (…)",
  "…, and the refresh may take …",
  ", and the refresh may take …",
  "window that is long enough",
  "more than ",
  "ahead of",
  "To start it without a forecast, set `mustFit: false`.",
];

/** What a group launches next, in messages of other operations. */
const OTHER_FUNCTIONS = ["launchesFrom"];

/** Every text of a source in which one word follows another. */
function linesOf([file, cloud]: readonly [string, string]): Line[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: Line[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && OTHER_FUNCTIONS.includes(node.name?.text ?? "")) return;
    if (ts.isImportDeclaration(node)) return;
    const text = textOf(node);
    if (/[\w…)`,:;] [\w…(`]/.test(text)) found.push({ cloud, text });
    if (ts.isTemplateExpression(node)) for (const { expression } of node.templateSpans) visit(expression);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A text as the code has it, with an ellipsis for each value. */
function textOf(node: ts.Node): string {
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? node.text : "";
}

/** The rows of a table: its label of a cloud, where it has one, and the line. */
const rows: Line[] = page
  .split(/^## /m)
  .filter((section) => /^(Obstacles|Conflicts|Warnings|The cloud could not|Notes)/.test(section))
  .flatMap((section) => section.split("\n"))
  .flatMap((row) => {
    const [, cloud = "both", text] = /^\| (?:(AWS|ESS|both) \| )?`([^|]*)` \|/.exec(row) ?? [];
    return text === undefined ? [] : [{ cloud, text }];
  });

const lines = SOURCES.flatMap(linesOf).filter(({ text }) => !PARTS.includes(text));
const rowsFor = ({ cloud, text }: Line) =>
  rows.filter((row) => text.includes(row.text) && (row.cloud === "both" || row.cloud === cloud));

test("every line that a preview can say has one row", () => {
  expect(lines.length).toBeGreaterThan(35);
  expect(lines.filter((line) => rowsFor(line).length !== 1)).toEqual([]);
});

test("every row is a line of the clouds that it names", () => {
  const isSaid = ({ cloud, text }: Line) => {
    const saying = new Set(lines.filter((line) => line.text.includes(text)).map((line) => line.cloud));
    return cloud === "both" ? saying.has("both") || (saying.has("AWS") && saying.has("ESS")) : saying.has(cloud);
  };
  expect(rows.filter((row) => !isSaid(row))).toEqual([]);
});

test("every part of a line is in the code", () => {
  const texts = SOURCES.flatMap(linesOf).map(({ text }) => text);
  expect(PARTS.filter((part) => !texts.includes(part))).toEqual([]);
});

test("the warnings of a forecast and their rows are the same", () => {
  const names = [...read("src/forecast/warnings.ts").matchAll(/^ {4}name: "(.*)",$/gm)].map(([, name]) => name);
  const [, table = ""] = page.split("The forecast has warnings of its own");
  const [own = ""] = table.split("\n## ");
  const named = [...own.matchAll(/^\| ([^|`]+?) \|/gm)].map(([, name]) => name);
  expect(named.filter((name) => !["name", "---"].includes(name as string)).sort()).toEqual(names.sort());
});
