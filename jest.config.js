require("./tools/node.cjs");
const { availableParallelism } = require("node:os");

const esModules = ["commander"];

const project = {
  testEnvironment: "node",
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
    [`/node_modules/(${esModules.join("|")})/.+\\.js$`]: ["@swc/jest", { module: { type: "commonjs" } }],
  },
  // Packages in ECMAScript modules only: Node requires them as they are, jest does not.
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    // Programs of users import the package by its name.
    "^pulumi-instance-refresh$": "<rootDir>/src/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};

/** @type {import("jest").Config} */
module.exports = {
  // The only limit: it is there for what hangs, and leaves room for a machine that is busy.
  testTimeout: 300_000,
  // Tests on the engine wait for other processes for a part of their time: one more worker than cores uses it.
  maxWorkers: availableParallelism() + 1,
  projects: [
    // Needs the packages and nothing else: no build, no Pulumi CLI.
    {
      ...project,
      displayName: "unit",
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
      testPathIgnorePatterns: ["\\.slow\\.test\\.ts$"],
    },
    // Runs the built package, the engine or the package manager, or computes for long.
    { ...project, displayName: "slow", testMatch: ["<rootDir>/tests/**/*.slow.test.ts"] },
  ],
};
