/** Where the credentials come from, in the order of the bridged provider; each source is the vendor's own. */
import {
  type CredentialsProvider,
  DefaultCredentialsProvider,
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
  URICredentialsProvider,
} from "@alicloud/credentials";
import type { ConnectionSettings } from "../../core/cloud";
import type { Secrets } from "../common/secrets";
import { memberOf, textOf } from "../common/settings";
import { stsEndpointOf } from "./endpoint";
import { noCredentials } from "./errors";
import { chosenProfile, profileProvider } from "./sources/profile";
import { SourceError } from "./sources/sourceError";

const SESSION = "pulumi-instance-refresh";

export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** Credentials that renew themselves as their source says, and are read again from the first source on when they were refused. */
export class RenewableCredentials {
  #provider: Promise<CredentialsProvider> | undefined;
  #hadAny = false;

  constructor(
    readonly settings: ConnectionSettings,
    readonly region: string,
    /** Learns every key that is got. */
    readonly secrets: Secrets,
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
      this.#provider ??= providerOf(this.settings, this.region, this.environment);
      const found = await (await this.#provider).getCredentials();
      this.secrets.add(found.accessKeySecret, found.securityToken);
      this.#hadAny = true;
      return found;
    } catch (error) {
      // A chain of the vendor's in which every source has failed stays broken: the next call needs a new one.
      this.renew();
      const why = error instanceof SourceError ? error.message : "no source has any";
      const code = error instanceof SourceError ? error.code : undefined;
      throw noCredentials(this.secrets.scrub(why), code, this.#hadAny ? "passing" : "final");
    }
  }

  /** Forgets what was read: files, processes, metadata and STS are asked again by the next call. */
  renew(): void {
    this.#provider = undefined;
  }
}

async function providerOf(
  settings: ConnectionSettings,
  region: string,
  environment: NodeJS.ProcessEnv,
): Promise<CredentialsProvider> {
  const base = await baseProvider(settings, region, environment);
  const role = roleOf(settings, environment);
  if (!role) return base;
  const { endpoint, region: stsRegion } = stsEndpointOf(region, settings, environment);
  const assumed = RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base)
    .withRoleArn(role.arn)
    .withRoleSessionName(role.session ?? SESSION);
  if (role.policy) assumed.withPolicy(role.policy);
  if (role.externalId) assumed.withExternalId(role.externalId);
  if (role.seconds) assumed.withDurationSeconds(Number(role.seconds));
  if (endpoint) assumed.withStsEndpoint(endpoint);
  if (stsRegion) assumed.withStsRegionId(stsRegion);
  return assumed.build();
}

/** The first source that is set counts; where none is, the vendor's chain looks at all that it knows. */
async function baseProvider(
  settings: ConnectionSettings,
  region: string,
  environment: NodeJS.ProcessEnv,
): Promise<CredentialsProvider> {
  const { bridged = {} } = settings;
  if (memberOf(bridged, "assumeRoleWithOidc") !== undefined) return oidcProvider(settings, region, environment);
  const profile = chosenProfile(settings, environment);
  if (settings.profile && profile) return profileProvider(profile);
  const keys = settings.credentials ?? staticKeys(settings, environment);
  if (keys) return fixed(keys);
  if (profile) return profileProvider(profile);
  const uri = textOf(bridged, "credentialsUri") || environment.ALICLOUD_CREDENTIALS_URI;
  if (uri) return URICredentialsProvider.builder().withCredentialsURI(uri).build();
  const instanceRole = textOf(bridged, "ecsRoleName") || environment.ALICLOUD_ECS_ROLE_NAME;
  if (instanceRole) return ECSRAMRoleCredentialsProvider.builder().withRoleName(instanceRole).build();
  // The chain knows these too, but no address of STS.
  const { ALIBABA_CLOUD_OIDC_TOKEN_FILE: file, ALIBABA_CLOUD_OIDC_PROVIDER_ARN: idp } = environment;
  if (file && idp && stsEndpointOf(region, settings, environment).endpoint)
    return oidcProvider(settings, region, environment);
  return DefaultCredentialsProvider.builder().build();
}

