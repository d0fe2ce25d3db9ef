/** The pages on failures and the code say the same; each failure says four things, in a deployment and in a command. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Failure, failures } from "../../tools/failuresPage";

const root = join(__dirname, "../..");

/** The words of the type, as the source has them: the type itself is gone at run time. */
function codes(): string[] {
  const file = join(root, "src/core/lifecycle/errors.ts");
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const type = source.statements
    .filter(ts.isTypeAliasDeclaration)
    .find(({ name }) => name.text === "RefreshErrorCode")?.type;
  if (!type || !ts.isUnionTypeNode(type)) throw new Error("RefreshErrorCode is no union any more");
  return type.types.map((each) => each.getText(source).replaceAll('"', ""));
}

test("the page on failures has a section for every kind of failure, and for no other", () => {
  const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
  const sections = [...page.matchAll(/^### `(\w+)`$/gm)].map(([, name]) => name);
  expect(sections.sort()).toEqual(codes().sort());
});

describe("the table of every failure", () => {
  let all: Failure[];
  beforeAll(async () => {
    all = await failures();
  });

  /** Names of the functions of a file in which such an error is made. */
  function makersIn(file: string): string[] {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const found = new Set<string>();
    const visit = (node: ts.Node, within: string): void => {
      const named =
        ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) ? node.name?.getText(source) : undefined;
      const name = named?.replace("#", "") ?? within;
      if (ts.isNewExpression(node) && /^(Refresh|Cloud)Error$/.test(node.expression.getText(source))) found.add(name);
      ts.forEachChild(node, (child) => visit(child, name));
    };
    visit(source, "");
    return [...found];
  }

  test("has each function that makes an error for a person", () => {
    const lifecycle = readdirSync(join(root, "src/core/lifecycle")).map((name) => `src/core/lifecycle/${name}`);
    const clouds = ["ess", "autoscaling"].flatMap((name) =>
      ["errors", "api"].map((file) => `src/clouds/${name}/${file}.ts`),
    );
    const makers = [...lifecycle, ...clouds, "src/clouds/common/settings.ts"].flatMap((file) =>
      makersIn(join(root, file)),
    );
    expect(makers.length).toBeGreaterThan(25);
    const listed = new Set(all.flatMap(({ by }) => by));
    // A call that has no answer in time is told as one that was given up, by `timedOut` or `unreachable`.
    expect([...new Set(makers)].filter((name) => name !== "noAnswerInTime").sort()).toEqual([...listed].sort());
  });

  test("has four things in each: what, of which refresh or group, why, and what to do", () => {
    for (const { name, host, command } of all)
      for (const text of [host, command].filter((each) => each !== undefined)) {
        const [what = "", next = ""] = text.split("\nNext: ");
        expect([name, what.length > 20, /web/.test(what), next.length > 10]).toEqual([name, true, true, true]);
      }
  });

  test("speaks of options in a command, and never of a program", () => {
    for (const { command = "" } of all)
      expect(command).not.toMatch(/connection\.|`pulumi |the stack's `|customTimeouts|`triggers`|`status`/);
  });
});
