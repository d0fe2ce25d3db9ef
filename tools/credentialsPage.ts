/** The page that lists what becomes of the settings that the bridged providers document. */
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
    "A refresh acts as the same identity, and in the same region, as the rest of the program. Both hosts read what the bridged provider reads: the stack's configuration (`aws:…`, `alicloud:…`) and the environment. What cannot be honoured is refused at preview, by its name.",
    "What comes first: `connection` of the resource, then the provider's own configuration (`instance-refresh:…`, plugin only), then the stack's configuration of the bridged provider, then the environment, then files and metadata. A `connection.profile` replaces every other source of keys; a `connection.role` is assumed with the keys that were found, in place of the roles of the stack.",
    "Keys that expire while a refresh is followed are read anew from the first source on: files, processes, token files, metadata and STS. When that does not help at once, the call is tried again for some minutes. A signed-in session that nobody renews, such as keys in the environment, cannot be renewed by anybody: the refresh goes on in the cloud, and the next `pulumi up` follows it.",
    "`HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are heeded for every call, also of the services that give credentials; the metadata of an instance is never asked by a proxy. An address must not hold a user or a password.",
    ...providers.flatMap(({ provider, prefix, settings }) => [`## ${provider}`, table(prefix, settings)]),
  ]
    .join("\n\n")
    .concat("\n");
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
