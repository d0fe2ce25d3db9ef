/** Suspending and resuming, which only ESS has. The resource does not: a suspended refresh is somebody's decision of the moment. */
import type { ConnectionSettings, Refresh } from "../../core/cloud";
import { regionOf } from "./endpoint";
import { toCloudError } from "./errors";

/** @throws CloudError when the cloud refuses, as it does during a rollback */
export async function suspend(refresh: Refresh, settings: ConnectionSettings): Promise<void> {
  await send("SuspendInstanceRefresh", refresh, settings);
}

/** @throws CloudError when the cloud refuses */
export async function resume(refresh: Refresh, settings: ConnectionSettings): Promise<void> {
  await send("ResumeInstanceRefresh", refresh, settings);
}

async function send(
  operation: "SuspendInstanceRefresh" | "ResumeInstanceRefresh",
  { group, id }: Refresh,
  settings: ConnectionSettings,
): Promise<void> {
  const regionId = regionOf(settings);
  const { createClient } = await import("./client.js");
  const client = createClient(regionId, settings);
  const request = { regionId, scalingGroupId: group, instanceRefreshTaskId: id };
  try {
    await (operation === "SuspendInstanceRefresh"
      ? client.suspendInstanceRefresh(request)
      : client.resumeInstanceRefresh(request));
  } catch (error) {
    throw toCloudError(operation, error);
  }
}
