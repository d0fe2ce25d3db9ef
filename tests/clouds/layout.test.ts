import { readdirSync } from "node:fs";
import { join } from "node:path";
import { cloudKeys } from "../../src/clouds";

/** The files of a cloud's folder; what only one cloud has goes into a folder of its own below it. */
function rolesOf(cloud: string): string[] {
  return readdirSync(join(__dirname, "../../src/clouds", cloud), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

test("the files of every cloud have the same names and roles", () => {
  const [first, ...others] = cloudKeys.map(rolesOf);
  expect(first?.length).toBeGreaterThan(15);
  for (const roles of others) expect(roles).toEqual(first);
});