/** Keys of the stack's configuration, each else of the environment. */
function staticKeys({ bridged = {} }: ConnectionSettings, environment: NodeJS.ProcessEnv) {
  const of = (key: string, ...names: string[]) =>
    textOf(bridged, key) ?? names.map((name) => environment[name]).find(Boolean);
  const accessKeyId = of(
    "accessKey",
    "ALICLOUD_ACCESS_KEY",
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABACLOUD_ACCESS_KEY_ID",
  );
  const secretAccessKey = of(
    "secretKey",
    "ALICLOUD_SECRET_KEY",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "ALIBABACLOUD_ACCESS_KEY_SECRET",
  );
  const sessionToken = of(
    "securityToken",
    "ALICLOUD_SECURITY_TOKEN",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
    "ALIBABACLOUD_SECURITY_TOKEN",
  );
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function fixed({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: NonNullable<ConnectionSettings["credentials"]>): CredentialsProvider {
  if (!sessionToken)
    return StaticAKCredentialsProvider.builder()
      .withAccessKeyId(accessKeyId)
      .withAccessKeySecret(secretAccessKey)
      .build();
  return StaticSTSCredentialsProvider.builder()
    .withAccessKeyId(accessKeyId)
    .withAccessKeySecret(secretAccessKey)
    .withSecurityToken(sessionToken)
    .build();
}

function oidcProvider(settings: ConnectionSettings, region: string, environment: NodeJS.ProcessEnv) {
  const of = (key: string) => textOf(settings.bridged ?? {}, `assumeRoleWithOidc.${key}`);
  const { endpoint, region: stsRegion } = stsEndpointOf(region, settings, environment);
  const builder = OIDCRoleArnCredentialsProvider.builder().withRoleSessionName(
    of("roleSessionName") ?? environment.ALIBABA_CLOUD_ROLE_SESSION_NAME ?? SESSION,
  );
  const [provider, file, role] = [of("oidcProviderArn"), of("oidcTokenFile"), of("roleArn")];
  const [policy, seconds] = [of("policy"), of("sessionExpiration")];
  if (provider) builder.withOIDCProviderArn(provider);
  if (file) builder.withOIDCTokenFilePath(file);
  if (role) builder.withRoleArn(role);
  if (policy) builder.withPolicy(policy);
  if (seconds) builder.withDurationSeconds(Number(seconds));
  if (endpoint) builder.withStsEndpoint(endpoint);
  if (stsRegion) builder.withStsRegionId(stsRegion);
  return builder.build();
}

interface Role {
  readonly arn: string;
  readonly session?: string | undefined;
  readonly policy?: string | undefined;
  readonly externalId?: string | undefined;
  readonly seconds?: string | undefined;
}

/** The role to assume: given, else of the stack's configuration with all its members. */
function roleOf({ role, bridged = {} }: ConnectionSettings, environment: NodeJS.ProcessEnv): Role | undefined {
  if (role) return { arn: role };
  const { assumeRole } = bridged;
  const block = Array.isArray(assumeRole) ? assumeRole[0] : assumeRole;
  if (block === null || typeof block !== "object") return undefined;
  const of = (key: string) => textOf(block as Record<string, unknown>, key);
  const arn = of("roleArn") ?? environment.ALICLOUD_ASSUME_ROLE_ARN ?? environment.ALIBABA_CLOUD_ROLE_ARN;
  if (!arn) return undefined;
  const ofEnvironment = environment.ALICLOUD_ASSUME_ROLE_SESSION_NAME ?? environment.ALIBABA_CLOUD_ROLE_SESSION_NAME;
  return {
    arn,
    session: of("sessionName") ?? ofEnvironment,
    policy: of("policy"),
    externalId: of("externalId"),
    seconds: of("sessionExpiration") ?? environment.ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION,
  };
}
