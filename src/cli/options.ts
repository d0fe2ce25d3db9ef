/** Options that several commands have, and how they are read. */
import { type Command, InvalidArgumentError } from "commander";
import { DURATION_FORM, secondsOf } from "../core/durations";

/** Seconds of `90s`, `1h30m` or `1d`. */
export function duration(text: string): number {
  try {
    return secondsOf(text);
  } catch {
    throw new InvalidArgumentError(`It must be ${DURATION_FORM}.`);
  }
}

export function percentage(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number)) throw new InvalidArgumentError("It must be a whole number.");
  return number;
}

/** `20,60,100`. */
export function percentages(text: string): number[] {
  return text.split(",").map(percentage);
}

/** For an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** A whole number from 1 on. */
export function whole(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1.");
  return Number(text);
}

export function port(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError("It must be a port: 0 to 65535.");
  return number;
}

/** The options that describe a refresh that is not started, as `forecast` and `advise` have it. */
export function withRefreshOptions(command: Command): Command {
  return command
    .option("--skip-matching", "leave alone what is up to date")
    .option("--no-skip-matching", "replace what is up to date too")
    .option("--warmup <duration>", "AWS: instance warm-up", duration)
    .option("--bake <duration>", "AWS: bake time", duration)
    .option("--image <id>", "ESS: image to launch from")
    .option("--scaling-configuration <id>", "ESS: scaling configuration to launch from")
    .option("--launch-template <id>", "launch template to launch from; for AWS, its name does too")
    .option("--launch-template-version <version>", "version of the launch template");
}
