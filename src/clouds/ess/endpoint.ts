/** Region and address of the ESS API. */
import type { ConnectionSettings } from "../../core/cloud";
import { CloudError } from "../../core/cloud";

/** Regions that the central address serves; every other one has an address of its own. */
const CENTRAL = new Set([
  "cn-qingdao",
  "cn-beijing",
  "cn-hangzhou",
  "cn-shanghai",
  "cn-shenzhen",
  "cn-hongkong",
  "cn-nanjing",
  "ap-southeast-1",
  "us-east-1",
  "us-west-1",
  "cn-shanghai-finance-1",
  "cn-shenzhen-finance-1",
  "cn-north-2-gov-1",
]);

/** The region: given, else of the environment. */
export function regionOf(settings: ConnectionSettings, environment = process.env): string {
  const region =
    settings.region ||
    environment.ALIBABA_CLOUD_REGION_ID ||
    environment.ALIBABA_CLOUD_REGION ||
    environment.ALICLOUD_REGION;
  if (region) return region;
  throw new CloudError({
    operation: "connect",
    code: "NoRegion",
    kind: "final",
    message:
      "no region of Alibaba Cloud is set: set `connection.region`, `pulumi config set alicloud:region`, or ALIBABA_CLOUD_REGION_ID",
  });
}

/** Address of the API: given, else of the environment, else the vendor's for the region. `http://` means plain HTTP. */
export function endpointOf(
  region: string,
  settings: ConnectionSettings,
  environment = process.env,
): { host: string; protocol: "HTTP" | "HTTPS" } {
  const given = settings.endpoint || environment.ALIBABA_CLOUD_ENDPOINT_ESS || environment.ESS_ENDPOINT;
  const address = given ?? (CENTRAL.has(region) ? "ess.aliyuncs.com" : `ess.${region}.aliyuncs.com`);
  const [, scheme, host] = /^(?:(https?):\/\/)?([^/]+)/i.exec(address) ?? [];
  return { host: host ?? address, protocol: scheme?.toLowerCase() === "http" ? "HTTP" : "HTTPS" };
}
