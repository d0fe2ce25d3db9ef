import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedTypes } from "../../tools/generateTypes";

test.each(Object.entries(generatedTypes()))("%s is what `npm run generate` writes", (path, text) => {
  expect(readFileSync(join(__dirname, "..", "..", path), "utf8")).toBe(text);
});
