/**
 * Calls EC2 Auto Scaling through the vendor's SDK. Looks are repeated by the SDK; what acts is sent once: Start has no token,
 * and Cancel and Rollback hit whatever runs on the group by then.
 */
import {
  type AutoScalingClientConfig,
  CancelInstanceRefreshCommand,
  AutoScalingClient as Client,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribeScalingActivitiesCommand,
  RollbackInstanceRefreshCommand,
  StartInstanceRefreshCommand,
} from "@aws-sdk/client-auto-scaling";
import type { ConnectionSettings } from "../../core/cloud";
import { assumedRole } from "./credentials";
import { addressOf } from "./endpoint";
import { noRegion, toCloudError } from "./errors";
import type { AutoScalingClient } from "./requests";

const CONNECT_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * A client for one region.
 * @throws CloudError when there is no region, or there are no credentials
 */
export async function createClient(
  settings: ConnectionSettings,
  environment = process.env,
): Promise<AutoScalingClient> {
  const config = await configOf(settings, environment);
  // Not adaptively: after one throttling, hundreds of calls at once would each wait for all the others, for half an hour.
  const looking = new Client({ ...config, retryMode: "standard" });
  const region = await looking.config.region().catch(() => {
    throw noRegion();
  });
  const credentials = () =>
    looking.config.credentials().catch((error: unknown) => {
      throw toCloudError("GetCredentials", error);
    });
  await credentials();
  const acting = new Client({ ...config, region, credentials, maxAttempts: 1 });
  const { hostname } = looking.config.endpointProvider({ Region: region }).url;
  return {
    region,
    hostname,
    credentials,
    startInstanceRefresh: (request) =>
      call("StartInstanceRefresh", acting.send(new StartInstanceRefreshCommand(request))),
    cancelInstanceRefresh: (request) =>
      call("CancelInstanceRefresh", acting.send(new CancelInstanceRefreshCommand(request))),
    rollbackInstanceRefresh: (request) =>
      call("RollbackInstanceRefresh", acting.send(new RollbackInstanceRefreshCommand(request))),
    describeInstanceRefreshes: (request, abortSignal) =>
      call(
        "DescribeInstanceRefreshes",
        looking.send(new DescribeInstanceRefreshesCommand(request), abortSignal && { abortSignal }),
      ),
    describeAutoScalingGroups: (request) =>
      call("DescribeAutoScalingGroups", looking.send(new DescribeAutoScalingGroupsCommand(request))),
    describeScalingActivities: (request) =>
      call("DescribeScalingActivities", looking.send(new DescribeScalingActivitiesCommand(request))),
  };
}

async function call<T>(operation: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw toCloudError(operation, error);
  }
}

async function configOf(
  settings: ConnectionSettings,
  environment: NodeJS.ProcessEnv,
): Promise<AutoScalingClientConfig> {
  const { profile, endpoint, role, credentials } = settings;
  // The SDK knows AWS_REGION only; other tools, and `@pulumi/aws`, know this one too.
  const region = settings.region ?? (environment.AWS_REGION ? undefined : environment.AWS_DEFAULT_REGION);
  const common = { ...(region ? { region } : {}), ...(profile ? { profile } : {}) };
  return {
    ...common,
    ...(endpoint ? { endpoint: addressOf(endpoint) } : {}),
    ...(credentials ? { credentials } : {}),
    ...(role ? { credentials: await assumedRole(role, settings, common) } : {}),
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
}
