/** Words that a service's text may have, and no name. */
import { facts } from "../facts";

/** Words of the facts' own sentences that have a form of their own: `EC2`, `min-size`, `Instance.NoInstanceNeedBeRefreshed`. */
const own: ReadonlySet<string> = new Set(
  facts
    .flatMap(({ sentence }) => sentence.split(/[\s"'`(){}[\],;:=<>…/]+/))
    .map((word) => word.replace(/[.!?]+$/, ""))
    .concat(["EC2", "scale-in", "fully-formed", "tag-key", "tag-value", "DesiredConfiguration.LaunchTemplate"]),
);

/** A plain word, one of the API's in CamelCase with dots and slashes between, or a small number with or without a unit. */
export function isWord(text: string): boolean {
  if (own.has(text) && !/\d{4,}/.test(text)) return true;
  return (
    /^[A-Za-z]*$/.test(text) ||
    /^\$(Latest|Default)$/.test(text) ||
    /^-?\d{1,6}%?$/.test(text) ||
    /^[A-Z]+(?:_[A-Z]+)+$/.test(text) ||
    /^[A-Z][A-Za-z]*(?:\.(?:[A-Z][A-Za-z]*|member|\d{1,3}))+$/.test(text) ||
    /^[^A-Za-z0-9]*$/.test(text)
  );
}
