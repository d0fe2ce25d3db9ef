/** Lets node run the TypeScript of this repository: `node -r ./tools/typescript.cjs tools/generateTypes.ts`. */
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, filename) => {
  const { code } = transformFileSync(filename, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
    sourceMaps: "inline",
  });
  module._compile(code, filename);
};
