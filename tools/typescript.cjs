/** Lets node run the TypeScript of this repository: `node -r ./tools/typescript.cjs tools/generate.ts`. */
require("./node.cjs");
const Module = require("node:module");
const { transformFileSync } = require("@swc/core");

// `import("./client.js")` names what the compiler will make of `client.ts`.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const fromSource = parent?.filename?.endsWith(".ts") && /^\.{1,2}\//.test(request);
  return resolveFilename(fromSource ? request.replace(/\.js$/, "") : request, parent, ...rest);
};

require.extensions[".ts"] = (module, filename) => {
  const { code } = transformFileSync(filename, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
    sourceMaps: "inline",
  });
  module._compile(code, filename);
};
