import type { Definition } from "../../core/definition/arguments";
import { type AutoScalingArguments, argumentsSchema } from "./arguments";
import { outputs } from "./outputs";
import { rules } from "./rules";

/** Everything that `autoscaling.InstanceRefresh` accepts and answers. */
export const definition: Definition<AutoScalingArguments> = { arguments: argumentsSchema, outputs, rules };
