/** Imported first by every entry point: an older Node ends with this line, not with an error from the depth of an SDK. */
const { engines } = require("pulumi-instance-refresh/package.json") as { engines: { node: string } };
const oldest = Number.parseInt(engines.node.replace(/\D+/, ""), 10);

if (Number.parseInt(process.versions.node, 10) < oldest) {
  throw new Error(`pulumi-instance-refresh needs Node.js ${oldest} or newer; this is Node.js ${process.version}.`);
}

export {};
