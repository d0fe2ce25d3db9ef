/** Every fragment of TypeScript on the pages compiles against the package, as a user's program does. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { blocksOf } from "./markdown";

const root = resolve(__dirname, "../..");

/** What a page leaves out because the reader has it. */
const AROUND = `
import * as pulumi from "@pulumi/pulumi";
import { autoscaling, ess } from "pulumi-instance-refresh";
declare const config: pulumi.Config;
declare const image: string;
declare const group: { name: pulumi.Output<string> };
declare const template: { id: pulumi.Output<string>; latestVersion: pulumi.Output<number> };
`;

/** Names that the fragment imports itself replace those around it. */
function programOf(fragment: string): string {
  if (!/^import /m.test(fragment)) return `${AROUND}\n${fragment}`;
  const declared = AROUND.split("\n").filter(
    (line) =>
      line.startsWith("declare") && !new RegExp(`const ${line.split(" ")[2]?.replace(":", "")}\\b`).test(fragment),
  );
  const needsPulumi = !/\bas pulumi\b/.test(fragment) ? 'import * as pulumi from "@pulumi/pulumi";' : "";
  return [needsPulumi, ...declared, fragment, "export {};"].join("\n");
}

/** Errors of each fragment, with the page and its first line. */
function errorsOf(fragments: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    ignoreDeprecations: "6.0",
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: ["node", "jest"],
    paths: {
      "pulumi-instance-refresh": [join(root, "src/index.ts")],
      "pulumi-instance-refresh/constructs": [join(root, "src/constructs/index.ts")],
      "pulumi-instance-refresh/emulator": [join(root, "src/emulator/index.ts")],
      "pulumi-instance-refresh/plugin": [join(root, "src/plugin.ts")],
    },
  };
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  const exists = host.fileExists;
  host.readFile = (file) => fragments.get(file) ?? read(file);
  host.fileExists = (file) => fragments.has(file) || exists(file);
  const { getSourceFile } = host;
  host.getSourceFile = (file, language, ...rest) => {
    const fragment = fragments.get(file);
    return fragment === undefined
      ? getSourceFile.call(host, file, language, ...rest)
      : ts.createSourceFile(file, fragment, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...fragments.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file && fragments.has(file.fileName))
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

function fragmentsOf(pages: readonly string[]): Map<string, string> {
  return new Map(
    pages.flatMap((page) =>
      blocksOf(readFileSync(join(root, page), "utf8"))
        .filter(({ language }) => language === "ts")
        .map(({ text }, index): [string, string] => [join(root, `${page}.${index}.ts`), programOf(text)]),
    ),
  );
}

test("every program on the pages compiles", () => {
  const folder = (name: string) =>
    readdirSync(join(root, name)).flatMap((file) => (file.endsWith(".md") ? [join(name, file)] : []));
  const fragments = fragmentsOf([
    "README.md",
    "src/emulator/README.md",
    ...folder("docs"),
    ...folder("docs/reference"),
  ]);
  expect(fragments.size).toBeGreaterThan(15);
  expect(errorsOf(fragments)).toEqual([]);
});

test("a misspelt argument is found", () => {
  const file = join(root, "docs/wrong.md.0.ts");
  const text = programOf('new ess.InstanceRefresh("web", { scalingGroup: "asg-1" });');
  expect(errorsOf(new Map([[file, text]]))).toEqual([expect.stringContaining("scalingGroup")]);
});
