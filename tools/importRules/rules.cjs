// For dependency-cruiser: every import goes along the table of `layers.cjs`, types too, and nothing goes in a circle.
const { MODULES, PACKAGES, PURE } = require("./layers.cjs");
const resolution = require("./resolution.cjs");

const inside = (name) => (name.endsWith(".ts") ? `^${name.replaceAll(".", "\\.")}$` : `^${name}/`);
const LIBRARY = "^(src|provider)/";
const OURS = "^(src|provider|tests|examples|benchmarks|tools)/";
const allModules = Object.keys(MODULES).map(inside);

module.exports = {
  forbidden: [
    ...Object.entries(MODULES).map(([name, known]) => ({
      name: `${name} imports only ${[...known, "itself"].join(", ")}`,
      severity: "error",
      from: { path: inside(name) },
      to: { path: OURS, pathNot: [name, ...known].map(inside) },
    })),
    ...Object.entries(PACKAGES).map(([name, users]) => ({
      name: `only ${users.join(", ")} imports ${name}`,
      severity: "error",
      from: { path: LIBRARY, pathNot: users.map(inside) },
      to: { path: `^node_modules/${name}` },
    })),
    {
      name: `no input or output in ${PURE.join(", ")}`,
      severity: "error",
      from: { path: PURE.map(inside) },
      to: { dependencyTypes: ["core"], pathNot: "^(crypto|util)$" },
    },
    { name: "no cycle, not even of types", severity: "error", from: { path: LIBRARY }, to: { circular: true } },
    {
      name: "no import of the package by its own name",
      severity: "error",
      from: { path: LIBRARY },
      to: { path: "^dist/" },
    },
    {
      name: "every import leads somewhere",
      severity: "error",
      from: { path: LIBRARY },
      to: { couldNotResolve: true },
    },
    ...[{ orphan: true }, {}].map((from) => ({
      name: "every file is in a module of the table",
      severity: "error",
      from: { ...from, path: LIBRARY, pathNot: allModules },
      to: {},
    })),
  ],
  options: { ...resolution, tsPreCompilationDeps: true },
};
