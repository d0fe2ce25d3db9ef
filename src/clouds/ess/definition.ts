import type { Definition } from "../../core/definition/arguments";
import { argumentsSchema, type EssArguments } from "./arguments";
import { outputs } from "./outputs";
import { rules } from "./rules";

/** Everything that `ess.InstanceRefresh` accepts and answers. */
export const definition: Definition<EssArguments> = { arguments: argumentsSchema, outputs, rules };
