/** The last check of a cassette before it is written, by other means than those that cleaned it. */
import type { Known } from "./sanitise";

const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ["an ARN", /\b(?:arn|acs):[a-z-]*:/i],
  ["an address of the internet", /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/],
  ["an address of the internet", /\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\b/i],
  ["a UUID", /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i],
  ["an access key", /\b(?:AKIA|ASIA|AROA|AIDA|LTAI)[0-9A-Za-z]{8,}/],
  ["an account number", /\b\d{12,16}\b/],
  ["an id", /\b[a-z]{1,5}-(?=[a-z]*\d)[0-9a-z]{8,}\b/],
  ["a mail address", /[\w.+-]+@[\w-]+\.[\w.]+/],
  ["a URL", /\b[a-z]{2,6}:\/\//i],
  ["a host", /\b[\w-]+\.(?:com|net|org|cn|io|internal|local)\b/i],
  ["a region", /\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-[a-z]{4,}(?:-\d)?[a-z]?\b/],
  ["a user agent", /\b(?:aws-sdk|aws-cli|boto|AlibabaCloud|User-Agent)/i],
  ["something encoded", /\b(?=[\w+/]*\d)(?=[\w+/]*[A-Z])(?=[\w+/]*[a-z])[\w+/]{24,}/],
];

/** What is still found, in words that do not repeat it; empty: the cassette can be written. */
export function findingsIn(text: string, known: readonly Known[]): string[] {
  const [head = "", ...lines] = text.split("\n");
  return lines.length === 0
    ? findingsInLine(head, 1, known)
    : text.split("\n").flatMap((line, index) => findingsInLine(line, index + 1, known));
}

function findingsInLine(line: string, number: number, known: readonly Known[]): string[] {
  const rest = line.replace(/‹[^›]*›/g, " ");
  const names = known.filter(({ text }) => text !== "" && rest.includes(text)).map(({ kind }) => `the ${kind}`);
  const forms = FORMS.filter(([, form]) => form.test(rest)).map(([what]) => what);
  return [...names, ...forms].map((what) => `line ${number} still has ${what}`);
}
