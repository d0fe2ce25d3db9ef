/** Region and addresses of the APIs. */
import type { ConnectionSettings } from "../../core/cloud";
import { textOf } from "../common/settings";

/** The region that is given, of the stack, or of a variable that the SDK does not read; undefined: the SDK's to find. */
export function regionOf({ region, bridged = {} }: ConnectionSettings, environment = process.env): string | undefined {
  // The SDK knows AWS_REGION only; other tools, and `@pulumi/aws`, know the other one too.
  const fallback = environment.AWS_REGION ? undefined : environment.AWS_DEFAULT_REGION;
  return region || textOf(bridged, "region") || fallback;
}

/** Address of the API, where it is not the vendor's. */
export function endpointOf({ endpoint, bridged = {} }: ConnectionSettings): string | undefined {
  const given = endpoint || textOf(bridged, "endpoints.autoscaling");
  return given ? addressOf(given) : undefined;
}

/** A host is reached by HTTPS unless the address says otherwise. */
export function addressOf(endpoint: string): string {
  return endpoint.includes("://") ? endpoint : `https://${endpoint}`;
}
