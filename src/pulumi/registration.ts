/** Keeps the registration of a resource from noting what nobody reads. */
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";

interface Position {
  readonly uri: string;
}

/** Pulumi's own, and private: where it is no longer there, nothing is changed. */
interface Traced {
  stackTrace?(skip: number): (Position | undefined)[];
}

/** This package, as long as it has files of its own and was not put into one with the program. */
const OWN = basename(__filename).startsWith("registration.") ? `${pathToFileURL(dirname(__dirname))}/` : undefined;
/** Source maps turn Pulumi's own files into ones that are nowhere, but for this. */
const OF_PULUMI = "/node_modules/@pulumi/";

/**
 * From now on, and until what it returns is called:
 *
 * - Errors do not note where they were made. Pulumi keeps an error's stack with each of the four promises behind every
 *   output, mapped to the program's source, which takes some 10 ms for the twenty outputs of a refresh.
 * - A resource is declared where the program does it. By itself Pulumi would name the line of this package that calls
 *   its constructor, and keep the frames of Node and of its own host in the state, which the engine writes again at every
 *   step: they are a third of it.
 */
export function beginRegistration(): () => void {
  const { stackTraceLimit } = Error;
  // Only Pulumi's search for promises that never end reads them.
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;

  const traced = pulumi.Resource as unknown as Traced;
  const { stackTrace } = traced;
  if (stackTrace) traced.stackTrace = (skip) => stackTrace.call(traced, skip).filter(isOfProgram);

  return () => {
    Error.stackTraceLimit = stackTraceLimit;
    if (stackTrace) traced.stackTrace = stackTrace;
  };
}

function isOfProgram(position: Position | undefined): boolean {
  if (position === undefined || position.uri.includes(OF_PULUMI)) return false;
  return OWN === undefined || !position.uri.startsWith(OWN);
}
