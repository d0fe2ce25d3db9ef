/** Readers of options that several commands have. */
import { InvalidArgumentError } from "commander";
import { secondsOf } from "../core/durations";

const DURATION = /^(\d+(\.\d+)?(ms|s|m|h))+$/;

/** Seconds of `90s` or `1h30m`. */
export function duration(text: string): number {
  if (!DURATION.test(text)) throw new InvalidArgumentError('It must be a duration such as "90s" or "1h30m".');
  return secondsOf(text);
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
