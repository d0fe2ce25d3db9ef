/** What a preview answers: as much of the outputs as is known before the deployment. */
import type { CloudModule } from "../src/core/cloud";
import { isSettled, requestArguments } from "../src/core/lifecycle/compare";
import { type Properties, UNKNOWN } from "./wire";

/** Outputs of a create: what is asked; the cloud's echo and the outcome are not known. */
export function plannedCreate(cloud: CloudModule, inputs: Properties): Properties {
  return { ...unknown(requestArguments(cloud)), ...outcome(cloud), ...inputs };
}

/** Outputs of an update: where it waits for a refresh, how that will have ended is not known. */
export function plannedUpdate(cloud: CloudModule, olds: Properties, news: Properties): Properties {
  return { ...olds, ...(isSettled(cloud, olds, news) ? {} : outcome(cloud)), ...news };
}

function outcome(cloud: CloudModule): Properties {
  return unknown(Object.keys(cloud.definition.outputs.shape));
}

function unknown(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
}
