/** Values that no message may hold, taken out of any text in every spelling that a protocol gives them. */

/** Shorter values are no secrets, and taking them out would garble every text. */
const SHORTEST = 4;
const INSTEAD = "***";

export class Secrets {
  readonly #values = new Set<string>();
  readonly #spellings = new Set<string>();
  #others: Secrets | undefined;

  /** Strings anywhere in the values count. */
  constructor(...values: unknown[]) {
    this.add(...values);
  }

  add(...values: unknown[]): void {
    for (const value of values) {
      if (typeof value === "string") this.#spell(value);
      else if (value !== null && typeof value === "object") this.add(...Object.values(value));
    }
  }

  /** Each call adds its credentials again. */
  #spell(value: string): void {
    if (value.length < SHORTEST || this.#values.has(value)) return;
    this.#values.add(value);
    for (const spelling of spellingsOf(value)) this.#spellings.add(spelling);
  }

  /** These, also those that are learned later, and more for one call. */
  with(...values: unknown[]): Secrets {
    const both = new Secrets(...values);
    both.#others = this;
    return both;
  }

  scrub(text: string): string {
    const others = this.#others ? this.#others.#spellings : [];
    const longestFirst = [...new Set([...this.#spellings, ...others])].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((clean, spelling) => clean.replaceAll(spelling, INSTEAD), text);
  }
}

/** As it is, and as URLs, forms, JSON, XML, headers and a string to sign spell it. */
function spellingsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\uFFFD"));
  const strict = url.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams({ value }).toString().slice("value=".length);
  const once = [url, strict, form];
  const encoded = [...once, ...once.map(encodeURIComponent)];
  const lowerHex = encoded.map((text) => text.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()));
  const bytes = Buffer.from(value);
  return [
    value,
    value.trim(),
    json,
    json.replaceAll("/", "\\/"),
    json.replace(/[<>&]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
    ...xmlSpellings(value),
    ...encoded,
    ...lowerHex,
    bytes.toString("base64"),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ].filter((spelling) => spelling.length >= SHORTEST);
}

function xmlSpellings(value: string): string[] {
  const text = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quotes = [
    ["&quot;", "&apos;"],
    ["&#34;", "&#39;"],
    ["&quot;", "&#x27;"],
    ["&#x22;", "&#x27;"],
  ] as const;
  return [text, ...quotes.map(([double, single]) => text.replaceAll('"', double).replaceAll("'", single))];
}
