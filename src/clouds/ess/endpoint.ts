/** Region and addresses of the APIs. */
import type { ConnectionSettings } from "../../core/cloud";
import { textOf } from "../common/settings";
import { noRegion } from "./errors";

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
  "cn-beijing-finance-1",
  "cn-hangzhou-finance",
  "cn-shanghai-finance-1",
  "cn-shenzhen-finance-1",
  "cn-beijing-gov-1",
  "cn-north-2-gov-1",
]);

/** Regions without an STS of their own. */
const WITHOUT_STS = new Set([
  "ap-south-1",
  "ap-southeast-2",
  "ap-southeast-6",
  "us-southeast-1",
  "cn-zhongwei",
  "cn-zhengzhou-jva",
  "cn-heyuan-acdr-1",
  "cn-hangzhou-finance",
  "cn-shenzhen-finance-1",
  "cn-north-2-gov-1",
]);

/** The region that the environment names, in the bridged provider's order. */
function regionOfEnvironment(environment = process.env): string | undefined {
  return (
    environment.ALICLOUD_REGION || environment.ALIBABA_CLOUD_REGION || environment.ALIBABA_CLOUD_REGION_ID || undefined
  );
}

/** The region: given, else of the stack, else of the environment, else of the profile. */
export function regionOf(
  { region, bridged = {} }: ConnectionSettings,
  environment = process.env,
  ofProfile?: string,
): string {
  const found = region || textOf(bridged, "region") || regionOfEnvironment(environment) || ofProfile;
  if (found) return found;
  throw noRegion();
}

/** Address of the API: given, else of the stack, else of the environment, else the vendor's for the region. */
export function endpointOf(region: string, settings: ConnectionSettings, environment = process.env): URL {
  const { endpoint, bridged = {} } = settings;
  const given =
    endpoint || textOf(bridged, "endpoints.ess") || environment.ALIBABA_CLOUD_ENDPOINT_ESS || environment.ESS_ENDPOINT;
  const address = given ?? (CENTRAL.has(region) ? "ess.aliyuncs.com" : `ess.${region}.aliyuncs.com`);
  const scheme = textOf(bridged, "protocol")?.toLowerCase() === "http" ? "http" : "https";
  const url = new URL(address.includes("://") ? address : `${scheme}://${address}`);
  return new URL("/", url);
}

/** Address of STS, where the stack or the environment names one. */
export function namedStsEndpoint(
  { bridged = {} }: ConnectionSettings,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  return (
    textOf(bridged, "endpoints.sts") || environment.ALIBABA_CLOUD_ENDPOINT_STS || environment.STS_ENDPOINT || undefined
  );
}

/** Address of the STS that assumes roles, when it is not the one that the vendor's chain of credentials finds by itself. */
export function stsEndpointOf(
  region: string,
  settings: ConnectionSettings,
  environment = process.env,
): { endpoint?: string; region?: string } {
  const endpoint = namedStsEndpoint(settings, environment);
  if (endpoint) return { endpoint };
  if (environment.ALIBABA_CLOUD_STS_REGION) return { region: environment.ALIBABA_CLOUD_STS_REGION };
  return WITHOUT_STS.has(region) ? { endpoint: "sts.aliyuncs.com" } : { region };
}
