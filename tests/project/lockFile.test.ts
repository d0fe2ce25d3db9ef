import { readFileSync } from "node:fs";
import { resolve } from "node:path";

interface Locked {
  optionalDependencies?: Record<string, string>;
}

/** npm leaves out what the registry of the machine that wrote the lock lacks; elsewhere `npm ci` then refuses the lock. */
function missing(packages: Record<string, Locked>): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `${path} → ${name}`),
  );
}

test("the lock names the binaries of every platform, so that `npm ci` takes it everywhere", () => {
  const lock = readFileSync(resolve(__dirname, "../../package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: Record<string, Locked> };
  expect(missing(packages)).toEqual([]);
});

test("a binary that is left out is found", () => {
  const biome = { "node_modules/biome": { optionalDependencies: { "biome-darwin": "2.0.0", "biome-linux": "2.0.0" } } };
  expect(missing({ ...biome, "node_modules/biome-linux": {} })).toEqual(["node_modules/biome → biome-darwin"]);
});
