/** Where the credentials come from, in the order of the bridged provider; each source is the SDK's own. */
import {
  createCredentialChain,
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromIni,
  fromNodeProviderChain,
  fromTemporaryCredentials,
  fromTokenFile,
} from "@aws-sdk/credential-providers";
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from "@smithy/core";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import { CloudError, type ConnectionSettings } from "../../core/cloud";
import { secondsOf } from "../../core/durations";
import type { Secrets } from "../common/secrets";
import { memberOf, textOf } from "../common/settings";
import { addressOf } from "./endpoint";
import { noCredentials } from "./errors";
import { type ProfileFiles, whyNoneOfProfile } from "./sources/profile";

const SESSION = "pulumi-instance-refresh";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

type Provider = () => Promise<Credentials>;

export interface SourceOptions {
  readonly settings: ConnectionSettings;
  /** Undefined: that of the profile. */
  readonly region: string | undefined;
  readonly handler: NodeHttpHandler;
  readonly environment: NodeJS.ProcessEnv;
}

/** Credentials that renew themselves as their source says, and are read again from the first source on when they were refused. */
export class RenewableCredentials {
  #provider: Provider | undefined;
  #hadAny = false;

  constructor(
    readonly options: SourceOptions,
    /** Learns every key that is got. */
    readonly secrets: Secrets,
  ) {
    const { credentials, bridged = {} } = options.settings;
    const roles = rolesOf(options.settings).map(({ externalId }) => externalId);
    secrets.add(credentials?.secretAccessKey, credentials?.sessionToken, bridged.secretKey, bridged.token, roles);
  }

  /** @throws CloudError that says what to set */
  async get(): Promise<Credentials> {
    try {
      this.#provider ??= untilExpiry(providerOf(this.options));
      const found = await this.#provider();
      this.secrets.add(found.secretAccessKey, found.sessionToken);
      this.#hadAny = true;
      return found;
    } catch (error) {
      this.renew();
      if (error instanceof CloudError) throw error;
      const { settings, environment } = this.options;
      const ofProfile = await whyNoneOfProfile(settings, filesOf(settings), environment).catch(() => undefined);
      throw noCredentials(error, this.secrets, this.#hadAny ? "passing" : "final", ofProfile);
    }
  }

  /** Forgets what was read: files, processes, metadata and STS are asked again by the next call. */
  renew(): void {
    this.#provider = undefined;
  }
}

/** Asked again shortly before they expire; those that do not are kept. */
function untilExpiry(provider: Provider): Provider {
  return memoizeIdentityProvider<Credentials>(provider, isIdentityExpired, doesIdentityRequireRefresh) ?? provider;
}

function providerOf(options: SourceOptions): Provider {
  return rolesOf(options.settings).reduce((base, role) => assumed(base, role, options), baseProvider(options));
}

/** Without one the SDK warns on the console of keys beside a profile, though the profile was named on purpose. */
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** The first source that is set counts; where none is, the SDK's chain looks at all that it knows. */
function baseProvider({ settings, region, handler, environment }: SourceOptions): Provider {
  const { bridged = {}, profile } = settings;
  const clientConfig = { ...(region ? { region } : {}), requestHandler: handler, ...stsEndpoint(settings) };
  const files = { ...filesOf(settings), clientConfig, parentClientConfig: clientConfig };
  if (profile) return fromNodeProviderChain({ ...files, profile, logger });
  const keys = settings.credentials ?? keysOf(bridged);
  if (keys) return async () => keys;
  if (memberOf(bridged, "assumeRoleWithWebIdentity") !== undefined)
    return webIdentity(bridged, clientConfig, environment);
  const ofStack = textOf(bridged, "profile");
  if (ofStack) return fromNodeProviderChain({ ...files, profile: ofStack, logger });
  // With AWS_PROFILE beside them the SDK would take the profile, and the bridged provider these.
  if (environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY) return fromEnv();
  const skips = memberOf(bridged, "skipMetadataApiCheck") ?? environment.AWS_SKIP_METADATA_API_CHECK;
  if (skips && String(skips) !== "false")
    return createCredentialChain(fromIni(files), fromTokenFile(files), fromHttp({}), fromContainerMetadata({}));
  return fromNodeProviderChain(files);
}

function filesOf({ bridged = {} }: ConnectionSettings): ProfileFiles {
  return {
    // Read again each time: what was there before was refused, or is from before a rotation.
    ignoreCache: true,
    ...option("configFilepath", fileOf(bridged, "sharedConfigFiles")),
    ...option("filepath", fileOf(bridged, "sharedCredentialsFiles")),
  };
}

function keysOf(bridged: Readonly<Record<string, unknown>>): Credentials | undefined {
  const [accessKeyId, secretAccessKey] = [textOf(bridged, "accessKey"), textOf(bridged, "secretKey")];
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...option("sessionToken", textOf(bridged, "token")) };
}

