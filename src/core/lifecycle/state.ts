/** What the state of a resource holds: what was asked, what the cloud echoes of the rest, and how the refresh stands. */
import type { Arguments, CloudModule, Refresh } from "../cloud";
import { argumentsOf, requestArguments } from "./compare";

export type Properties = Record<string, unknown>;

const NONE = ":none";

/** Id of a refresh that the cloud did not start because no machine needed one. */
export function noneId(group: string): string {
  return `${group}${NONE}`;
}

/** True when no refresh of the cloud stands behind the id: no call is to be made for it. */
export function isNone(id: string): boolean {
  return id.endsWith(NONE);
}

/** State of a refresh that was not needed. */
export function noneProperties(asked: Arguments): Properties {
  return { ...asked, echoed: [], status: "Successful", percentageComplete: 100 };
}

/**
 * State of a request that is still to be made, because it is held or found nothing to refresh: it has none of what is to
 * run, so that all of that is still to come.
 */
export function pendingProperties(cloud: CloudModule, asked: Arguments, status: string): Properties {
  const names = [cloud.groupArgument, ...argumentsOf(cloud, "policy")].filter((name) => asked[name] !== undefined);
  const kept = Object.fromEntries(names.map((name) => [name, asked[name]]));
  return { ...kept, echoed: [], status, percentageComplete: 0 };
}

/**
 * State of a refresh: the arguments as they were asked, the echo of those that were not, and the outputs. Before the
 * first answer it counts as pending, so that a later run attaches to it.
 */
export function propertiesOf(cloud: CloudModule, asked: Arguments, refresh: Refresh | undefined): Properties {
  if (!refresh) return { ...asked, echoed: [], status: "Pending" };
  const echoed = requestArguments(cloud).filter(
    (name) => asked[name] === undefined && refresh.arguments[name] !== undefined,
  );
  const reached = asked.status === refresh.status ? { requestedStatus: refresh.status } : {};
  return {
    ...asked,
    ...Object.fromEntries(echoed.map((name) => [name, refresh.arguments[name]])),
    echoed,
    ...outputsOf(refresh),
    ...reached,
  };
}

/** State of a refresh that was taken over from elsewhere: nobody is known to have asked for any of its arguments. */
export function importedProperties(cloud: CloudModule, policies: Arguments, refresh: Refresh): Properties {
  const { echoed: _, ...properties } = propertiesOf(cloud, {}, refresh);
  return { ...policies, ...properties };
}

/**
 * The state with other arguments: what is no longer asked goes, except what the cloud has echoed; the outputs stay.
 */
export function withArguments(cloud: CloudModule, recorded: Properties, args: Arguments): Properties {
  const before = Array.isArray(recorded.echoed) ? (recorded.echoed as string[]) : undefined;
  const replaced = new Set(argumentsOf(cloud, "policy", "trigger"));
  const isEchoed = (name: string) => before === undefined || before.includes(name);
  const request = new Set(requestArguments(cloud));
  const stays = ([name]: [string, unknown]) => !replaced.has(name) && (!request.has(name) || isEchoed(name));
  const kept = Object.fromEntries(Object.entries(recorded).filter(stays));
  const echoed = [...request].filter((name) => kept[name] !== undefined && args[name] === undefined);
  return { ...kept, ...args, echoed, status: recorded.status };
}

/** What the cloud answers of a refresh, as outputs. */
export function outputsOf(refresh: Refresh): Properties {
  const percentage = refresh.fraction === undefined ? {} : { percentageComplete: Math.round(refresh.fraction * 100) };
  return { ...refresh.outputs, ...percentage, status: refresh.status };
}
