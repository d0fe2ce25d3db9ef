/** How a stack and the plugin say how AWS is reached. */
import { type ConnectionSettings, type PluginConfiguration, type StackConfig, settingsFrom } from "../../core/cloud";

/** The plugin's own configuration: `awsRegion`, … */
export const configuration: PluginConfiguration = {
  prefix: "aws",
  texts: {
    region: "Region of the Auto Scaling groups. Else the one of the environment (`AWS_REGION`) or of the profile.",
    profile: "Name of a profile in AWS's shared configuration files.",
    role: "ARN of a role to assume with the credentials found.",
    endpoint: "Address of the API of EC2 Auto Scaling, a host or a URL; for private endpoints and emulators.",
  },
};

/** The stack's configuration of `@pulumi/aws`. */
export function settingsOf(config: StackConfig): ConnectionSettings {
  return settingsFrom(config, {
    region: "aws:region",
    profile: "aws:profile",
    accessKeyId: "aws:accessKey",
    secretAccessKey: "aws:secretKey",
    sessionToken: "aws:token",
  });
}
