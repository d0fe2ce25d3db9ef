/** Words that a service's text may have, and no name. */
import { facts } from "../facts";

/** Words of the facts' own sentences that have a form of their own: `EC2`, `min-size`, `Instance.NoInstanceNeedBeRefreshed`. */
const own: ReadonlySet<string> = new Set(
  facts
    .flatMap(({ sentence }) => sentence.split(/[\s"'`(){}[\],;:=<>…/]+/))
    .map((word) => word.replace(/[.!?]+$/, ""))
    .concat(["EC2", "scale-in", "fully-formed", "tag-key", "tag-value", "DesiredConfiguration.LaunchTemplate"]),
);

/** Beginnings of keys that have letters only. */
const KEYS = /^(?:AKIA|ASIA|AROA|AIDA|LTAI|STS\.)/;
/** `instance`, `InService`, `EC`, `LaunchTemplateARN`; not letters by chance. */
const WORD = /^(?=.{0,40}$)(?:[A-Z]?[a-z]*(?:[A-Z][a-z]+|[A-Z]{1,4}(?=[A-Z][a-z]|$))*|[A-Z]{1,11}s?)$/;

/** A key may have no digit, and then only its capitals give it away: few words have that many, or parts that short. */
function isLikeKey(text: string): boolean {
  if (text.length <= 14) return false;
  if (/^[a-z].*[A-Z]/.test(text)) return true;
  const capitals = text.match(/[A-Z]/g)?.length ?? 0;
  const parts = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return /[a-z]/.test(text) && (capitals > text.length / 4 + 1 || parts.filter(({ length }) => length < 3).length > 1);
}

/** Whether the facts themselves use it. */
export function isOwnWord(text: string): boolean {
  return own.has(text);
}

/** A plain word, one of the API's in CamelCase with dots and slashes between, or a small number with or without a unit. */
export function isWord(text: string): boolean {
  if (KEYS.test(text) || text.split(".").some(isLikeKey)) return false;
  if (own.has(text) && !/\d{4,}/.test(text)) return true;
  return (
    WORD.test(text) ||
    /^\$(Latest|Default)$/.test(text) ||
    /^-?\d{1,6}%?$/.test(text) ||
    /^[A-Z]{2,14}(?:_[A-Z]{2,14})+$/.test(text) ||
    (/^[A-Z]/.test(text) &&
      text.includes(".") &&
      text.split(".").every((part) => WORD.test(part) || /^\d{1,3}$/.test(part))) ||
    /^[^A-Za-z0-9]*$/.test(text)
  );
}
