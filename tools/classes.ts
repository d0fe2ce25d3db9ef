/** Writes the classes of programs: the resources of both hosts, the plugin's provider, and the entry points. */
import type { Setting } from "../provider/config";
import type { CloudModule } from "../src/core/cloud";

const WRITTEN =
  "/** Written by `npm run generate`: change `tools/classes.ts` or the cloud's module, and run it again. */";

const HOSTS = {
  dynamic: {
    base: "DynamicInstanceRefresh",
    file: "dynamicResource",
    what: "the dynamic resource",
    otherType: (key: string) => `instance-refresh:${key}:InstanceRefresh`,
  },
  plugin: {
    base: "PluginInstanceRefresh",
    file: "pluginResource",
    what: "the resource of the plugin",
    otherType: (key: string) => `pulumi-nodejs:dynamic/${key}:InstanceRefresh`,
  },
} as const;

export function resourceClass(cloud: CloudModule, host: keyof typeof HOSTS): string {
  const { key, resource, idForms } = cloud;
  const { base, file, what, otherType } = HOSTS[host];
  const aliases = [otherType(key), resource.bridgedType].filter(Boolean).map((type) => `{ type: "${type}" }`);
  return `${WRITTEN}
import type * as pulumi from "@pulumi/pulumi";
import { ${base} } from "../${file}";
import { outputNames } from "./outputNames";
import type { InstanceRefreshArgs, InstanceRefreshState } from "./types";

export * from "./types";

/** Types whose state this class takes over; such a move starts no refresh. */
const ALIASES = [${aliases.join(", ")}];

/**
 * \`${key}.InstanceRefresh\`, ${what}.
 *
 * ${resource.text}
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: Pulumi's constructor sets every output that the definition names
export class InstanceRefresh extends ${base} {
  /**
   * Reads a refresh that exists, without managing it.
   * @param id ${idForms}
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    connection?: InstanceRefreshArgs["connection"],
    opts?: pulumi.CustomResourceOptions,
  ): InstanceRefresh {
    return new InstanceRefresh(name, { connection } as InstanceRefreshArgs, { ...opts, id });
  }

  constructor(name: string, args: InstanceRefreshArgs, opts: pulumi.CustomResourceOptions = {}) {
    super("${key}", outputNames, ALIASES, name, args, opts);
  }
}

export interface InstanceRefresh extends InstanceRefreshState {}
`;
}

/** The explicit provider of the plugin, with the settings of every cloud. */
export function providerClass(settings: readonly Setting[]): string {
  return `${WRITTEN}
import * as pulumi from "@pulumi/pulumi";
import { pluginDownloadURL, version } from "../version";

/** How the clouds are reached. Nothing is secret: credentials come from the environment or the SDKs' own files. */
export interface ProviderArgs {
${settings.map(({ key, text }) => `/** ${text} */\n${key}?: pulumi.Input<string | undefined>;`).join("\n")}
}

/**
 * The plugin with settings of its own, instead of the stack's \`instance-refresh:…\`: for several regions or accounts in
 * one program. A change of them replaces no resource.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, options: pulumi.ResourceOptions = {}) {
    super("instance-refresh", name, { ...args }, pulumi.mergeOptions({ version, pluginDownloadURL }, options));
  }
}
`;
}

/** An entry point of the package: one namespace for each cloud, as the bridged providers have them. */
export function entryPoint(clouds: readonly CloudModule[], file: "resource" | "pluginResource"): string {
  const namespaces = clouds.map(({ key }) => `export * as ${key} from "./pulumi/${key}/${file}";`);
  const provider = file === "resource" ? [] : ['export { Provider, type ProviderArgs } from "./pulumi/provider";'];
  return [WRITTEN, 'import "./requireNode";', "", ...namespaces, ...provider, ""].join("\n");
}
