/** Every kind of source that gives keys for an hour, and how a program or its environment names it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RAMRoleARNCredentialsProvider, StaticAKCredentialsProvider } from "@alicloud/credentials";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { Emulator } from "../../../src/emulator";
import { InstanceMetadata, type MetadataKeys } from "./instanceMetadata";

export const HOUR_MS = 3_600_000;
/** Keys in a file are renewed before the old ones expire. */
const ROTATION_MS = 50 * 60_000;

const ROLES = { ess: "acs:ram::123456789012:role/deployer", autoscaling: "arn:aws:iam::123456789012:role/deployer" };
type Cloud = keyof typeof ROLES;

/** How a source is named: in the stack's configuration, by `connection.profile`, or in the environment. */
export interface Named {
  stack?: Record<string, unknown>;
  profile?: string;
  environment?: Record<string, string>;
}

interface Source {
  readonly cloud: Cloud;
  named(world: KeyWorld): Named;
  /** Puts keys where the source has them. */
  write?(keys: MetadataKeys, world: KeyWorld): void;
  /** A machine's or a container's metadata gives them. */
  readonly metadata?: true;
}

/** A folder for files, an emulator that gives keys, and an environment without any. */
export class KeyWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "keys-"));
  readonly #environment = { ...process.env };
  #metadata: InstanceMetadata | undefined;

  constructor(
    readonly emulator: Emulator,
    readonly source: Source,
  ) {
    for (const name of Object.keys(process.env)) if (/^(AWS|ALI)/.test(name)) delete process.env[name];
    Object.assign(process.env, {
      AWS_CONFIG_FILE: join(this.folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(this.folder, "credentials"),
      HOME: this.folder,
      ...(source.metadata ? {} : { AWS_EC2_METADATA_DISABLED: "true", ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" }),
    });
  }

  /** Keys are where the source has them; what names it. */
  async open(): Promise<Named> {
    await this.#write();
    if (this.source.metadata) this.#metadata = await InstanceMetadata.start(() => this.#freshKeys());
    const named = this.source.named(this);
    Object.assign(process.env, named.environment);
    return named;
  }

  /**
   * As time goes on: keys in files are replaced when it is time. Keys expire by the emulator's clock; where the client
   * keeps them by real time, a call is refused, as one with expired keys is.
   * @returns the time
   */
  timekeeper(atNextSleep: (action: () => Promise<void>) => void): () => number {
    const { clock, faultInjection } = this.emulator;
    let [rotated, refused] = [clock.now(), clock.now()];
    return () => {
      const time = clock.now();
      if (this.source.write && time - rotated >= ROTATION_MS) {
        rotated = time;
        atNextSleep(() => this.#write());
      }
      if (this.source.cloud === "autoscaling" && time - refused >= HOUR_MS) {
        refused = time;
        faultInjection.add({ operations: ["autoscaling:*"], kind: "ExpiredToken", count: 1 });
      }
      return time;
    };
  }

  close(): void {
    this.#metadata?.close();
    rmSync(this.folder, { recursive: true });
    process.env = this.#environment;
  }

  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  get metadataUrl(): string {
    return this.#metadata?.url ?? "";
  }

  async #write(): Promise<void> {
    if (this.source.write) this.source.write(await this.#freshKeys(), this);
  }

  /** Keys that hold for an hour, as STS gives them. */
  async #freshKeys(): Promise<MetadataKeys> {
    const { url, accessKeyId, secretAccessKey } = this.emulator;
    const expiration = new Date(Date.now() + HOUR_MS).toISOString().replace(/\.\d+/, "");
    if (this.source.cloud === "autoscaling") {
      const found = await fromTemporaryCredentials({
        masterCredentials: { accessKeyId, secretAccessKey },
        params: { RoleArn: ROLES.autoscaling, DurationSeconds: HOUR_MS / 1000 },
        clientConfig: { region: "eu-west-1", endpoint: url },
      })();
      return { ...found, sessionToken: found.sessionToken ?? "", expiration };
    }
    const keys = StaticAKCredentialsProvider.builder()
      .withAccessKeyId(accessKeyId)
      .withAccessKeySecret(secretAccessKey)
      .build();
    const found = await RAMRoleARNCredentialsProvider.builder()
      .withCredentialsProvider(keys)
      .withRoleArn(ROLES.ess)
      .withStsEndpoint(url)
      .build()
      .getCredentials();
    return {
      accessKeyId: found.accessKeyId,
      secretAccessKey: found.accessKeySecret,
      sessionToken: found.securityToken,
      expiration,
    };
  }
}

const aliyun = (profile: object) => JSON.stringify({ current: "web", profiles: [{ name: "web", ...profile }] });
const stsToken = ({ accessKeyId, secretAccessKey, sessionToken }: MetadataKeys) => ({
  mode: "StsToken",
  access_key_id: accessKeyId,
  access_key_secret: secretAccessKey,
  sts_token: sessionToken,
});
const ofEmulator = ({ accessKeyId, secretAccessKey, url }: Emulator) => ({
  accessKey: accessKeyId,
  secretKey: secretAccessKey,
  endpoints: [{ sts: url }],
});
const jwt = `e30.${Buffer.from(JSON.stringify({ sub: "ci", iss: "https://ci", aud: "deploy" })).toString("base64url")}.s`;

/** By what a person would call them. */
export const KEY_SOURCES: Readonly<Record<string, Source>> = {
  "ess: a role that is assumed": {
    cloud: "ess",
    named: ({ emulator }) => ({ stack: { ...ofEmulator(emulator), assumeRole: { roleArn: ROLES.ess } } }),
  },
  "ess: a token of an identity provider": {
    cloud: "ess",
    named: (world) => ({
      stack: {
        assumeRoleWithOidc: {
          roleArn: ROLES.ess,
          oidcProviderArn: "acs:ram::123456789012:oidc-provider/ci",
          oidcTokenFile: world.file("token", jwt),
        },
        endpoints: [{ sts: world.emulator.url }],
      },
    }),
  },
  "ess: a credentials URI": {
    cloud: "ess",
    named: ({ emulator }) => ({ stack: { credentialsUri: `${emulator.url}/ram/credentials` } }),
  },
  "ess: a profile that somebody rotates": {
    cloud: "ess",
    named: ({ folder }) => ({ stack: { sharedCredentialsFile: join(folder, "aliyun.json"), profile: "web" } }),
    write: (keys, world) => world.file("aliyun.json", aliyun(stsToken(keys))),
  },
  "ess: a profile's process": {
    cloud: "ess",
    named: ({ folder }) => ({ stack: { sharedCredentialsFile: join(folder, "aliyun.json"), profile: "web" } }),
    write: (keys, world) => {
      const path = world.file("keys", JSON.stringify(stsToken(keys)));
      world.file("aliyun.json", aliyun({ mode: "External", process_command: `/bin/cat ${path}` }));
    },
  },
  "ess: the RAM role of an instance": {
    cloud: "ess",
    named: () => ({ stack: { ecsRoleName: "web-role" } }),
    metadata: true,
  },
  "autoscaling: a role that is assumed": {
    cloud: "autoscaling",
    named: ({ emulator }) => ({
      stack: { ...ofEmulator(emulator), assumeRoles: [{ roleArn: ROLES.autoscaling, duration: "1h" }] },
    }),
  },
  "autoscaling: a token of an identity provider": {
    cloud: "autoscaling",
    named: (world) => ({
      stack: {
        assumeRoleWithWebIdentity: {
          roleArn: ROLES.autoscaling,
          webIdentityTokenFile: world.file("token", jwt),
          duration: "1h",
        },
        endpoints: [{ sts: world.emulator.url }],
      },
    }),
  },
  "autoscaling: a profile that somebody rotates": {
    cloud: "autoscaling",
    named: () => ({ profile: "web" }),
    write: ({ accessKeyId, secretAccessKey, sessionToken }, world) =>
      world.file(
        "credentials",
        `[web]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`,
      ),
  },
  "autoscaling: a process that tells no expiration": {
    cloud: "autoscaling",
    named: () => ({ profile: "web" }),
    write: ({ accessKeyId, secretAccessKey, sessionToken }, world) => {
      const keys = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken };
      const path = world.file("keys", JSON.stringify({ Version: 1, ...keys }));
      world.file("config", `[profile web]\ncredential_process = /bin/cat ${path}\n`);
    },
  },
  "autoscaling: a container's credentials": {
    cloud: "autoscaling",
    named: ({ metadataUrl }) => ({
      environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${metadataUrl}/container` },
    }),
    metadata: true,
  },
  "autoscaling: the role of an instance": {
    cloud: "autoscaling",
    named: ({ metadataUrl }) => ({ environment: { AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataUrl } }),
    metadata: true,
  },
};
