/** The arguments of a refresh from the options of a command line, in the names of the resource. */
import { readFileSync } from "node:fs";
import { type Arguments, type CloudModule, OptionError, type RefreshOptions } from "../core/cloud";
import { UsageError } from "./exitCodes";

export interface ForecastArguments extends RefreshOptions {
  /** A file of JSON, or `-`: arguments of the resource, over which the other options are laid. */
  readonly arguments?: string;
}

/** @throws UsageError when the file cannot be read, or an option is not for this cloud */
export function argumentsFrom(cloud: CloudModule, group: string, options: ForecastArguments): Record<string, unknown> {
  const given = readArguments(options.arguments);
  try {
    return { ...cloud.argumentsOf(group, given, options) };
  } catch (error) {
    throw error instanceof OptionError ? new UsageError(error.message) : error;
  }
}

function readArguments(file: string | undefined): Arguments {
  if (file === undefined) return {};
  try {
    return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")) as Arguments;
  } catch (error) {
    throw new UsageError(`--arguments ${file}: ${(error as Error).message}`);
  }
}
