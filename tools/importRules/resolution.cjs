/** How dependency-cruiser finds what an import names. */
module.exports = {
  doNotFollow: { path: "^(node_modules|dist)/" },
  combinedDependencies: false,
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["require", "node", "default", "types"],
    extensions: [".ts", ".js", ".json", ".d.ts"],
  },
};
