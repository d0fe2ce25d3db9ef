import { readFileSync } from "node:fs";
import { join } from "node:path";
import { referencePages } from "../../tools/generateReference";

test.each(Object.entries(referencePages()))("%s is what `npm run reference` writes", (path, text) => {
  expect(readFileSync(join(__dirname, "../..", path), "utf8")).toBe(text);
});
