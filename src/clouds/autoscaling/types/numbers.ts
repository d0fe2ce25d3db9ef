/** Numbers that may come as strings: `aws.autoscaling.Group` types some of them so, and the cloud echoes some so. */
import { z } from "zod";
import { type About, argument } from "../../../core/definition/arguments";

const DIGITS = /^(0|[1-9][0-9]*)$/;

/** An argument that is a whole number, or one in a string. */
export function wholeNumber(about: Omit<About, "form">, least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const form = `a whole number ${range}${about.unit ? ` (${about.unit})` : ""}, or one in a string`;
  const fits = (text: string) => DIGITS.test(text) && Number(text) >= least && Number(text) <= most;
  const schema = z.union([z.int().min(least).max(most), z.string().refine(fits, { error: `it must be ${form}` })]);
  return argument(schema, { ...about, form });
}
