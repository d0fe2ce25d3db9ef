/** The public names of the plugin's door: the classes of the package itself, by the same names, and the provider. */
import "./requireNode";

export * as autoscaling from "./pulumi/autoscaling/pluginResource";
export * as ess from "./pulumi/ess/pluginResource";
export { Provider, type ProviderArgs } from "./pulumi/provider";
