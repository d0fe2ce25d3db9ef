/** Where a text holds a secret, in any spelling that a protocol or a log may give it. Shares nothing with what it judges. */

/** A value that no protocol carries as it is. */
export function marked(name: string): string {
  return `S3cret:${name}/p@ss+w0rd=&<"'>% ü\\`;
}

/** What leaked, by secret and spelling. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) =>
    Object.entries(spellingsOf(secret)).flatMap(([spelling, value]) =>
      text.includes(value) ? [`${secret} (${spelling})`] : [],
    ),
  );
}

function spellingsOf(secret: string): Record<string, string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const xml = secret.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return {
    plain: secret,
    JSON: json,
    "JSON in JSON": JSON.stringify(json).slice(1, -1),
    XML: xml,
    "XML with quotes": xml.replace(/"/g, "&quot;").replace(/'/g, "&apos;"),
    URL: url,
    "URL in small letters": url.replace(/%../g, (hex) => hex.toLowerCase()),
    "URL, strictly": url.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    "URL, twice": encodeURIComponent(url),
    form: new URLSearchParams([["", secret]]).toString().slice(1),
    base64: Buffer.from(secret).toString("base64"),
    base64url: Buffer.from(secret).toString("base64url"),
  };
}
