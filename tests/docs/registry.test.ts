/** The pages of Pulumi's registry, and what they repeat of the schema. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { allSettings } from "../../provider/config";

const read = (page: string) => readFileSync(join(__dirname, "../../docs", page), "utf8");
const LANGUAGES = ["typescript", "python", "go", "csharp", "java", "yaml"];

test.each(["_index.md", "installation-configuration.md"])(
  "%s has the registry's header, and a tab for each language",
  (page) => {
    const text = read(page);
    expect(text).toMatch(/^---\ntitle: .+\nmeta_desc: .+\nlayout: package\n---\n/);
    expect(text).toContain(`{{< chooser language "${LANGUAGES.join()}" >}}`);
    const tabs = [...text.matchAll(/\{\{% choosable language (\w+) %\}\}[\s\S]*?\{\{% \/choosable %\}\}/g)];
    expect(tabs.map(([, language]) => language)).toEqual(LANGUAGES);
  },
);

test("the settings of the page are those of the provider", async () => {
  const named = [...read("installation-configuration.md").matchAll(/`instance-refresh:(\w+)`/g)].map(([, key]) => key);
  expect(named.sort()).toEqual((await allSettings()).map(({ key }) => key).sort());
});

test.each(["installation-configuration.md", "languages.md"])("%s names archives of this version", (page) => {
  const versions = [...read(page).matchAll(/(?:refresh|sdk-\w+)-(\d+\.\d+\.\d+)|instance-refresh (\d+\.\d+\.\d+)/g)];
  expect(new Set(versions.map(([, archive, plugin]) => archive ?? plugin))).toEqual(new Set([version]));
});