function webIdentity(
  bridged: Readonly<Record<string, unknown>>,
  clientConfig: { region?: string; requestHandler: NodeHttpHandler; endpoint?: string },
  environment: NodeJS.ProcessEnv,
): Provider {
  const of = (key: string) => textOf(bridged, `assumeRoleWithWebIdentity.${key}`);
  return fromTokenFile({
    ...option("webIdentityTokenFile", of("webIdentityTokenFile") ?? environment.AWS_WEB_IDENTITY_TOKEN_FILE),
    ...option("roleArn", of("roleArn") ?? environment.AWS_ROLE_ARN),
    roleSessionName: of("sessionName") ?? environment.AWS_ROLE_SESSION_NAME ?? SESSION,
    ...option("durationSeconds", secondsIn(of("duration"))),
    ...option("policy", of("policy")),
    ...option("policyArns", policyArns(memberOf(bridged, "assumeRoleWithWebIdentity.policyArns"))),
    clientConfig,
    parentClientConfig: clientConfig,
  });
}

interface Role {
  readonly roleArn: string;
  readonly sessionName?: string | undefined;
  readonly duration?: string | undefined;
  readonly externalId?: string | undefined;
  readonly policy?: string | undefined;
  readonly policyArns?: unknown;
  readonly sourceIdentity?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly transitiveTagKeys?: string[] | undefined;
}

/** The roles to assume, one with the credentials of the one before: given, else of the stack's configuration. */
function rolesOf({ role, bridged = {} }: ConnectionSettings): Role[] {
  if (role) return [{ roleArn: role }];
  const blocks = bridged.assumeRoles ?? bridged.assumeRole ?? [];
  const roles = (Array.isArray(blocks) ? blocks : [blocks]) as Partial<Role>[];
  return roles.filter((each): each is Role => Boolean(each?.roleArn));
}

function assumed(base: Provider, role: Role, { settings, region, handler }: SourceOptions): Provider {
  const stsRegion = textOf(settings.bridged ?? {}, "stsRegion") ?? region;
  return fromTemporaryCredentials({
    masterCredentials: base,
    params: {
      RoleArn: role.roleArn,
      RoleSessionName: role.sessionName ?? SESSION,
      ...option("DurationSeconds", secondsIn(role.duration)),
      ...option("ExternalId", role.externalId),
      ...option("Policy", role.policy),
      ...option("PolicyArns", policyArns(role.policyArns)),
      ...option("SourceIdentity", role.sourceIdentity),
      ...option("Tags", role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value }))),
      ...option("TransitiveTagKeys", role.transitiveTagKeys),
    },
    clientConfig: { ...option("region", stsRegion), requestHandler: handler, ...stsEndpoint(settings) },
  });
}

function stsEndpoint({ bridged = {} }: ConnectionSettings): { endpoint?: string } {
  const endpoint = textOf(bridged, "endpoints.sts");
  return endpoint ? { endpoint: addressOf(endpoint) } : {};
}

function fileOf(bridged: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const files = memberOf(bridged, key);
  const file = Array.isArray(files) ? files[0] : files;
  return typeof file === "string" && file !== "" ? file : undefined;
}

function policyArns(arns: unknown): { arn: string }[] | undefined {
  return Array.isArray(arns) && arns.length > 0 ? arns.map((arn) => ({ arn: String(arn) })) : undefined;
}

function secondsIn(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : secondsOf(duration);
}

function option<Name extends string, T>(name: Name, value: T | undefined): { [Key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: T });
}
