/** Where the credentials come from: what the door holds in memory, else the vendor's own chain. */
import {
  CLIProfileCredentialsProvider,
  type CredentialsProvider,
  DefaultCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
} from "@alicloud/credentials";
import type { ConnectionSettings } from "../../core/cloud";
import { CloudError } from "../../core/cloud";

/** A provider that finds credentials anew after a failure, and says what to set when there are none. */
export function credentialsOf(settings: ConnectionSettings): CredentialsProvider {
  let provider: CredentialsProvider | undefined;
  return {
    getProviderName: () => "pulumi-instance-refresh",
    async getCredentials() {
      try {
        provider ??= build(settings);
        return await provider.getCredentials();
      } catch (error) {
        // The vendor's chain stays broken once every source has failed: the next call needs a new one.
        provider = undefined;
        throw new CloudError({
          operation: "GetCredentials",
          code: "NoCredentials",
          kind: "final",
          message: `no credentials of Alibaba Cloud could be had (${(error as Error).message}); set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or name a profile of ~/.aliyun/config.json in \`connection.profile\``,
        });
      }
    },
  };
}

function build({ credentials, profile, role, region }: ConnectionSettings): CredentialsProvider {
  const base = credentials
    ? fixed(credentials)
    : profile
      ? CLIProfileCredentialsProvider.builder().withProfileName(profile).build()
      : DefaultCredentialsProvider.builder().build();
  if (!role) return base;
  const assumed = RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base)
    .withRoleArn(role)
    .withRoleSessionName("pulumi-instance-refresh");
  return (region ? assumed.withStsRegionId(region) : assumed).build();
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
