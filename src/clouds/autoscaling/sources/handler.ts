/** How requests are sent: through the proxies, and trusting the certificates, that the settings name. */
import { readFile } from "node:fs/promises";
import type { Agent as HttpsAgent } from "node:https";
import { rootCertificates } from "node:tls";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { followEmulatorClock } from "../../common/emulatorClock";
import { proxiedAgents } from "../../common/proxy";
import { refuseSettings, textOf } from "../../common/settings";

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

export async function handlerOf(
  bridged: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): Promise<NodeHttpHandler> {
  const proxies = {
    http: textOf(bridged, "httpProxy"),
    https: textOf(bridged, "httpsProxy"),
    no: textOf(bridged, "noProxy"),
  };
  const bundle = textOf(bridged, "customCaBundle") ?? environment.AWS_CA_BUNDLE;
  const agents = proxiedAgents(proxies, {
    ...(bundle ? { ca: [...rootCertificates, await certificatesOf(bundle)].join("\n") } : {}),
    ...(textOf(bridged, "insecure") ? { rejectUnauthorized: false } : {}),
  });
  return new FollowingHandler({
    httpAgent: agents.http,
    httpsAgent: agents.https as unknown as HttpsAgent,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  });
}

/** Reads in every answer whether it comes from an emulator. */
class FollowingHandler extends NodeHttpHandler {
  override async handle(...request: Parameters<NodeHttpHandler["handle"]>): ReturnType<NodeHttpHandler["handle"]> {
    const answer = await super.handle(...request);
    followEmulatorClock(request[0].hostname, answer.response.headers);
    return answer;
  }
}

async function certificatesOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const property = "aws:customCaBundle";
    const { code } = error as NodeJS.ErrnoException;
    refuseSettings([
      { property, reason: `\`${property}\` or AWS_CA_BUNDLE is ${file}, which cannot be read (${code})` },
    ]);
    throw error;
  }
}
