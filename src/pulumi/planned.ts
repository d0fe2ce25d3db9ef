/** What a preview answers: the outputs as far as they are known before the deployment. */
import type { CloudModule } from "../core/cloud";
import { isSettled, requestArguments } from "../core/lifecycle/compare";
import { type Properties, UNKNOWN } from "./values";

/** Outputs of a create: the arguments are known; the cloud's echo and the outcome are not. */
export function plannedCreate(cloud: CloudModule, inputs: Properties): Properties {
  return { ...unknown(requestArguments(cloud)), ...outcome(cloud), ...inputs };
}

/** Outputs of an update: when it waits for a refresh, the outcome is not known. */
export function plannedUpdate(cloud: CloudModule, olds: Properties, news: Properties): Properties {
  return { ...olds, ...(isSettled(cloud, olds, news) ? {} : outcome(cloud)), ...news };
}

function outcome(cloud: CloudModule): Properties {
  return unknown(Object.keys(cloud.definition.outputs.shape));
}

function unknown(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
}
