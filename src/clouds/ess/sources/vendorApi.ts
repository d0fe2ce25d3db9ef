/** Calls of ESS as its reference writes them, signed and sent like the client's. */
import { CloudError, type ConnectionSettings, type VendorApi } from "../../../core/cloud";
import { proxiedAgents } from "../../common/proxy";
import { Secrets } from "../../common/secrets";
import { send } from "../../common/send";
import { refuseSettings } from "../../common/settings";
import { settingIssues } from "../configuration";
import { RenewableCredentials } from "../credentials";
import { endpointOf } from "../endpoint";
import { signed } from "./signature";

const CONNECT_TIMEOUT_MS = 5_000;
const TIMEOUT_MS = 30_000;

export async function vendorApi(
  settings: ConnectionSettings,
  region: string,
  environment = process.env,
): Promise<VendorApi> {
  refuseSettings(settingIssues(settings));
  const endpoint = endpointOf(region, settings, environment);
  const agents = proxiedAgents();
  const credentials = new RenewableCredentials(settings, region, new Secrets(), agents, environment);
  return {
    region,
    // The service that tells it is another, at another address.
    account: async () => undefined,
    async call({ operation, parameters }) {
      const named = { RegionId: region, ...parameters };
      const { url, headers } = signed(endpoint, operation, named, await credentials.get(), Date.now());
      const options = { method: "POST", headers, agents, connectTimeout: CONNECT_TIMEOUT_MS, timeout: TIMEOUT_MS };
      const { status, body } = await send(url, options).catch((error: unknown) => {
        throw noAnswer(operation, String((error as { code?: unknown }).code ?? "NoAnswer"));
      });
      try {
        return { status, body: JSON.parse(body) as unknown };
      } catch {
        throw noAnswer(operation, `Status${status}`);
      }
    },
  };
}

function noAnswer(operation: string, code: string): CloudError {
  return new CloudError({ operation, code, kind: "passing", message: "no answer that can be read" });
}
