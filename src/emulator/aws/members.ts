import { z } from "zod";
import { elements } from "./query";

// What XML can bear, and so an answer.
const writable = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/**
 * The kinds of members that a request of the Query protocol is made of. Everything arrives as text: a text that is no
 * number or no boolean is malformed, one that is out of its bounds breaks a constraint (`readRequest` tells the two apart).
 */
export const text = (length: { min?: number; max?: number } = {}) =>
  z
    .string()
    .regex(writable)
    .min(length.min ?? 0)
    .max(length.max ?? Number.MAX_SAFE_INTEGER);

/** The service's names: 1 to 255 characters, slashes and spaces included. */
export const name = () => text({ min: 1, max: 255 });

/** A whole number. */
export const integer = () => z.preprocess((value) => number(value, /^[+-]?\d+$/), z.int());

/** A whole number within bounds, both inclusive. */
export const integerWithin = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z.preprocess((value) => number(value, /^[+-]?\d+$/), z.int().min(min).max(max));

/** A number of zero or more. */
export const decimal = () =>
  z.preprocess((value) => number(value, /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i), z.number().min(0));

export const boolean = () =>
  z.preprocess((value) => (value === "true" ? true : value === "false" ? false : value), z.boolean());

/** `Name.member.1=…`; one list of Auto Scaling (`Cpu.Reference`) and every list of EC2 name their elements otherwise. */
export const list = <Item extends z.ZodType>(item: Item, length: { min?: number; max?: number } = {}) =>
  z.preprocess(
    (value) => elements(unwrapped(value)) ?? value,
    z
      .array(item)
      .min(length.min ?? 0)
      .max(length.max ?? Number.MAX_SAFE_INTEGER),
  );

function number(value: unknown, form: RegExp): unknown {
  return typeof value === "string" && form.test(value) ? Number(value) : value;
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("member" in value) return value.member;
  return "item" in value ? value.item : value;
}
