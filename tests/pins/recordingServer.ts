/** A server that keeps what a Start sends, as it arrives: AWS has always started, ESS never has anything to refresh. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordingServer {
  readonly url: string;
  /** Parameters of every StartInstanceRefresh by their names on the wire, the oldest first. */
  readonly starts: Record<string, string>[];
  close(): Promise<void>;
}

const AWS_STARTED =
  "<StartInstanceRefreshResponse><StartInstanceRefreshResult><InstanceRefreshId>r-1</InstanceRefreshId></StartInstanceRefreshResult></StartInstanceRefreshResponse>";

export async function recordingServer(): Promise<RecordingServer> {
  const starts: Record<string, string>[] = [];
  const server = createServer(async (incoming, response) => {
    const parameters = await parametersOf(incoming);
    const action = String(parameters.Action ?? incoming.headers["x-acs-action"]);
    const ofEss = incoming.headers["x-acs-action"] !== undefined;
    const isStart = action === "StartInstanceRefresh";
    if (isStart) starts.push(parameters);
    response.writeHead(ofEss && isStart ? 400 : 200, {
      "content-type": ofEss ? "application/json" : "text/xml",
      "x-amzn-requestid": "q-1",
    });
    response.end(ofEss ? JSON.stringify(essAnswer(action, parameters)) : AWS_STARTED);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    starts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Of the query and of the body. */
async function parametersOf(incoming: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { searchParams } = new URL(incoming.url ?? "/", "http://localhost");
  return Object.fromEntries([...searchParams, ...new URLSearchParams(Buffer.concat(chunks).toString())]);
}

/** Whatever group is asked for is there, without a refresh. */
function essAnswer(action: string, parameters: Record<string, string>): object {
  if (action === "StartInstanceRefresh") return { Code: "InvalidInstance.NoInstanceNeedBeRefreshed", Message: "None." };
  if (action === "DescribeScalingGroups")
    return { ScalingGroups: [{ ScalingGroupId: parameters["ScalingGroupIds.1"] }] };
  return { InstanceRefreshTasks: [] };
}
