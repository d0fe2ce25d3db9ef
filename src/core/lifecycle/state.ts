/** What the state of a resource holds: what was asked, what the cloud echoes of the rest, and how the refresh stands. */
import type { Arguments, CloudModule, Refresh } from "../cloud";
import { argumentsOf, HELD, requestArguments } from "./compare";

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
  return { ...asked, status: "Successful", percentageComplete: 100 };
}

/** State of a refresh that was never asked for in the cloud: it has none of what is to run, so that all of that is still to come. */
export function heldProperties(cloud: CloudModule, asked: Arguments): Properties {
  const names = [cloud.groupArgument, ...argumentsOf(cloud, "policy")].filter((name) => asked[name] !== undefined);
  return { ...Object.fromEntries(names.map((name) => [name, asked[name]])), status: HELD, percentageComplete: 0 };
}

/**
 * State of a refresh: the arguments as they were asked, the echo of those that were not, and the outputs. Before the
 * first look it counts as pending, so that a later run attaches to it.
 */
export function propertiesOf(cloud: CloudModule, asked: Arguments, refresh: Refresh | undefined): Properties {
  if (!refresh) return { ...asked, status: "Pending" };
  const echo = requestArguments(cloud).filter(
    (name) => asked[name] === undefined && refresh.arguments[name] !== undefined,
  );
  const reached = asked.status === refresh.status ? { requestedStatus: refresh.status } : {};
  return {
    ...asked,
    ...Object.fromEntries(echo.map((name) => [name, refresh.arguments[name]])),
    ...outputsOf(refresh),
    ...reached,
  };
}

/** What the cloud answers of a refresh, as outputs. */
export function outputsOf(refresh: Refresh): Properties {
  const percentage = refresh.fraction === undefined ? {} : { percentageComplete: Math.round(refresh.fraction * 100) };
  return { ...refresh.outputs, ...percentage, status: refresh.status };
}
