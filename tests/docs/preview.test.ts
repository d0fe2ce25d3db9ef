/** The page on the preview and the code say the same. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/preview.md"), "utf8");
const read = (...files: string[]) => files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");

const rowsOf = (heading: string) => {
  const section = page.split(/^## /m).find((each) => each.startsWith(heading)) ?? "";
  return section.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
};

test("every line that the page shows is one that the code says", () => {
  const code = read(
    ...["assessment", "createErrors", "lifecycle"].map((name) => `src/core/lifecycle/${name}.ts`),
    "src/app/preview.ts",
    "src/clouds/autoscaling/group.ts",
    "src/clouds/autoscaling/services/services.ts",
    "src/clouds/ess/group.ts",
  );
  const lines = ["Obstacles", "Conflicts", "Warnings", "Notes"]
    .flatMap(rowsOf)
    .flatMap((row) => /`([^`]*(?: |\$)[^`]*)`/.exec(row)?.[1] ?? []);
  expect(lines.length).toBeGreaterThan(25);
  expect(lines.filter((line) => !code.includes(line))).toEqual([]);
});

test("every obstacle and warning of a group is on the page", () => {
  const sources = readdirSync(join(root, "src/clouds"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      try {
        return [read(`src/clouds/${name}/group.ts`)];
      } catch {
        return [];
      }
    });
  const said = sources.reduce(
    (count, code) => count + (code.match(/\bissue\(|reason: `|yield `|found\.push\(\n? *`/g) ?? []).length,
    0,
  );
  const rows = [...rowsOf("Obstacles"), ...rowsOf("Warnings")].filter((row) => /^\| (AWS|ESS|both)/.test(row));
  // Some lines are said of more than one property, and some of both clouds: none is said without a row.
  expect(rows.length).toBeGreaterThanOrEqual(Math.floor(said * 0.8));
});

test("every warning of a forecast is on the page", () => {
  const names = [...read("src/forecast/warnings.ts").matchAll(/^ {4}name: "(.*)",$/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => !page.includes(`| ${name} |`))).toEqual([]);
});
