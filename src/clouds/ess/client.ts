/** Calls ESS through the vendor's own core: signatures, credentials and HTTP are theirs. One call is one attempt. */
import Credential from "@alicloud/credentials";
import Core, { $OpenApiUtil, OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import type { ConnectionSettings } from "../../core/cloud";
import { credentialsOf } from "./credentials";
import { endpointOf } from "./endpoint";
import { toCloudError } from "./errors";
import type { EssClient } from "./requests";

const CONNECT_TIMEOUT_MS = 10_000;
const READ_TIMEOUT_MS = 30_000;

/** A client for one region. Whatever a call ends with that is not an answer is a `CloudError`. */
export function createClient(region: string, settings: ConnectionSettings): EssClient {
  const { host, protocol } = endpointOf(region, settings);
  const core = new Core(
    new $OpenApiUtil.Config({
      endpoint: host,
      protocol,
      regionId: region,
      credential: new Credential(null, credentialsOf(settings)),
      connectTimeout: CONNECT_TIMEOUT_MS,
      readTimeout: READ_TIMEOUT_MS,
      userAgent: "pulumi-instance-refresh",
    }),
  );
  const operation =
    (action: string) =>
    async <Body>(request: object): Promise<Body> => {
      const params = new $OpenApiUtil.Params({
        action,
        version: "2022-02-22",
        protocol,
        pathname: "/",
        method: "POST",
        authType: "AK",
        style: "RPC",
        reqBodyType: "formData",
        bodyType: "json",
      });
      const query = OpenApiUtil.query(spelled(request, upperFirst) as Record<string, unknown>);
      try {
        const answer = await core.callApi(params, new $OpenApiUtil.OpenApiRequest({ query }), new RuntimeOptions({}));
        if (!isRecord(answer.body)) throw new SyntaxError(`${action} was answered by something that is not an object`);
        return spelled(answer.body, lowerFirst) as Body;
      } catch (error) {
        throw toCloudError(action, error);
      }
    };
  return {
    startInstanceRefresh: operation("StartInstanceRefresh"),
    describeInstanceRefreshes: operation("DescribeInstanceRefreshes"),
    cancelInstanceRefresh: operation("CancelInstanceRefresh"),
    rollbackInstanceRefresh: operation("RollbackInstanceRefresh"),
    suspendInstanceRefresh: operation("SuspendInstanceRefresh"),
    resumeInstanceRefresh: operation("ResumeInstanceRefresh"),
    describeScalingGroups: operation("DescribeScalingGroups"),
    describeScalingConfigurations: operation("DescribeScalingConfigurations"),
    describeScalingInstances: operation("DescribeScalingInstances"),
    describeScalingActivities: operation("DescribeScalingActivities"),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Names on the wire begin with a capital; in programs they do not. */
function spelled(value: unknown, spell: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => spelled(each, spell));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [spell(name), spelled(each, spell)]));
}

const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
