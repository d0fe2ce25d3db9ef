/** What package.json says: it is the only place for the version and the address of the repository. */
const about = require("pulumi-instance-refresh/package.json") as { version: string; repository: { url: string } };

/** Version of this package, and of the plugin in it. */
export const { version } = about;

export const repository = about.repository.url.replace(/^git\+|\.git$/g, "");

/** Where Pulumi finds the plugin of a release, in the form that it understands. */
export const pluginDownloadURL = repository.replace("https://github.com/", "github://api.github.com/");
