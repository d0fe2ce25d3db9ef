/** Versions, where people write them by hand. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const SECTIONS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/** What is wrong with a change log: its newest version, its dates, the order of its versions, the names of its sections. */
function issuesOf(changelog: string): string[] {
  const titles = [...changelog.matchAll(/^## (.*)$/gm)].map(([, title = ""]) => title);
  const released = titles.filter((title) => title !== "[Unreleased]");
  const versions = released.map((title) => /^\[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d{2}-\d{2})$/.exec(title)?.[1]);
  const sections = [...changelog.matchAll(/^### (.*)$/gm)].map(([, title = ""]) => title);
  const inOrder = [...versions].sort((a = "", b = "") => b.localeCompare(a, "en", { numeric: true }));
  return [
    ...titles.slice(1).filter((title) => title === "[Unreleased]" || title.endsWith("unreleased")),
    ...released.filter((_, index) => versions[index] === undefined),
    ...(versions.join() === inOrder.join() ? [] : [`not the newest first: ${versions.join(", ")}`]),
    ...(versions[0] === version ? [] : [`the package is ${version}, the newest section ${versions[0]}`]),
    ...sections.filter((title) => !SECTIONS.includes(title)),
  ];
}

test("the change log has a section for each version, the newest first, and the newest is the package's", () => {
  expect(issuesOf(read("CHANGELOG.md"))).toEqual([]);
});

test.each([
  [
    "a version without a date",
    `## [${version}]`,
    [`[${version}]`, `the package is ${version}, the newest section undefined`],
  ],
  [
    "an older version first",
    `## [0.0.1] - 2020-01-01\n## [${version}] - 2020-01-02`,
    [`not the newest first: 0.0.1, ${version}`, `the package is ${version}, the newest section 0.0.1`],
  ],
  ["a section of another name", `## [${version}] - unreleased\n### New`, ["New"]],
  ["changes after a release that are not on top", `## [${version}] - 2020-01-01\n## [Unreleased]`, ["[Unreleased]"]],
])("%s is found", (_what, changelog, issues) => {
  expect(issuesOf(changelog)).toEqual(issues);
});

test("the examples ask for the version that they lie beside", () => {
  const examples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("package.json") && !file.includes("node_modules"))
    .map((file) => [file, JSON.parse(read(join("examples", file))).dependencies?.["pulumi-instance-refresh"]] as const)
    .filter(([, range]) => range !== undefined && !range.startsWith("file:"));
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.filter(([, range]) => range !== `^${version}`)).toEqual([]);
});

test.each(["python/requirements.txt", "go/go.mod", "java/build.gradle"])(
  "the example in another language asks for the version that it lies beside: %s",
  (file) => {
    const asked = read(`examples/languages/${file}`).match(/instance.?refresh\b.*?(\d+\.\d+\.\d+)/)?.[1];
    expect(asked).toBe(version);
  },
);
