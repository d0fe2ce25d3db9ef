/**
 * Says whether a `Host` or an `Origin` is of the loopback interface, or one of the further names. A page of another site can
 * reach that interface under a name of its own (DNS rebinding), and would then be let in.
 */
export function createHostCheck(furtherNames: readonly string[] = []): (host: string) => boolean {
  const names = new Set(["localhost", "[::1]", ...furtherNames.map((name) => name.toLowerCase())]);
  return (host) => {
    const name = hostname(host);
    return names.has(name) || name.endsWith(".localhost") || /^127\.\d+\.\d+\.\d+$/.test(name);
  };
}

/** Of a `Host` or an `Origin`; empty when it is none. */
function hostname(host: string): string {
  const url = host.includes("://") ? host : `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : "";
}
