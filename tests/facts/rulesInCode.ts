/** Finds the places of the source that state a rule of a cloud, and the facts that they name. */
import ts from "typescript";

export interface Place {
  /** `file:line`. */
  readonly at: string;
  readonly text: string;
  /** Ids of the facts named there; none: the rule has no row. */
  readonly facts: readonly string[];
}

/** Names of constants that are units, and no rules. */
const units = /^(second|minute|hour|day|week|milliseconds)s?$/i;

/**
 * The places of a file that need a fact: sentences that go out to a client, errors with a code, and constants and rows of
 * tables at its top. `// fact: id, id` names the facts: on the line of the property, of the row of a table or of the
 * statement that holds the place, or on the line before.
 */
export function rulesOf(file: string, text: string): Place[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Place[] = [];
  const add = (node: ts.Node) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const shown = node.getText().replace(/\s+/g, " ").slice(0, 80);
    found.push({ at: `${file}:${line}`, text: shown, facts: factsAround(node) });
  };
  const visit = (node: ts.Node): void => {
    if (isSentence(node) || isErrorWithCode(node) || isConstant(node) || isRowOfTable(node)) add(node);
    if (!isOurOwnError(node) && !ts.isImportDeclaration(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every id that a file names. */
export function namedFacts(text: string): string[] {
  return [...text.matchAll(/\/\/ fact: (.+)$/gm)].flatMap(([, ids = ""]) => idsIn(ids));
}

function isSentence(node: ts.Node): boolean {
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return false;
  const text = ts.isStringLiteralLike(node)
    ? node.text
    : [node.head, ...node.templateSpans.map((span) => span.literal)].map((part) => part.text).join("x");
  return /\w+,? \w+,? \w+/.test(text);
}

function isErrorWithCode(node: ts.Node): boolean {
  return (
    ts.isNewExpression(node) &&
    /^(Aws|Ess)\w*Error$/.test(node.expression.getText()) &&
    node.arguments?.[0] !== undefined &&
    ts.isStringLiteralLike(node.arguments[0])
  );
}

/** `const launchSeconds = 30` and `const range = [1, 2] as const` at the top of a file. */
function isConstant(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || !node.initializer || !isAtTop(node)) return false;
  return !units.test(node.name.getText()) && isNumeric(node.initializer);
}

/** `name: 90` or `Name: "Word"` in an object at the top of a file. */
function isRowOfTable(node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node) || !isPlain(node.initializer)) return false;
  let at: ts.Node = node.parent;
  while (
    ts.isObjectLiteralExpression(at) ||
    ts.isPropertyAssignment(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isAsExpression(at)
  )
    at = at.parent;
  return ts.isVariableDeclaration(at) && isAtTop(at);
}

function isAtTop(node: ts.VariableDeclaration): boolean {
  return ts.isSourceFile(node.parent.parent.parent);
}

function isNumeric(node: ts.Expression): boolean {
  if (ts.isNumericLiteral(node)) return true;
  if (ts.isBinaryExpression(node)) return isNumeric(node.left) || isNumeric(node.right);
  if (ts.isAsExpression(node)) return isNumeric(node.expression);
  return ts.isArrayLiteralExpression(node) && node.elements.length > 0 && node.elements.every(isNumeric);
}

function isPlain(node: ts.Expression): boolean {
  return (
    isNumeric(node) ||
    ts.isStringLiteralLike(node) ||
    // A unit, or `undefined`; other names are of functions and of what is a constant itself.
    (ts.isIdentifier(node) && (units.test(node.text) || node.text === "undefined")) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** A message of the emulator or the model about its own wrong use is no rule of a cloud. */
function isOurOwnError(node: ts.Node): boolean {
  return (
    ts.isNewExpression(node) && /^(Error|RangeError|TypeError|InvalidInput|Refused)$/.test(node.expression.getText())
  );
}

function factsAround(node: ts.Node): string[] {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const ids = factsAt(at);
    if (ids.length > 0) return ids;
    if (isHolder(at)) return [];
  }
  return [];
}

/** The property, the row or the statement that a comment speaks of. */
function isHolder(node: ts.Node): boolean {
  const isRow = ts.isArrayLiteralExpression(node) && ts.isArrayLiteralExpression(node.parent);
  const { parent } = node;
  const isStatement =
    ts.isStatement(node) && (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent));
  return isRow || ts.isPropertyAssignment(node) || isStatement;
}

/** In comments before the node, and after it on its last line. */
function factsAt(node: ts.Node): string[] {
  const text = node.getSourceFile().text;
  const before = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const rest = text.slice(node.getEnd()).match(/^[,;)\]]*[ \t]*(\/\/[^\n]*)/)?.[1] ?? "";
  return namedFacts([...before.map(({ pos, end }) => text.slice(pos, end)), rest].join("\n"));
}

function idsIn(list: string): string[] {
  return list.split(",").map((id) => id.trim());
}
