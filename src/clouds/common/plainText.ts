/** What a cloud says, as one that a terminal or a log can show. */

import type { Secrets } from "./secrets";

/** Controls of terminals, and characters that change the direction of text or cannot be seen. */
const CONTROLS = /[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/gu;

const LONGEST = 1_000;

/** One line of bounded length, without control characters. */
export function plainText(text: string): string {
  const line = text.replace(CONTROLS, " ").replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** A code or an id of the service; undefined when it is none, or holds a secret. */
export function wordOf(text: string, secrets: Secrets): string | undefined {
  return /^[\w.:/-]{1,100}$/.test(text) && secrets.scrub(text) === text ? text : undefined;
}

/** The same value, with every text in it plain; only control characters are taken out of it. */
export function withPlainTexts<T>(value: T): T {
  if (typeof value === "string") return value.replace(CONTROLS, " ") as T;
  if (Array.isArray(value)) return value.map(withPlainTexts) as T;
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withPlainTexts(each)])) as T;
}
