/** How a stack and the plugin say how AWS is reached. */
import { bridgedSettings, type ConnectionSettings, type PluginConfiguration, type StackConfig } from "../../core/cloud";
import type { ValidationIssue } from "../../core/definition/arguments";
import { addressIssues, keysOf, memberOf, refusedSettings, textOf, unreadableSettings } from "../common/settings";
import { documentedSettings } from "./settings";

/** The plugin's own configuration: `awsRegion`, … */
export const configuration: PluginConfiguration = {
  prefix: "aws",
  texts: {
    region:
      "Region of the Auto Scaling groups. Else the one of the stack's `aws:region`, the environment (`AWS_REGION`) or the profile.",
    profile: "Name of a profile in AWS's shared configuration files.",
    role: "ARN of a role to assume with the credentials found.",
    endpoint: "Address of the API of EC2 Auto Scaling, a host or a URL; for private endpoints and emulators.",
  },
};

/** The stack's configuration of `@pulumi/aws`. */
export function settingsOf(config: StackConfig): ConnectionSettings {
  return bridgedSettings(config, configuration.prefix, [...keysOf(documentedSettings), "assumeRole"]);
}

/** Settings that cannot be used or honoured, without a call. */
export function settingIssues(settings: ConnectionSettings, environment = process.env): ValidationIssue[] {
  const { endpoint, bridged = {} } = settings;
  const services = ["autoscaling", "sts", "ec2", "cloudwatch"];
  const several = ["sharedConfigFiles", "sharedCredentialsFiles"].filter((key) => {
    const files = memberOf(bridged, key);
    return Array.isArray(files) && files.length > 1;
  });
  return [
    ...refusedSettings(documentedSettings, configuration.prefix, settings, environment),
    ...unreadableSettings(documentedSettings, configuration.prefix, settings, environment),
    ...several.map((key) => ({
      property: `aws:${key}`,
      reason: `\`aws:${key}\` names several files; name one, and put the profiles into it`,
    })),
    ...addressIssues({
      "connection.endpoint": endpoint,
      ...Object.fromEntries(
        services.map((name) => [`aws:endpoints.${name}`, textOf(bridged, `endpoints.${name}`)] as const),
      ),
      AWS_ENDPOINT_URL: environment.AWS_ENDPOINT_URL,
      AWS_ENDPOINT_URL_AUTO_SCALING: environment.AWS_ENDPOINT_URL_AUTO_SCALING,
    }),
  ];
}
