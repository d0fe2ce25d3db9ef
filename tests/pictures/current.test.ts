import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawCapacity } from "../../src/pictures/drawCapacity";
import { pictures } from "../../tools/pictures";

test.each(Object.entries(pictures))(
  "docs/pictures/%s.svg is what is drawn now; else run `npm run pictures`",
  (name, curve) => {
    const file = join(__dirname, `../../docs/pictures/${name}.svg`);
    expect(readFileSync(file, "utf8")).toBe(drawCapacity(curve()));
  },
);
