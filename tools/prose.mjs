// Checks the English of the pages, as a part of `npm run lint`: sentences that are hard to read, repeated words, and the
// phrases of `proseStyle.mjs`. In code only the phrases are looked for, in comments and messages.
import "./node.cjs";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRetext from "remark-retext";
import retextEnglish from "retext-english";
import retextIndefiniteArticle from "retext-indefinite-article";
import retextReadability from "retext-readability";
import retextRepeatedWords from "retext-repeated-words";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { VFile } from "vfile";
import { reporter } from "vfile-reporter";
import { notProse, phrases } from "./proseStyle.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const english = unified()
  .use(retextEnglish)
  // A sentence of 20 words or more is too hard when five of seven measures say that a reader of 16 years would stumble.
  .use(retextReadability, { age: 16, threshold: 5 / 7, minWords: 20 })
  .use(retextRepeatedWords)
  .use(retextIndefiniteArticle)
  .freeze();

/** Reports every phrase of the list in a text that begins at the line. */
function reportPhrases(file, text, line) {
  for (const { phrase, instead } of phrases) {
    for (const { index, 0: found } of text.matchAll(phrase)) {
      const at = { line: line + text.slice(0, index).split("\n").length - 1, column: 1 };
      file.message(`"${found}": write ${instead}`, { place: at, source: "style" });
    }
  }
}

async function checkPage(path) {
  const file = new VFile({ path, value: readFileSync(join(root, path), "utf8") });
  const processor = unified().use(remarkParse).use(remarkGfm).use(remarkRetext, english);
  const tree = processor.parse(file);
  visit(tree, "text", (node) => reportPhrases(file, node.value, node.position.start.line));
  await processor.run(tree, file);
  return file;
}

function checkCode(path) {
  const value = readFileSync(join(root, path), "utf8");
  const file = new VFile({ path, value });
  // Comments and quoted texts with a space in them: names in the code are not English.
  const texts = /\/\*\*?[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)* (?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)* (?:[^`\\]|\\.)*`/g;
  for (const { 0: text, index } of value.matchAll(texts)) {
    reportPhrases(file, text, value.slice(0, index).split("\n").length);
  }
  return file;
}

function filesIn(folder, end, recursive = true) {
  return readdirSync(join(root, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !notProse.test(path))
    .sort();
}

const pages = [
  ...filesIn(".", ".md", false),
  ...["docs", "src", "examples", "benchmarks"].flatMap((folder) => filesIn(folder, ".md")),
];
const code = ["src", "provider", "tests", "tools", "examples", "benchmarks"].flatMap((folder) =>
  [".ts", ".mjs", ".cjs", ".js"].flatMap((end) => filesIn(folder, end)),
);
const files = [...(await Promise.all(pages.map(checkPage))), ...code.map(checkCode)].filter(
  ({ messages }) => messages.length > 0,
);

if (files.length > 0) {
  console.error(reporter(files));
  process.exitCode = 1;
}
