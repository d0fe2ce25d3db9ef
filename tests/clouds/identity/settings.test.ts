/** The table of settings, row by row: each is honoured in a request, or refused by its name. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { autoscaling } from "../../../src/clouds/autoscaling/module";
import { documentedSettings as awsSettings } from "../../../src/clouds/autoscaling/settings";
import { ess } from "../../../src/clouds/ess/module";
import { documentedSettings as alicloudSettings } from "../../../src/clouds/ess/settings";
import type { CloudModule, ConnectionSettings } from "../../../src/core/cloud";

interface Heard {
  readonly host: string;
  readonly query: URLSearchParams;
  /** Access key, and the region that the request was signed for. */
  readonly signed: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

let folder: string;
let server: Server;
let url: string;
let heard: Heard[];
const before = { ...process.env };

const CREDENTIALS = {
  AccessKeyId: "ASSUMED",
  AccessKeySecret: "s",
  SecurityToken: "t",
  Expiration: "2999-01-01T00:00:00Z",
};
const awsCredentials =
  "<Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "settings-"));
  heard = [];
  for (const name of Object.keys(process.env))
    if (/^(AWS|ALI|ESS_|STS_|HTTPS?_PROXY|NO_PROXY)/i.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(folder, "none"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    HOME: folder,
  });
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { authorization = "", host = "" } = request.headers;
    const query = new URLSearchParams(`${(request.url ?? "").split("?")[1] ?? ""}&${body}`);
    const [, aws] = /Credential=([^/]+\/\d+\/[^/]+)/.exec(authorization) ?? [];
    const [, acs] = /Credential=([^,]+)/.exec(authorization) ?? [];
    heard.push({ host, query, signed: aws?.replace(/\/\d+\//, " ") ?? acs ?? "", headers: request.headers });
    const action = query.get("Action");
    response.setHeader("x-amzn-requestid", "r-1");
    if (aws || query.get("Version")?.startsWith("2011"))
      response.end(
        `<${action}Response><${action}Result>${action === "GetCallerIdentity" ? "<Account>123456789012</Account>" : action?.startsWith("Assume") ? awsCredentials : ""}</${action}Result></${action}Response>`,
      );
    else if (action?.startsWith("Assume")) response.end(JSON.stringify({ Credentials: CREDENTIALS }));
    else
      response.end(
        JSON.stringify(
          request.url?.startsWith("/keys") ? { ...CREDENTIALS, Code: "Success" } : { InstanceRefreshTasks: [] },
        ),
      );
  });
  // Through a proxy, an address that is called by TLS asks for a tunnel.
  server.on("connect", (request, socket) => {
    heard.push({ host: request.url ?? "", query: new URLSearchParams(), signed: "tunnel", headers: request.headers });
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
  process.env = { ...before };
});

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** What a stack's configuration and an environment lead to: every request of one description. */
async function requestsOf(
  cloud: CloudModule,
  config: Record<string, unknown>,
  environment: Record<string, string> = {},
  settings: ConnectionSettings = {},
): Promise<Heard[]> {
  Object.assign(process.env, environment);
  const texts = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      `${cloud.configuration.prefix}:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const api = await cloud.connect({ ...cloud.settingsOf((key) => texts[key]), ...settings });
  await api
    .refreshes("asg-1")
    .catch((error: Error) =>
      heard.push({ host: error.message, query: new URLSearchParams(), signed: "error", headers: {} }),
    );
  return heard;
}

const last = (requests: Heard[]) => requests.at(-1);
const aliyun = (profile: object) => JSON.stringify({ current: "web", profiles: [{ name: "web", ...profile }] });
const AK = { mode: "AK", access_key_id: "OF-PROFILE", access_key_secret: "s", region_id: "eu-central-1" };

/** For each honoured row, by its key or first variable: what shows that it is. */
const HONOURED: Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>> = {
  alicloud: {
    ...Object.fromEntries(
      [
        ["stack", { accessKey: "K", secretKey: "s", securityToken: "TOKEN" }, {}],
        ["ALICLOUD", {}, { ALICLOUD_ACCESS_KEY: "K", ALICLOUD_SECRET_KEY: "s", ALICLOUD_SECURITY_TOKEN: "TOKEN" }],
        [
          "ALIBABA_CLOUD",
          {},
          {
            ALIBABA_CLOUD_ACCESS_KEY_ID: "K",
            ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s",
            ALIBABA_CLOUD_SECURITY_TOKEN: "TOKEN",
          },
        ],
        [
          "ALIBABACLOUD",
          {},
          {
            ALIBABACLOUD_ACCESS_KEY_ID: "K",
            ALIBABACLOUD_ACCESS_KEY_SECRET: "s",
            ALIBABACLOUD_SECURITY_TOKEN: "TOKEN",
          },
        ],
      ].map(([name, config, environment]) => [
        `accessKey secretKey securityToken ${name}`,
        async () => {
          const found = last(
            await requestsOf(
              ess as CloudModule,
              { ...(config as object), region: "cn-hangzhou", endpoints: [{ ess: url }] },
              environment as Record<string, string>,
            ),
          );
          expect(found).toMatchObject({ signed: "K", headers: { "x-acs-security-token": "TOKEN" } });
        },
      ]),
    ),
    region: async () => {
      const keys = { accessKey: "K", secretKey: "s", endpoints: [{ ess: url }] };
      expect(last(await requestsOf(ess as CloudModule, { ...keys, region: "cn-a" }))?.query.get("RegionId")).toBe(
        "cn-a",
      );
      for (const name of ["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION", "ALIBABA_CLOUD_REGION_ID"]) {
        expect(last(await requestsOf(ess as CloudModule, keys, { [name]: `of-${name}` }))?.query.get("RegionId")).toBe(
          `of-${name}`,
        );
        delete process.env[name];
      }
    },
    "profile sharedCredentialsFile": async () => {
      const sharedCredentialsFile = file("own.json", aliyun(AK));
      const found = last(
        await requestsOf(ess as CloudModule, { sharedCredentialsFile, profile: "web", endpoints: [{ ess: url }] }),
      );
      expect(found?.signed).toBe("OF-PROFILE");
      expect(found?.query.get("RegionId")).toBe("eu-central-1");
      const environment = {
        ALICLOUD_SHARED_CREDENTIALS_FILE: sharedCredentialsFile,
        ALICLOUD_PROFILE: "web",
        ESS_ENDPOINT: url,
      };
      expect(last(await requestsOf(ess as CloudModule, {}, environment))?.signed).toBe("OF-PROFILE");
    },
    credentialsUri: async () => {
      const config = { region: "cn-hangzhou", endpoints: [{ ess: url }] };
      expect(last(await requestsOf(ess as CloudModule, { ...config, credentialsUri: `${url}/keys` }))?.signed).toBe(
        "ASSUMED",
      );
      expect(
        last(await requestsOf(ess as CloudModule, config, { ALICLOUD_CREDENTIALS_URI: `${url}/keys` }))?.signed,
      ).toBe("ASSUMED");
    },
    assumeRole: async () => {
      const config = { region: "cn-hangzhou", accessKey: "K", secretKey: "s", endpoints: [{ ess: url, sts: url }] };
      const assumeRole = {
        roleArn: "acs:ram::1:role/a",
        sessionName: "me",
        sessionExpiration: 900,
        policy: "{}",
        externalId: "x",
      };
      const [sts, call] = await requestsOf(ess as CloudModule, { ...config, assumeRole });
      expect(Object.fromEntries(sts?.query ?? [])).toMatchObject({
        Action: "AssumeRole",
        AccessKeyId: "K",
        RoleArn: "acs:ram::1:role/a",
        RoleSessionName: "me",
        DurationSeconds: "900",
        Policy: "{}",
        ExternalId: "x",
      });
      expect(call?.signed).toBe("ASSUMED");
      heard = [];
      const environment = {
        ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/b",
        ALICLOUD_ASSUME_ROLE_SESSION_NAME: "you",
        ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "1000",
      };
      const [other] = await requestsOf(ess as CloudModule, { ...config, assumeRole: { policy: "{}" } }, environment);
      expect(Object.fromEntries(other?.query ?? [])).toMatchObject({
        RoleArn: "acs:ram::1:role/b",
        RoleSessionName: "you",
        DurationSeconds: "1000",
      });
    },
    assumeRoleWithOidc: async () => {
      const assumeRoleWithOidc = {
        oidcProviderArn: "acs:ram::1:oidc-provider/ci",
        oidcTokenFile: file("token", "TOKEN"),
        roleArn: "acs:ram::1:role/a",
        roleSessionName: "me",
        policy: "{}",
        sessionExpiration: 900,
      };
      const [sts, call] = await requestsOf(
        ess as CloudModule,
        { region: "cn-hangzhou", assumeRoleWithOidc, endpoints: [{ ess: url }] },
        { STS_ENDPOINT: url },
      );
      expect(Object.fromEntries(sts?.query ?? [])).toMatchObject({
        Action: "AssumeRoleWithOIDC",
        OIDCToken: "TOKEN",
        RoleArn: "acs:ram::1:role/a",
        RoleSessionName: "me",
        Policy: "{}",
        DurationSeconds: "900",
      });
      expect(call?.signed).toBe("ASSUMED");
    },
    "endpoints protocol": async () => {
      const keys = { accessKey: "K", secretKey: "s", region: "cn-hangzhou" };
      const host = new URL(url).host;
      expect(
        last(await requestsOf(ess as CloudModule, { ...keys, endpoints: [{ ess: host }], protocol: "HTTP" }))?.host,
      ).toBe(host);
      expect(last(await requestsOf(ess as CloudModule, keys, { ALIBABA_CLOUD_ENDPOINT_ESS: url }))?.host).toBe(host);
    },
    HTTP_PROXY: async () => {
      const keys = { accessKey: "K", secretKey: "s", region: "cn-hangzhou" };
      await requestsOf(ess as CloudModule, keys, { HTTPS_PROXY: url });
      expect(heard[0]).toMatchObject({ host: "ess.aliyuncs.com:443", signed: "tunnel" });
      heard = [];
      await requestsOf(
        ess as CloudModule,
        { ...keys, endpoints: [{ ess: "http://ess.invalid" }] },
        { HTTP_PROXY: url },
      );
      expect(heard[0]).toMatchObject({ host: "ess.invalid", signed: "K" });
    },
  },
  aws: {
    "accessKey secretKey token region": async () => {
      const found = last(
        await requestsOf(autoscaling as CloudModule, {
          accessKey: "K",
          secretKey: "s",
          token: "TOKEN",
          region: "eu-north-1",
          endpoints: [{ autoscaling: url }],
        }),
      );
      expect(found).toMatchObject({ signed: "K eu-north-1", headers: { "x-amz-security-token": "TOKEN" } });
      const environment = {
        AWS_ACCESS_KEY_ID: "E",
        AWS_SECRET_ACCESS_KEY: "s",
        AWS_SESSION_TOKEN: "T",
        AWS_DEFAULT_REGION: "us-east-2",
        AWS_ENDPOINT_URL_AUTO_SCALING: url,
        AWS_PROFILE: "other",
      };
      expect(last(await requestsOf(autoscaling as CloudModule, {}, environment))).toMatchObject({
        signed: "E us-east-2",
      });
    },
    "profile sharedConfigFiles sharedCredentialsFiles": async () => {
      const config = file("config", "[profile web]\nregion = eu-south-1\n");
      const credentials = file("credentials", "[web]\naws_access_key_id = P\naws_secret_access_key = s\n");
      const found = last(
        await requestsOf(autoscaling as CloudModule, {
          profile: "web",
          region: "eu-south-1",
          sharedConfigFiles: [config],
          sharedCredentialsFiles: [credentials],
          endpoints: [{ autoscaling: url }],
        }),
      );
      expect(found?.signed).toBe("P eu-south-1");
    },
    "assumeRoles stsRegion endpoints.sts": async () => {
      const role = {
        roleArn: "arn:aws:iam::123456789012:role/first",
        sessionName: "me",
        duration: "30m",
        externalId: "x",
        policy: "{}",
        policyArns: ["arn:aws:iam::aws:policy/A"],
        sourceIdentity: "who",
        tags: { team: "web" },
        transitiveTagKeys: ["team"],
      };
      const second = { roleArn: "arn:aws:iam::123456789012:role/second" };
      const requests = await requestsOf(autoscaling as CloudModule, {
        accessKey: "K",
        secretKey: "s",
        region: "eu-west-1",
        stsRegion: "us-east-1",
        assumeRoles: [role, second],
        endpoints: [{ autoscaling: url, sts: url }],
      });
      expect(Object.fromEntries(requests[0]?.query ?? [])).toMatchObject({
        RoleArn: role.roleArn,
        RoleSessionName: "me",
        DurationSeconds: "1800",
        ExternalId: "x",
        Policy: "{}",
        "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/A",
        SourceIdentity: "who",
        "Tags.member.1.Key": "team",
        "TransitiveTagKeys.member.1": "team",
      });
      expect(requests.map(({ signed }) => signed)).toEqual(["K us-east-1", "ASSUMED us-east-1", "ASSUMED eu-west-1"]);
      expect(requests[1]?.query.get("RoleArn")).toBe(second.roleArn);
    },
    assumeRoleWithWebIdentity: async () => {
      const assumeRoleWithWebIdentity = {
        roleArn: "arn:aws:iam::123456789012:role/ci",
        sessionName: "me",
        duration: "15m",
        policy: "{}",
        policyArns: ["arn:aws:iam::aws:policy/A"],
        webIdentityTokenFile: file("token", "TOKEN"),
      };
      const [sts, call] = await requestsOf(autoscaling as CloudModule, {
        region: "eu-west-1",
        assumeRoleWithWebIdentity,
        endpoints: [{ autoscaling: url, sts: url }],
      });
      expect(Object.fromEntries(sts?.query ?? [])).toMatchObject({
        Action: "AssumeRoleWithWebIdentity",
        WebIdentityToken: "TOKEN",
        RoleSessionName: "me",
        DurationSeconds: "900",
        Policy: "{}",
        "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/A",
      });
      expect(call?.signed).toBe("ASSUMED eu-west-1");
    },
    "allowedAccountIds forbiddenAccountIds": async () => {
      const config = { accessKey: "K", secretKey: "s", region: "eu-west-1", endpoints: [{ autoscaling: url }] };
      await requestsOf(autoscaling as CloudModule, { ...config, allowedAccountIds: ["123456789012"] });
      await expect(
        requestsOf(autoscaling as CloudModule, { ...config, allowedAccountIds: ["1"] }),
      ).rejects.toMatchObject({ code: "WrongAccount" });
      await expect(
        requestsOf(autoscaling as CloudModule, { ...config, forbiddenAccountIds: ["123456789012"] }),
      ).rejects.toMatchObject({ code: "WrongAccount" });
    },
    "httpProxy httpsProxy noProxy useFipsEndpoint": async () => {
      const keys = { accessKey: "K", secretKey: "s", region: "us-east-1" };
      await requestsOf(autoscaling as CloudModule, { ...keys, httpsProxy: url, useFipsEndpoint: true });
      expect(heard[0]).toMatchObject({ host: "autoscaling-fips.us-east-1.amazonaws.com:443", signed: "tunnel" });
      heard = [];
      await requestsOf(autoscaling as CloudModule, {
        ...keys,
        httpProxy: url,
        endpoints: [{ autoscaling: "http://as.invalid" }],
      });
      expect(heard[0]).toMatchObject({ host: "as.invalid" });
    },
    useDualstackEndpoint: async () => {
      await requestsOf(autoscaling as CloudModule, {
        accessKey: "K",
        secretKey: "s",
        region: "us-east-1",
        httpsProxy: url,
        useDualstackEndpoint: true,
      });
      expect(heard[0]?.host).toBe("autoscaling.us-east-1.api.aws:443");
    },
    customCaBundle: async () => {
      const missing = requestsOf(autoscaling as CloudModule, {
        accessKey: "K",
        secretKey: "s",
        region: "us-east-1",
        customCaBundle: "/nowhere.pem",
      });
      await expect(missing).rejects.toThrow("customCaBundle");
    },
  },
};

describe.each(Object.entries(HONOURED))("%s", (_, rows) => {
  test.each(Object.entries(rows))("%s is honoured", (__, show) => show(), 30_000);
});

test.each([
  ["alicloud", ess as CloudModule, alicloudSettings],
  ["aws", autoscaling as CloudModule, awsSettings],
] as const)("%s: what cannot be honoured is refused by its name, without a call", (prefix, cloud, settings) => {
  for (const { key, variables } of settings.filter(({ outcome }) => outcome === "refused")) {
    const [first = "", ...members] = (key ?? "").split(".");
    const value = members.length > 0 ? { [members.join(".")]: "x" } : "x";
    const issues = cloud.settingIssues?.({ bridged: { [first]: value } }) ?? [];
    expect(issues.map(({ reason }) => reason).join()).toContain(`${prefix}:${key}`);
    for (const name of variables) {
      process.env[name] = "x";
      expect(cloud.settingIssues?.({})?.map(({ property }) => property)).toEqual([name]);
      delete process.env[name];
    }
  }
});

test.each([
  ["alicloud", alicloudSettings],
  ["aws", awsSettings],
] as const)("the table of %s has every setting of the bridged provider", (name, settings) => {
  const text = readFileSync(join(dirname(require.resolve(`@pulumi/${name}`)), "config/vars.d.ts"), "utf8");
  const theirs = [...text.matchAll(/export declare const (\w+):/g)].map(([, key]) => key as string);
  const ours = new Set(settings.flatMap(({ key }) => (key ? [key.split(".")[0]] : [])));
  expect(theirs.filter((key) => !ours.has(key))).toEqual([]);
  expect(theirs.length).toBeGreaterThan(20);
});

test("an address with a user, a password or a query is refused, and not shown", () => {
  for (const cloud of [ess, autoscaling] as CloudModule[])
    for (const endpoint of ["http://user:p4ssw0rd@host", "https://host/?key=p4ssw0rd", "ftp://p4ssw0rd"]) {
      const [issue] = cloud.settingIssues?.({ endpoint }) ?? [];
      expect(issue?.property).toBe("connection.endpoint");
      expect(issue?.reason).not.toContain("p4ssw0rd");
    }
});
