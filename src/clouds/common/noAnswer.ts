/** Why no answer came, from the code of an error alone: its text may hold the whole request. */

const MEANINGS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the host is not known",
  EAI_AGAIN: "the host's name could not be resolved now",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ECONNABORTED: "the connection was cut",
  EHOSTUNREACH: "there is no route to the host",
  ENETUNREACH: "there is no route to the network",
  ETIMEDOUT: "the connection took too long",
  TIMEOUT: "it took too long",
  TOO_LONG: "the answer is too long",
  ABORTED: "it was stopped",
  TimeoutError: "it took too long",
  AbortError: "it was stopped",
  EPROTO: "it does not speak TLS; an address with `http://` is reached without",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS; an address with `http://` is reached without",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it does not speak TLS; an address with `http://` is reached without",
  HPE_INVALID_CONSTANT: "it does not speak HTTP; an address with `https://` is reached by TLS",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by nobody that this machine trusts",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by nobody that this machine trusts",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by nobody that this machine trusts",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by nobody that this machine trusts",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
};

/** Code of an error of a socket, of TLS or of time; a word of ours when it has none that is one. */
export function socketCode(error: unknown): string {
  const { code, name, cause, message } = (error ?? {}) as Record<string, unknown>;
  if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,50}$/.test(code)) return code;
  if (cause !== undefined && cause !== error) return socketCode(cause);
  // An SDK may wrap an error, and keep its text only: of that, no more is taken than a code that is known here.
  const known = /\b(?:E|HPE_|ERR_)[A-Z_]+\b/.exec(String(message ?? ""))?.[0];
  if (known && Object.hasOwn(MEANINGS, known)) return known;
  return typeof name === "string" && /^[A-Za-z]{3,40}$/.test(name) && name !== "Error" ? name : "NoAnswer";
}

/** In words, where the code is known. */
export function whyNoAnswer(code: string): string {
  return MEANINGS[code] ?? "the call ended without an answer";
}

/** An address without what may be secret in it: no user, password, path, query. */
export function bareAddress(address: string): string {
  try {
    const { protocol, host } = new URL(address.includes("://") ? address : `https://${address}`);
    return `${protocol}//${host}`;
  } catch {
    return "an address that cannot be read";
  }
}

/** What to set behind a proxy, for requests to an address. */
export function proxyText(address: string): string {
  return `behind a proxy, set ${address.startsWith("http:") ? "HTTP_PROXY" : "HTTPS_PROXY"}`;
}

/** What to check when no answer comes from the API of a service. */
export function reachText(address: string, service: string): string {
  return `check that ${address} is the address of ${service} (\`connection.endpoint\`, \`connection.region\`) and can be reached from here; ${proxyText(address)}.`;
}
