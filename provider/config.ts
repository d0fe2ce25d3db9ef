/** The plugin's configuration: `instance-refresh:…` of a stack, or the arguments of an explicit provider. */
import type { CloudName } from "../src/app/lifecycles";
import type { ConnectionSettings } from "../src/core/cloud";
import { isUnknown, type Properties } from "./wire";

type Setting = { cloud: CloudName; name: "region" | "profile" | "role" | "endpoint"; text: string };

/** Every key. Nothing is secret: credentials come from the environment or the SDK's own files. */
export const CONFIG: Readonly<Record<string, Setting>> = {
  awsRegion: {
    cloud: "autoscaling",
    name: "region",
    text: "Region of the Auto Scaling groups. Else the one of the environment (`AWS_REGION`) or of the profile.",
  },
  awsProfile: { cloud: "autoscaling", name: "profile", text: "Name of a profile in AWS's shared configuration files." },
  awsRole: { cloud: "autoscaling", name: "role", text: "ARN of a role to assume with the credentials found." },
  awsEndpoint: {
    cloud: "autoscaling",
    name: "endpoint",
    text: "Address of the API of EC2 Auto Scaling, a host or a URL; for private endpoints and emulators.",
  },
  alicloudRegion: {
    cloud: "ess",
    name: "region",
    text: "Region of the scaling groups. Else the one of the environment (`ALIBABA_CLOUD_REGION_ID`).",
  },
  alicloudProfile: { cloud: "ess", name: "profile", text: "Name of a profile in `~/.aliyun/config.json`." },
  alicloudRole: { cloud: "ess", name: "role", text: "ARN of a RAM role to assume with the credentials found." },
  alicloudEndpoint: {
    cloud: "ess",
    name: "endpoint",
    text: "Address of the ESS API, a host or a URL; for private endpoints and emulators.",
  },
};

/** Keys that the engine adds for itself. */
const ENGINE = new Set(["version", "pluginDownloadURL", "__internal"]);

/** Every fault of the configuration, all at once. Values that are not known yet are let through. */
export function checkConfig(config: Properties): { property: string; reason: string }[] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (ENGINE.has(key) || isUnknown(value) || value === null) return [];
    if (!Object.hasOwn(CONFIG, key)) {
      const keys = Object.keys(CONFIG).map((each) => `\`${each}\``);
      return [
        { property: key, reason: `\`${key}\` is not a setting of instance-refresh; there are ${keys.join(", ")}` },
      ];
    }
    if (typeof value === "string" && value !== "") return [];
    return [{ property: key, reason: `\`${key}\` is ${JSON.stringify(value)}; it must be a string that is not empty` }];
  });
}

/** How the configuration says that a cloud is to be reached. */
export function settingsOf(cloud: CloudName, config: Properties): ConnectionSettings {
  const set = Object.entries(CONFIG).filter(([key, setting]) => setting.cloud === cloud && config[key]);
  return Object.fromEntries(set.map(([key, { name }]) => [name, config[key]]));
}
