/** The public names of the plugin's door: the classes of the package itself, by the same names, and the provider. */
export * as autoscaling from "./autoscaling/pluginResource";
export * as ess from "./ess/pluginResource";
export { Provider, type ProviderArgs } from "./pluginProvider";
