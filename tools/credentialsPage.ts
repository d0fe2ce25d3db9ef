/** The page that lists what happens to the settings that the bridged providers document. */
import type { DocumentedSetting } from "../src/clouds/common/settings";

export interface SettingsOfProvider {
  readonly provider: string;
  readonly prefix: string;
  readonly settings: readonly DocumentedSetting[];
}

const OUTCOMES: Readonly<Record<DocumentedSetting["outcome"], string>> = {
  honoured: "honoured",
  refused: "refused by name",
  irrelevant: "of no effect here",
};

export function credentialsPage(providers: readonly SettingsOfProvider[]): string {
  return [
    "# Region, credentials and addresses",
    "A refresh uses the same identity and the same region as the rest of the program. Both hosts read what the bridged provider reads: the stack's configuration (`aws:…`, `alicloud:…`) and the environment. The preview refuses each setting that the library does not support, by name.",
    "The first source that has a value wins:\n\n1. `connection` of the resource;\n2. the provider's own configuration (`instance-refresh:…`, plugin only);\n3. the stack's configuration of the bridged provider;\n4. the environment;\n5. files and metadata.\n\nA `connection.profile` replaces every other source of keys. The library assumes a `connection.role` with the keys that it found, instead of the roles of the stack.",
    "Pulumi tells a plugin nothing of `aws:` and `alicloud:`. The plugin reads them from `Pulumi.yaml` and `Pulumi.STACK.yaml` in the folder of the project. It cannot decrypt a value, so the preview refuses an encrypted one by name. Put the same keys into the environment, name a profile, or use the dynamic provider. Configuration that no file of the project holds does not reach the plugin: a Pulumi environment, `--config-file`, a program of the Automation API without a folder. A Node.js program tells the plugin the names of its settings, so that the preview refuses each of these by name; programs in other languages do not. In both cases, set `instance-refresh:awsRegion`, `awsProfile` and `awsRole`, or `connection`.",
    "When keys expire during a refresh, the library reads all sources again (files, processes, token files, metadata and STS) and retries for some minutes. It cannot renew temporary keys in environment variables. In that case the refresh continues in the cloud, and the next `pulumi up` follows it.",
    "Every call obeys `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, also the calls to the services that issue credentials. Only instance metadata never goes through a proxy. An endpoint must not contain a user or a password.",
    ...providers.flatMap(({ provider, prefix, settings }) => [
      `## ${provider}`,
      figures(settings),
      table(prefix, settings),
    ]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** How many of the settings have each outcome. */
function figures(settings: readonly DocumentedSetting[]): string {
  const count = (outcome: string) => settings.filter((each) => each.outcome === outcome).length;
  const counted = Object.entries(OUTCOMES).map(([outcome, words]) => `${count(outcome)} are ${words}`);
  return `Of ${settings.length} documented settings, ${counted.join(", ")}.`;
}

function table(prefix: string, settings: readonly DocumentedSetting[]): string {
  const code = (text: string) => `\`${text}\``;
  const rows = settings.map(({ key, variables, outcome, note }) => [
    key ? code(`${prefix}:${key}`) : "",
    variables.map(code).join(", "),
    [OUTCOMES[outcome], note].filter(Boolean).join(": "),
  ]);
  return [["stack's configuration", "environment", "here"], ["---", "---", "---"], ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}
