/** Credentials for the calls: keys as they are given, else from one of the vendor's sources, which are loaded only then. */
import type { ConnectionSettings } from "../../core/cloud";
import type { ProxiedAgents } from "../common/proxy";
import type { Secrets } from "../common/secrets";
import { textOf } from "../common/settings";
import { noCredentials } from "./errors";
import { SourceError } from "./sources/sourceError";
import { keysAlone } from "./sources/staticKeys";

export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

interface Source {
  getCredentials(): Promise<Credentials>;
}

/** Credentials that renew themselves as their source says, and are read again from the first source on when they were refused. */
export class RenewableCredentials {
  #source: Promise<Source> | undefined;
  #hadAny = false;

  constructor(
    readonly settings: ConnectionSettings,
    readonly region: string,
    /** Learns every key that is got. */
    readonly secrets: Secrets,
    /** Through which sources are asked. */
    readonly agents: ProxiedAgents,
    readonly environment = process.env,
  ) {
    // What the configuration holds must not come back in an error either.
    const { credentials, bridged = {} } = settings;
    const own = [bridged.secretKey, bridged.securityToken, textOf(bridged, "assumeRole.externalId")];
    secrets.add(credentials?.secretAccessKey, credentials?.sessionToken, ...own);
  }

  /** @throws CloudError that says which source failed, and what to set */
  async get(): Promise<Credentials> {
    try {
      this.#source ??= this.#findSource();
      const found = await (await this.#source).getCredentials();
      this.secrets.add(found.accessKeySecret, found.securityToken);
      this.#hadAny = true;
      return found;
    } catch (error) {
      // A chain of the vendor's in which every source has failed stays broken: the next call needs a new one.
      this.renew();
      const { message, code, next } = error instanceof SourceError ? error : new SourceError("no source has any");
      throw noCredentials(this.secrets.scrub(message), code, this.#hadAny ? "passing" : "final", next);
    }
  }

  /** Forgets what was read: files, processes, metadata and STS are asked again by the next call. */
  renew(): void {
    this.#source = undefined;
  }

  async #findSource(): Promise<Source> {
    const keys = keysAlone(this.settings, this.environment);
    if (!keys) {
      const { providerOf } = await import("./sources/providers.js");
      return providerOf(this.settings, this.region, this.agents, this.environment);
    }
    const { accessKeyId, secretAccessKey: accessKeySecret, sessionToken: securityToken } = keys;
    return {
      getCredentials: async () => ({ accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) }),
    };
  }
}
