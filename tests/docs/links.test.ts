import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { anchorsOf, linksOf } from "./markdown";

const root = resolve(__dirname, "../..");

function pages(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Why a link leads nowhere; undefined when it does lead somewhere, or out of the repository. */
function broken(page: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? join(root, page) : resolve(root, dirname(page), path);
  if (!existsSync(file)) return `${page}: there is no ${target}`;
  if (anchor === undefined || !file.endsWith(".md")) return undefined;
  return anchorsOf(readFileSync(file, "utf8")).includes(anchor)
    ? undefined
    : `${page}: there is no heading for ${target}`;
}

test.each(["README.md", ...pages("docs")])("every link of %s leads somewhere", (page) => {
  const links = linksOf(readFileSync(join(root, page), "utf8"));
  expect(links.map((target) => broken(page, target)).filter((each) => each !== undefined)).toEqual([]);
});

test.each([
  ["[a](nowhere.md)", "docs/README.md: there is no nowhere.md"],
  ["[a](tasks.md#nothing)", "docs/README.md: there is no heading for tasks.md#nothing"],
])("%s is found", (text, said) => {
  expect(linksOf(text).map((target) => broken("docs/README.md", target))).toEqual([said]);
});
