/** Imported first by every entry point: an older Node ends with this line, not with an error from the depth of an SDK. */
const { engines } = require("pulumi-instance-refresh/package.json") as { engines: { node: string } };
const oldest = engines.node.replace(/^\D+/, "");

if (process.versions.node.localeCompare(oldest, "en", { numeric: true }) < 0) {
  throw new Error(`pulumi-instance-refresh needs Node.js ${oldest} or newer; this is Node.js ${process.version}.`);
}

export {};
