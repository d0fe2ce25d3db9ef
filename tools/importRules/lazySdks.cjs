// For dependency-cruiser: importing the package loads no cloud's SDK. Without types and `import()`, what is left is
// what Node loads at once.
const resolution = require("./resolution.cjs");

module.exports = {
  forbidden: [
    {
      name: "SDKs are loaded when a resource of their cloud is used",
      severity: "error",
      from: {
        path: "^(src/(index|plugin)\\.ts|src/pulumi/dynamicProvider\\.ts|src/(constructs|emulator)/index\\.ts|src/cli/main\\.ts|provider/main\\.ts)$",
      },
      to: { path: "^node_modules/(@aws-sdk|@smithy|@alicloud|@darabonba)/", reachable: true },
    },
  ],
  options: { ...resolution, exclude: { dynamic: true }, tsPreCompilationDeps: false },
};
