import { existsSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const project = resolve(__dirname, "..");

/** Where set-up records the CLI; `npm test` and `npm run demo` run it first. */
const record = ".cache/pulumi/cli.json";

/**
 * The folder whose `bin` holds the Pulumi CLI that set-up built, or undefined when the one on the PATH serves.
 *
 * @throws when set-up has not run: `node tools/setUp.mjs`.
 */
export function pulumiCliRoot(): string | undefined {
  const file = join(project, record);
  if (!existsSync(file)) throw new Error(`There is no ${record}: run \`node tools/setUp.mjs\` first.`);
  const { root } = JSON.parse(readFileSync(file, "utf8")) as { root: string | null };
  return root === null ? undefined : join(project, root);
}

/**
 * Variables under which the Pulumi CLI touches nothing of the user's: home, login and state are in `folder`, which
 * must exist. To be laid over `process.env`: what the user's shell sets for Pulumi is blanked.
 */
export function pulumiEnvironment(folder: string): Record<string, string> {
  const ambient = Object.keys(process.env).filter((name) => name.startsWith("PULUMI_"));
  const cli = pulumiCliRoot();
  return {
    ...Object.fromEntries(ambient.map((name) => [name, ""])),
    PATH: [...(cli ? [join(cli, "bin")] : []), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(folder, "pulumi-home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "only-for-this-run",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Each operation starts two or three processes of Node, which compile the same modules.
    NODE_COMPILE_CACHE: join(project, ".cache/compiled"),
    // `npm run types` has checked the programs of this repository: each run need not.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // @pulumi/aws and @pulumi/alicloud lie in node_modules for their types: the engine must not fetch their plugins.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}
