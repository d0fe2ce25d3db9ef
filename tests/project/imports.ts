import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

export interface Import {
  /** Path of the importing file from the root, with slashes. */
  from: string;
  /** A package as it is written, or a file of ours by its path from the root. */
  to: string;
  /** `types` leave nothing behind at run time; `later` is `import()`, which loads when it is reached. */
  loaded: "types" | "atOnce" | "later";
}

/** Every file below a folder of the root, by its path from the root. */
export function filesBelow(root: string, folder = ".", skip: (name: string) => boolean = () => false): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (skip(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(root, path, skip) : [path];
  });
}

export function importsOf(root: string, file: string): Import[] {
  const found: Import[] = [];
  const add = (to: ts.Node | undefined, loaded: Import["loaded"]) => {
    if (to && ts.isStringLiteralLike(to)) found.push({ from: file, to: resolved(root, file, to.text), loaded });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, onlyTypes(node.importClause) ? "types" : "atOnce");
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? "types" : "atOnce");
    else if (ts.isExternalModuleReference(node)) add(node.expression, "atOnce");
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, "types");
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], "later");
      if (ts.isIdentifier(node.expression) && node.expression.text === "require") add(node.arguments[0], "atOnce");
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest));
  return found;
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return !clause.name && !!names && ts.isNamedImports(names) && names.elements.every((each) => each.isTypeOnly);
}

function resolved(root: string, file: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const path = relative(root, join(root, dirname(file), specifier)).replace(/\.js$/, "");
  return [`${path}.ts`, join(path, "index.ts")].find((each) => existsSync(join(root, each))) ?? path;
}
