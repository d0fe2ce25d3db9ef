/** Version of this package, and of the plugin in it. */
export const { version } = require("pulumi-instance-refresh/package.json") as { version: string };
