/** XML 1.0 cannot carry these, not even escaped: most control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern has to name them
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function hasForbiddenInXml(text: string): boolean {
  return text.search(forbidden) >= 0;
}

/** Puts U+FFFD where the text has a character that XML cannot carry. */
export function replaceForbiddenInXml(text: string): string {
  return text.replace(forbidden, "\ufffd");
}
