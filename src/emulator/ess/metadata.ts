/**
 * What an ECS instance asks at 100.100.100.200 to become its role, and what a credentials URI answers. Both give the keys
 * of one role, which is always there.
 */
import type { Failure, HttpAnswer, HttpRequest, Service } from "../service";
import { usualRegions, type World } from "../world";
import { seconds } from "./operation";
import { expirationOf } from "./sts";
import { issueKey } from "./temporaryKeys";

const roleName = "emulator-role";
const rolePath = "/latest/meta-data/ram/security-credentials/";
const tokenPath = "/latest/api/token";
const regionPath = "/latest/meta-data/region-id";
const credentialsPath = "/ram/credentials";

type Operation = "GetToken" | "GetRoleName" | "GetCredentials" | "GetRegion";

function operationOf({ method, url, headers }: HttpRequest): Operation | undefined {
  const { pathname } = url;
  if (method === "PUT" && pathname === tokenPath && headers["x-aliyun-ecs-metadata-token-ttl-seconds"]) {
    return "GetToken";
  }
  if (method !== "GET") return undefined;
  if (pathname === rolePath) return "GetRoleName";
  if (pathname.startsWith(rolePath) || pathname === credentialsPath) return "GetCredentials";
  return pathname === regionPath && !headers["x-aws-ec2-metadata-token"] ? "GetRegion" : undefined;
}

export const metadataService: Service = {
  names: [],
  accepts: (request) => operationOf(request) !== undefined,
  identify: (request, { regionFor }) => ({
    service: "metadata",
    operation: operationOf(request) ?? "",
    region: regionFor(usualRegions.ess),
    accessKeyId: undefined,
    parameters: {},
  }),
  answer: (request, { operation }, world) => {
    switch (operation as Operation) {
      case "GetToken":
        return plain(200, world.random.letters(40));
      case "GetRoleName":
        return plain(200, roleName);
      case "GetRegion":
        return plain(200, world.region);
      case "GetCredentials":
        return isKnown(request) ? credentials(world) : plain(404, "Not Found");
    }
  },
  fail: (_call, failure) => plain(statuses[failure], failure),
  usualRegion: usualRegions.ess,
  createGroup: () => {
    throw new Error("Metadata have no groups.");
  },
};

function isKnown({ url }: HttpRequest): boolean {
  return url.pathname === credentialsPath || url.pathname === rolePath + roleName;
}

function credentials(world: World): HttpAnswer {
  const key = issueKey(world, `acs:ram::${world.accountId}:role/${roleName}`, world.sessionSeconds);
  const answer = {
    Code: "Success",
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.secretAccessKey,
    SecurityToken: key.securityToken,
    Expiration: expirationOf(world.sessionSeconds),
    LastUpdated: seconds(Date.now()),
  };
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(answer) };
}

const statuses: Readonly<Record<Failure, number>> = {
  // fact: ess-metadata
  AccessDenied: 403,
  // fact: ess-metadata
  Throttling: 429,
  // fact: ess-metadata
  InternalError: 500,
  // fact: ess-metadata
  ServiceUnavailable: 503,
  // fact: ess-metadata
  ExpiredToken: 401,
};

function plain(status: number, body: string): HttpAnswer {
  return { status, headers: { "content-type": "text/plain" }, body };
}
