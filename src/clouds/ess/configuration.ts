/** How a stack and the plugin say how Alibaba Cloud is reached. */
import { type ConnectionSettings, type PluginConfiguration, type StackConfig, settingsFrom } from "../../core/cloud";

/** The plugin's own configuration: `alicloudRegion`, … */
export const configuration: PluginConfiguration = {
  prefix: "alicloud",
  texts: {
    region: "Region of the scaling groups. Else the one of the environment (`ALIBABA_CLOUD_REGION_ID`).",
    profile: "Name of a profile in `~/.aliyun/config.json`.",
    role: "ARN of a RAM role to assume with the credentials found.",
    endpoint: "Address of the ESS API, a host or a URL; for private endpoints and emulators.",
  },
};

/** The stack's configuration of `@pulumi/alicloud`. */
export function settingsOf(config: StackConfig): ConnectionSettings {
  return settingsFrom(config, {
    region: "alicloud:region",
    profile: "alicloud:profile",
    accessKeyId: "alicloud:accessKey",
    secretAccessKey: "alicloud:secretKey",
    sessionToken: "alicloud:securityToken",
  });
}
