/** The public names: one namespace per cloud, as the bridged providers have them. */
import "./requireNode";

export * as autoscaling from "./pulumi/autoscaling/resource";
export * as ess from "./pulumi/ess/resource";
