import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../..");

/** The words of the type, as the source has them: the type itself is gone at run time. */
function faults(): string[] {
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
  expect(sections.sort()).toEqual(faults().sort());
});
