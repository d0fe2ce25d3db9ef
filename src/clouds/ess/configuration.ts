/** How a stack and the plugin say how Alibaba Cloud is reached. */
import { bridgedSettings, type ConnectionSettings, type PluginConfiguration, type StackConfig } from "../../core/cloud";
import type { ValidationIssue } from "../../core/definition/arguments";
import { addressIssues, keysOf, refusedSettings, textOf, unreadableSettings } from "../common/settings";
import { documentedSettings } from "./settings";

/** The plugin's own configuration: `alicloudRegion`, … */
export const configuration: PluginConfiguration = {
  prefix: "alicloud",
  texts: {
    region:
      "Region of the scaling groups. Else the one of the stack's `alicloud:region`, the environment or the profile.",
    profile: "Name of a profile in `~/.aliyun/config.json`.",
    role: "ARN of a RAM role to assume with the credentials found.",
    endpoint: "Address of the ESS API, a host or a URL; for private endpoints and emulators.",
  },
};

/** The stack's configuration of `@pulumi/alicloud`. */
export function settingsOf(config: StackConfig): ConnectionSettings {
  return bridgedSettings(config, configuration.prefix, keysOf(documentedSettings));
}

/** Settings that cannot be used or honoured, without a call. */
export function settingIssues(settings: ConnectionSettings, environment = process.env): ValidationIssue[] {
  const { endpoint, bridged = {} } = settings;
  const role = textOf(bridged, "assumeRole.sessionExpiration");
  const issues = [
    ...refusedSettings(documentedSettings, configuration.prefix, settings, environment),
    ...unreadableSettings(documentedSettings, configuration.prefix, settings, environment),
    ...addressIssues({
      "connection.endpoint": endpoint,
      "alicloud:endpoints.ess": textOf(bridged, "endpoints.ess"),
      "alicloud:endpoints.sts": textOf(bridged, "endpoints.sts"),
      ALIBABA_CLOUD_ENDPOINT_ESS: environment.ALIBABA_CLOUD_ENDPOINT_ESS,
      ESS_ENDPOINT: environment.ESS_ENDPOINT,
      ALIBABA_CLOUD_ENDPOINT_STS: environment.ALIBABA_CLOUD_ENDPOINT_STS,
      STS_ENDPOINT: environment.STS_ENDPOINT,
    }),
  ];
  if (role !== undefined && !(Number(role) >= 900))
    issues.push({
      property: "alicloud:assumeRole.sessionExpiration",
      reason: `\`alicloud:assumeRole.sessionExpiration\` is ${JSON.stringify(role)}; it must be a number of seconds of at least 900`,
    });
  return issues;
}
