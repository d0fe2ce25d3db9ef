/** Credentials beyond those that the SDK finds by itself. */
import type { ConnectionSettings } from "../../core/cloud";

/** The role, assumed with the credentials found. */
export async function assumedRole(
  role: string,
  { credentials, profile }: ConnectionSettings,
  clientConfig: { region?: string },
) {
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  return fromTemporaryCredentials({
    params: { RoleArn: role, RoleSessionName: "pulumi-instance-refresh" },
    masterCredentials: credentials ?? fromNodeProviderChain(profile ? { profile } : {}),
    clientConfig,
  });
}
