/** Where credentials come from, in the order of the bridged provider; each source is the vendor's own, and loaded with this. */
import {
  CLIProfileCredentialsProvider,
  type CredentialsProvider,
  DefaultCredentialsProvider,
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
  URICredentialsProvider,
} from "@alicloud/credentials";
import type { ConnectionSettings } from "../../../core/cloud";
import type { ProxiedAgents } from "../../common/proxy";
import { memberOf, textOf } from "../../common/settings";
import { namedStsEndpoint, stsEndpointOf } from "../endpoint";
import { type ChosenProfile, chosenProfile, type ProfileFile, readProfile } from "./profile";
import { roleOf } from "./role";
import { SourceError } from "./sourceError";
import { staticKeys } from "./staticKeys";
import { sendVendorRequestsThrough } from "./vendorRequests";

const SESSION = "pulumi-instance-refresh";

/** What the vendor's provider makes of a profile, once the file is read; it can name no other file by itself. */
interface ProfileReader {
  getCredentialsProvider(file: ProfileFile, name: string): CredentialsProvider;
}

/** What assumes a role: where, and with whose keys. */
interface RoleProvider {
  stsEndpoint?: string;
  credentialsProvider?: RoleProvider;
}

export async function providerOf(
  settings: ConnectionSettings,
  region: string,
  agents: ProxiedAgents,
  environment: NodeJS.ProcessEnv,
): Promise<CredentialsProvider> {
  sendVendorRequestsThrough(agents);
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
  const sts = namedStsEndpoint(settings, environment);
  if (settings.profile && profile) return profileProvider(profile, sts);
  const keys = settings.credentials ?? staticKeys(settings, environment);
  if (keys) return fixed(keys);
  if (profile) return profileProvider(profile, sts);
  const uri =
    textOf(bridged, "credentialsUri") ||
    environment.ALICLOUD_CREDENTIALS_URI ||
    environment.ALIBABA_CLOUD_CREDENTIALS_URI;
  if (uri) return URICredentialsProvider.builder().withCredentialsURI(uri).build();
  const instanceRole = textOf(bridged, "ecsRoleName") || environment.ALICLOUD_ECS_ROLE_NAME || ecsMetadata(environment);
  if (instanceRole) return ECSRAMRoleCredentialsProvider.builder().withRoleName(instanceRole).build();
  // The chain knows these too, but no address of STS, and it goes on to another identity without a word when one fails.
  const { ALIBABA_CLOUD_OIDC_TOKEN_FILE: file, ALIBABA_CLOUD_OIDC_PROVIDER_ARN: idp } = environment;
  if (file && idp) return oidcProvider(settings, region, environment);
  const current = await profileProvider({ name: undefined, file: undefined }, sts).catch(() => undefined);
  return current ?? DefaultCredentialsProvider.builder().build();
}

/** The role that the vendor's chain asks the metadata for, unless it may not. */
function ecsMetadata(environment: NodeJS.ProcessEnv): string | undefined {
  const isDisabled = environment.ALIBABA_CLOUD_ECS_METADATA_DISABLED?.toLowerCase() === "true";
  return isDisabled ? undefined : environment.ALIBABA_CLOUD_ECS_METADATA;
}

/** Reads the file and builds what it describes, so that nothing of it is kept. */
async function profileProvider(chosen: ChosenProfile, sts: string | undefined): Promise<CredentialsProvider> {
  const { file, profile } = await readProfile(chosen);
  const reader = CLIProfileCredentialsProvider.builder().build() as unknown as ProfileReader;
  const provider = reader.getCredentialsProvider(file, profile.name ?? "");
  // The vendor's reader takes an address of STS from profiles of one mode only.
  for (let each = provider as RoleProvider | undefined; sts && each; each = each.credentialsProvider)
    if (each.stsEndpoint) each.stsEndpoint = sts;
  return {
    getProviderName: () => provider.getProviderName(),
    getCredentials: () =>
      provider.getCredentials().catch((error: unknown) => {
        if (error instanceof SourceError) throw error;
        throw new SourceError(`profile ${JSON.stringify(profile.name ?? "")} gives none (its mode is ${profile.mode})`);
      }),
  };
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
