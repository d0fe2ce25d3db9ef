/** Written by `npm run generate`: change `tools/classes.ts` or the cloud's module, and run it again. */
import "./requireNode";

export * as autoscaling from "./pulumi/autoscaling/pluginResource";
export * as ess from "./pulumi/ess/pluginResource";
export { Provider, type ProviderArgs } from "./pulumi/provider";
