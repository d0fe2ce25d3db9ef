/** HTTP through the proxies that the environment, or the stack's configuration, names. */
import type { Agent as HttpAgent } from "node:http";
import { Agent as DirectHttpAgent } from "node:http";
import { Agent as DirectHttpsAgent } from "node:https";
import { Agent, type AgentConnectOpts } from "agent-base";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

/** Proxies by the scheme of the address that is called, and hosts that are called directly: before the environment's. */
export interface ProxySettings {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  readonly no?: string | undefined;
}

export interface TlsSettings {
  /** Certificates that are trusted beside the machine's, PEM. */
  readonly ca?: string | undefined;
  /** False: any certificate will do. */
  readonly rejectUnauthorized?: boolean | undefined;
}

/** To one host, as the SDK of AWS has it. */
const MOST_SOCKETS = 50;

/** The proxy for an address; undefined when it is called directly. */
function proxyFor(url: string, { http, https, no }: ProxySettings = {}): string | undefined {
  if (!http && !https && !no) return getProxyForUrl(url) || undefined;
  const given = { http_proxy: http, https_proxy: https, no_proxy: no };
  return withVariables(given, () => getProxyForUrl(url)) || undefined;
}

/** One agent per scheme. */
export interface ProxiedAgents {
  readonly http: ProxiedAgent;
  readonly https: ProxiedAgent;
}

/** Agents that choose for each request: its host directly, or through its proxy. */
export function proxiedAgents(proxies: ProxySettings = {}, tls: TlsSettings = {}): ProxiedAgents {
  return { http: new ProxiedAgent(false, proxies, tls), https: new ProxiedAgent(true, proxies, tls) };
}

class ProxiedAgent extends Agent {
  /** By proxy. */
  readonly #agents = new Map<string | undefined, HttpAgent>();
  /** By host and port: what the environment says is read once for each. */
  readonly #agentsOfHosts = new Map<string, HttpAgent>();

  constructor(
    readonly secure: boolean,
    readonly proxies: ProxySettings,
    readonly tls: TlsSettings,
  ) {
    super({ keepAlive: true });
  }

  /** The library reads the scheme from a stack trace, three times a request. */
  override isSecureEndpoint(): boolean {
    return this.secure;
  }

  override connect(_: unknown, options: AgentConnectOpts): HttpAgent {
    const { host, port } = options as { host?: string; port?: number };
    return this.agentFor(`${host?.includes(":") ? `[${host}]` : host}:${port}`);
  }

  /** The agent that a request to a host and port ends up with: giving it that one spares the way there. */
  agentFor(address: string): HttpAgent {
    const known = this.#agentsOfHosts.get(address);
    if (known) return known;
    const proxy = proxyFor(`${this.secure ? "https" : "http"}://${address}`, this.proxies);
    const agent = this.#agents.get(proxy) ?? this.#newAgent(proxy);
    this.#agents.set(proxy, agent);
    this.#agentsOfHosts.set(address, agent);
    return agent;
  }

  #newAgent(proxy: string | undefined): HttpAgent {
    const options = { keepAlive: true, maxSockets: MOST_SOCKETS, ...this.tls };
    if (!proxy) return this.secure ? new DirectHttpsAgent(options) : new DirectHttpAgent(options);
    return this.secure ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options);
  }
}

/** The library reads the environment only, and at once. */
function withVariables<T>(given: Record<string, string | undefined>, action: () => T): T {
  const before = Object.keys(given).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(given)) if (value) process.env[name] = value;
  try {
    return action();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
