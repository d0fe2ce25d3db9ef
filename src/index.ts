/** Written by `npm run generate`: change `tools/classes.ts` or the cloud's module, and run it again. */
import "./requireNode";

export * as autoscaling from "./pulumi/autoscaling/resource";
export * as ess from "./pulumi/ess/resource";
