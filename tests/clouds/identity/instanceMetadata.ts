/** The metadata services of both clouds: what a machine with a role is given. Their addresses lead to a server of the test. */
import { Agent, createServer, globalAgent, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

export interface MetadataKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: string;
}

/** EC2, ECS of AWS, ECS of Alibaba Cloud: none is reached from a test, and no setting leads the last two elsewhere. */
const ADDRESSES: ReadonlySet<string> = new Set([
  "169.254.169.254",
  "fd00:ec2::254",
  "169.254.170.2",
  "100.100.100.200",
]);

const TOKEN = "metadata-token";
const ROLE = "web-role";

export interface MetadataOptions {
  /** False: as a machine that knows the first version of the service only, without tokens. */
  readonly tokens?: boolean;
  /** False: as a machine that insists on tokens. */
  readonly first?: boolean;
  /** What a container's request must carry. */
  readonly authorization?: string;
}

export class InstanceMetadata {
  /** Method, host and path of each request, and whether it had a token. */
  readonly heard: string[] = [];

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  /** @param keys those that the role has now */
  static async start(
    keys: () => Promise<MetadataKeys>,
    { tokens = true, first = true, authorization }: MetadataOptions = {},
  ): Promise<InstanceMetadata> {
    const server = createServer(async (request, response) => {
      const { method = "", url = "", headers } = request;
      const token = headers["x-aws-ec2-metadata-token"] ?? headers["x-aliyun-ecs-metadata-token"];
      metadata.heard.push(`${method} ${headers.host} ${url}${token ? " with a token" : ""}`);
      const answer = (status: number, body = "") => response.writeHead(status).end(body);
      if (method === "PUT") return answer(tokens ? 200 : 404, tokens ? TOKEN : "");
      if (url.startsWith("/container"))
        return headers.authorization === authorization
          ? answer(200, JSON.stringify(ofAws(await keys())))
          : answer(401, "{}");
      if (token ? token !== TOKEN : !first) return answer(401);
      if (url.endsWith("/security-credentials/")) return answer(200, ROLE);
      if (!url.endsWith(`/security-credentials/${ROLE}`)) return answer(404);
      return answer(200, JSON.stringify(isAlibaba(request) ? ofAlibaba(await keys()) : ofAws(await keys())));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const metadata = new InstanceMetadata(server, `http://127.0.0.1:${port}`);
    globalAgent.createConnection = (options, callback) => {
      const { host } = options as { host?: string };
      return ADDRESSES.has(host ?? "")
        ? connect({ host: "127.0.0.1", port }, callback as () => void)
        : Agent.prototype.createConnection.call(globalAgent, options, callback);
    };
    return metadata;
  }

  close(): void {
    globalAgent.createConnection = Agent.prototype.createConnection;
    this.server.closeAllConnections();
    this.server.close();
  }
}

const isAlibaba = ({ url = "" }: IncomingMessage) => url.includes("/ram/");

function ofAws({ accessKeyId, secretAccessKey, sessionToken, expiration }: MetadataKeys) {
  const keys = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken };
  return { Code: "Success", Type: "AWS-HMAC", ...keys, Expiration: expiration };
}

function ofAlibaba({ accessKeyId, secretAccessKey, sessionToken, expiration }: MetadataKeys) {
  const keys = { AccessKeyId: accessKeyId, AccessKeySecret: secretAccessKey, SecurityToken: sessionToken };
  return { Code: "Success", ...keys, Expiration: expiration };
}
