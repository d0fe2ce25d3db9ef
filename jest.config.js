require("./tools/node.cjs");

const esModules = ["commander"];

/** @type {import("jest").Config} */
module.exports = {
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
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    // Programs of users import the package by its name.
    "^pulumi-instance-refresh$": "<rootDir>/src/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};
