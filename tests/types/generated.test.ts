import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "../../tools/generate";

test("every generated file is what `npm run generate` writes", async () => {
  const files = await generated();
  const found = Object.keys(files).map((path) => [path, readFileSync(join(__dirname, "../..", path), "utf8")]);
  expect(Object.fromEntries(found)).toEqual(files);
});
