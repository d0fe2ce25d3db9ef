/** Numbers that may come as strings: `aws.autoscaling.Group` types some of them so, and the cloud echoes some so. */
import { z } from "zod";

const DIGITS = /^(0|[1-9][0-9]*)$/;

/** A whole number, or one in a string; what an argument of it says of its form is `wholeNumberForm` of the same range. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const fits = (text: string) => DIGITS.test(text) && Number(text) >= least && Number(text) <= most;
  return z.union([
    z.int().min(least).max(most),
    z.string().refine(fits, { error: `it must be ${wholeNumberForm(least, most)}` }),
  ]);
}

/** The range in words. */
export function wholeNumberForm(least: number, most: number = Number.MAX_SAFE_INTEGER, unit?: string): string {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return `a whole number ${range}${unit ? ` (${unit})` : ""}, or one in a string`;
}
