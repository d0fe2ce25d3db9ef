/** The table of settings, row by row: each is honoured in a request, or refused by its name. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import os, { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { autoscaling } from "../../../src/clouds/autoscaling/module";
import { documentedSettings as awsSettings } from "../../../src/clouds/autoscaling/settings";
import { ess } from "../../../src/clouds/ess/module";
import { documentedSettings as alicloudSettings } from "../../../src/clouds/ess/settings";
import type { CloudApi, CloudModule, ConnectionSettings } from "../../../src/core/cloud";
import { selfSignedCertificate } from "./certificate";
import { InstanceMetadata, type MetadataOptions } from "./instanceMetadata";

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
let metadata: InstanceMetadata | undefined;
/** Every setting that a test has set: keys of the configuration with their members, and variables. */
const played = new Set<string>();
const before = { ...process.env };

const CREDENTIALS = {
  AccessKeyId: "ASSUMED",
  AccessKeySecret: "s",
  SecurityToken: "t",
  Expiration: "2999-01-01T00:00:00Z",
};
const awsCredentials =
  "<Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>";

const AWS_RESULTS: Readonly<Record<string, string>> = {
  GetCallerIdentity: "<Account>123456789012</Account>",
  AssumeRole: awsCredentials,
  AssumeRoleWithWebIdentity: awsCredentials,
  DescribeAutoScalingGroups:
    "<AutoScalingGroups><member><AutoScalingGroupName>web</AutoScalingGroupName></member></AutoScalingGroups>",
};

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
  const answer: RequestListener = async (request, response) => {
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
        `<${action}Response><${action}Result>${AWS_RESULTS[action ?? ""] ?? ""}</${action}Result></${action}Response>`,
      );
    else if (action?.startsWith("Assume")) response.end(JSON.stringify({ Credentials: CREDENTIALS }));
    else
      response.end(
        JSON.stringify(
          request.url?.startsWith("/keys") ? { ...CREDENTIALS, Code: "Success" } : { InstanceRefreshTasks: [] },
        ),
      );
  };
  server = createServer(answer);
  answering = answer;
  // Through a proxy, an address that is called by TLS asks for a tunnel.
  server.on("connect", (request, socket) => {
    heard.push({ host: request.url ?? "", query: new URLSearchParams(), signed: "tunnel", headers: request.headers });
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  jest.restoreAllMocks();
  metadata?.close();
  metadata = undefined;
  tlsServer?.closeAllConnections();
  tlsServer?.close();
  tlsServer = undefined;
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

let answering: RequestListener;
let tlsServer: Server | undefined;
/** The same server over TLS, with a certificate that nobody knows. */
async function overTls(): Promise<{ url: string; cert: string }> {
  const { cert, key } = selfSignedCertificate();
  const secure = createTlsServer({ cert, key }, answering);
  tlsServer = secure as unknown as Server;
  await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
  return { url: `https://127.0.0.1:${(secure.address() as AddressInfo).port}`, cert };
}

/** The metadata of a machine whose role has keys. */
async function machine(options?: MetadataOptions): Promise<InstanceMetadata> {
  delete process.env.AWS_EC2_METADATA_DISABLED;
  delete process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
  metadata?.close();
  metadata = await InstanceMetadata.start(
    async () => ({
      accessKeyId: "OF-ROLE",
      secretAccessKey: "s",
      sessionToken: "t",
      expiration: "2999-01-01T00:00:00Z",
    }),
    options,
  );
  return metadata;
}

function* pathsIn(value: unknown, path: string): Iterable<string> {
  if (path.includes(":")) yield path;
  if (Array.isArray(value)) for (const each of value) yield* pathsIn(each, path);
  else if (value !== null && typeof value === "object")
    for (const [name, each] of Object.entries(value))
      yield* pathsIn(each, path.endsWith(":") ? `${path}${name}` : `${path}.${name}`);
}

/** What a stack's configuration and an environment lead to: every request of one description. */
async function requestsOf(
  cloud: CloudModule,
  config: Record<string, unknown>,
  environment: Record<string, string> = {},
  settings: ConnectionSettings = {},
  call: (api: CloudApi) => Promise<unknown> = (api) => api.refreshes("asg-1"),
): Promise<Heard[]> {
  Object.assign(process.env, environment);
  const { prefix } = cloud.configuration;
  for (const name of [...pathsIn(config, `${prefix}:`), ...Object.keys(environment).map((each) => `${prefix} ${each}`)])
    played.add(name);
  const texts = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      `${cloud.configuration.prefix}:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const api = await cloud.connect({ ...cloud.settingsOf((key) => texts[key]), ...settings });
  await call(api).catch((error: Error) =>
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
    "ecsRoleName, with and without tokens": async () => {
      const config = { region: "cn-a", endpoints: [{ ess: url }] };
      const { heard: asked } = await machine({ first: false });
      expect(last(await requestsOf(ess as CloudModule, { ...config, ecsRoleName: "web-role" }))?.signed).toBe(
        "OF-ROLE",
      );
      expect(asked).toEqual([
        "PUT 100.100.100.200 /latest/api/token",
        "GET 100.100.100.200 /latest/meta-data/ram/security-credentials/web-role with a token",
      ]);
      const old = await machine({ tokens: false });
      const region = { ...config, region: "cn-b" };
      expect(last(await requestsOf(ess as CloudModule, region, { ALICLOUD_ECS_ROLE_NAME: "web-role" }))?.signed).toBe(
        "OF-ROLE",
      );
      expect(old.heard.at(-1)).toBe("GET 100.100.100.200 /latest/meta-data/ram/security-credentials/web-role");
      const strict = { ...config, region: "cn-c" };
      const refusing = await requestsOf(ess as CloudModule, strict, { ALIBABA_CLOUD_IMDSV1_DISABLED: "true" });
      expect(last(refusing)).toMatchObject({ signed: "error" });
    },
    "ALIBABA_CLOUD_ECS_METADATA and what disables it": async () => {
      const config = { endpoints: [{ ess: url }] };
      const { heard: asked } = await machine();
      const environment = { ALIBABA_CLOUD_ECS_METADATA: "web-role" };
      expect(last(await requestsOf(ess as CloudModule, { ...config, region: "cn-a" }, environment))?.signed).toBe(
        "OF-ROLE",
      );
      const before = asked.length;
      const disabled = { ...environment, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };
      expect(last(await requestsOf(ess as CloudModule, { ...config, region: "cn-b" }, disabled))?.signed).toBe("error");
      expect(asked).toHaveLength(before);
    },
    "ALIBABA_CLOUD_CLI_PROFILE_DISABLED ALIBABA_CLOUD_PROFILE": async () => {
      const config = { endpoints: [{ ess: url }] };
      const own = file("own.json", aliyun(AK));
      const named = { ALIBABA_CLOUD_CREDENTIALS_FILE: own, ALIBABA_CLOUD_PROFILE: "web" };
      expect(last(await requestsOf(ess as CloudModule, { ...config, region: "cn-a" }, named))?.signed).toBe(
        "OF-PROFILE",
      );
      for (const name of Object.keys(named)) delete process.env[name];
      mkdirSync(join(folder, ".aliyun"));
      jest.spyOn(jest.requireActual<typeof import("node:os")>("node:os"), "homedir").mockReturnValue(folder);
      file(".aliyun/config.json", aliyun(AK));
      expect(last(await requestsOf(ess as CloudModule, { ...config, region: "cn-b" }))?.signed).toBe("OF-PROFILE");
      const disabled = { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "true" };
      expect(last(await requestsOf(ess as CloudModule, { ...config, region: "cn-c" }, disabled))?.signed).toBe("error");
    },
    "OIDC by the environment, and the addresses of STS": async () => {
      const environment = {
        ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "acs:ram::1:oidc-provider/ci",
        ALIBABA_CLOUD_OIDC_TOKEN_FILE: file("token", "TOKEN"),
        ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/ci",
        ALIBABA_CLOUD_ROLE_SESSION_NAME: "me",
      };
      const config = { endpoints: [{ ess: url }] };
      const [sts, call] = await requestsOf(
        ess as CloudModule,
        { ...config, region: "cn-a" },
        { ...environment, ALIBABA_CLOUD_ENDPOINT_STS: url },
      );
      expect(Object.fromEntries(sts?.query ?? [])).toMatchObject({
        Action: "AssumeRoleWithOIDC",
        RoleArn: "acs:ram::1:role/ci",
        RoleSessionName: "me",
      });
      expect(call?.signed).toBe("ASSUMED");
      delete process.env.ALIBABA_CLOUD_ENDPOINT_STS;
      heard = [];
      const region = { HTTPS_PROXY: url, ALIBABA_CLOUD_STS_REGION: "cn-shanghai" };
      await requestsOf(ess as CloudModule, { ...config, region: "cn-b" }, { ...environment, ...region });
      expect(heard[0]).toMatchObject({ host: "sts.cn-shanghai.aliyuncs.com:443", signed: "tunnel" });
      heard = [];
      const inside = { ...environment, ...region, ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED: "true" };
      await requestsOf(ess as CloudModule, { ...config, region: "cn-c" }, inside);
      expect(heard[0]).toMatchObject({ host: "sts-vpc.cn-shanghai.aliyuncs.com:443", signed: "tunnel" });
    },
    "the address of STS, for the roles of profiles": async () => {
      const keys = { mode: "AK", access_key_id: "K", access_key_secret: "s" };
      const role = { ram_role_arn: "acs:ram::1:role/a", ram_session_name: "me" };
      const oidc = { oidc_provider_arn: "acs:ram::1:oidc-provider/ci", oidc_token_file: file("oidc", "TOKEN") };
      const profiles = [
        { name: "keys", ...keys },
        { name: "role", ...keys, ...role, mode: "RamRoleArn" },
        { name: "chain", ...role, mode: "ChainableRamRoleArn", source_profile: "role" },
        { name: "oidc", ...role, ...oidc, mode: "OIDC" },
      ];
      for (const [current, calls] of [
        ["role", 1],
        ["chain", 2],
        ["oidc", 1],
      ] as const) {
        heard = [];
        const region = `cn-${current}`;
        jest.spyOn(os, "homedir").mockReturnValue(folder);
        const environment = { ALIBABA_CLOUD_ENDPOINT_STS: url, ALICLOUD_SHARED_CREDENTIALS_FILE: "" };
        // Named, and the usual file with its current profile.
        const text = JSON.stringify({ current, profiles });
        mkdirSync(join(folder, ".aliyun"), { recursive: true });
        file(".aliyun/config.json", text);
        const sharedCredentialsFile = file("aliyun.json", text);
        for (const more of [{ sharedCredentialsFile }, {}])
          await requestsOf(ess as CloudModule, { region, endpoints: [{ ess: url }], ...more }, environment);
        expect(heard.map(({ signed }) => signed).filter((signed) => signed === "ASSUMED")).toHaveLength(2);
        expect(heard.filter(({ query }) => query.get("Action")?.startsWith("AssumeRole"))).toHaveLength(2 * calls);
      }
    },
    "a source that fails is told, and none comes in its place": async () => {
      const ini = "[default]\nenable = true\ntype = access_key\naccess_key_id = OTHER\naccess_key_secret = s\n";
      const broken = {
        ALIBABA_CLOUD_CREDENTIALS_URI: "http://127.0.0.1:9/keys",
        ALIBABA_CLOUD_OIDC_TOKEN_FILE: file("token", "TOKEN"),
        ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "acs:ram::1:oidc-provider/ci",
        ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/a",
        ALIBABA_CLOUD_ENDPOINT_STS: "http://127.0.0.1:9",
        ALIBABA_CLOUD_CREDENTIALS_FILE: file("ini", ini),
      };
      const external = aliyun({ mode: "External", process_command: "/bin/false secret" });
      const config = { region: "cn-a", endpoints: [{ ess: url }] };
      const told = "no answer from http://127.0.0.1:9: the connection was refused";
      expect(last(await requestsOf(ess as CloudModule, config, broken))?.host).toContain(told);
      delete process.env.ALIBABA_CLOUD_CREDENTIALS_URI;
      expect(last(await requestsOf(ess as CloudModule, config))?.host).toContain(told);
      const sharedCredentialsFile = file("external.json", external);
      expect(last(await requestsOf(ess as CloudModule, { ...config, sharedCredentialsFile }))?.host).toContain(
        'profile "web" gives none (its mode is External)',
      );
      expect(heard.every(({ signed }) => signed === "error")).toBe(true);
    },
    "the role of the environment, for assumeRole": async () => {
      const config = { region: "cn-hangzhou", accessKey: "K", secretKey: "s", endpoints: [{ ess: url, sts: url }] };
      const environment = { ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/c", ALIBABA_CLOUD_ROLE_SESSION_NAME: "they" };
      const [sts] = await requestsOf(ess as CloudModule, { ...config, assumeRole: { policy: "{}" } }, environment);
      expect(Object.fromEntries(sts?.query ?? [])).toMatchObject({
        RoleArn: "acs:ram::1:role/c",
        RoleSessionName: "they",
      });
    },
    ALIBABA_CLOUD_CREDENTIALS_URI: async () => {
      const environment = { ALIBABA_CLOUD_CREDENTIALS_URI: `${url}/keys` };
      const config = { region: "cn-a", endpoints: [{ ess: url }] };
      expect(last(await requestsOf(ess as CloudModule, config, environment))?.signed).toBe("ASSUMED");
    },
    NO_PROXY: async () => {
      const keys = { accessKey: "K", secretKey: "s", region: "cn-hangzhou", endpoints: [{ ess: url }] };
      const environment = { HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1" };
      expect(last(await requestsOf(ess as CloudModule, keys, environment))?.signed).toBe("K");
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
      const warned = jest.spyOn(console, "warn");
      const settings = {
        profile: "web",
        region: "eu-south-1",
        sharedConfigFiles: [config],
        sharedCredentialsFiles: [credentials],
        endpoints: [{ autoscaling: url }],
      };
      const environment = { AWS_ACCESS_KEY_ID: "E", AWS_SECRET_ACCESS_KEY: "s" };
      const found = last(await requestsOf(autoscaling as CloudModule, settings, environment));
      expect(found?.signed).toBe("P eu-south-1");
      // The SDK's own lines about keys beside a profile are noise in every deployment.
      expect(warned).not.toHaveBeenCalled();
      warned.mockRestore();
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
    "customCaBundle AWS_CA_BUNDLE insecure, also for STS": async () => {
      const { url: secure, cert } = await overTls();
      const config = {
        accessKey: "K",
        secretKey: "s",
        endpoints: [{ autoscaling: secure, sts: secure }],
        assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/first" }],
      };
      const nobody = requestsOf(autoscaling as CloudModule, { ...config, region: "us-east-1" });
      await expect(nobody).rejects.toMatchObject({ code: "NoCredentials" });
      expect(heard).toEqual([]);
      const insecure = await requestsOf(autoscaling as CloudModule, { ...config, region: "us-east-2", insecure: true });
      expect(insecure.map(({ signed }) => signed)).toEqual(["K us-east-2", "ASSUMED us-east-2"]);
      const bundle = file("bundle.pem", cert);
      const trusting = { ...config, region: "us-west-1", customCaBundle: bundle };
      expect(last(await requestsOf(autoscaling as CloudModule, trusting))?.signed).toBe("ASSUMED us-west-1");
      const environment = { AWS_CA_BUNDLE: bundle };
      const asked = await requestsOf(autoscaling as CloudModule, { ...config, region: "us-west-2" }, environment);
      expect(last(asked)?.signed).toBe("ASSUMED us-west-2");
      const missing = { ...config, region: "eu-west-1", customCaBundle: "/nowhere.pem" };
      await expect(requestsOf(autoscaling as CloudModule, missing)).rejects.toThrow("customCaBundle");
    },
    "AWS_EC2_METADATA_SERVICE_ENDPOINT, with and without tokens": async () => {
      const config = { endpoints: [{ autoscaling: url }] };
      const { url: address, heard: asked } = await machine({ first: false });
      const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: address };
      const [call] = await requestsOf(autoscaling as CloudModule, { ...config, region: "us-east-1" }, environment);
      expect(call?.signed).toBe("OF-ROLE us-east-1");
      const path = "/latest/meta-data/iam/security-credentials/";
      expect(asked.map((line) => line.replace(/ 127\S+/, ""))).toEqual([
        "PUT /latest/api/token",
        `GET ${path} with a token`,
        `GET ${path}web-role with a token`,
      ]);
      const old = await machine({ tokens: false });
      const older = { AWS_EC2_METADATA_SERVICE_ENDPOINT: old.url };
      expect(
        last(await requestsOf(autoscaling as CloudModule, { ...config, region: "us-east-2" }, older))?.signed,
      ).toBe("OF-ROLE us-east-2");
    },
    AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: async () => {
      const { heard: asked } = await machine();
      const config = { region: "us-east-1", endpoints: [{ autoscaling: url }] };
      const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6" };
      expect(last(await requestsOf(autoscaling as CloudModule, config, environment))?.signed).toBe("OF-ROLE us-east-1");
      expect(asked[0]).toBe("PUT [fd00:ec2::254] /latest/api/token");
    },
    "skipMetadataApiCheck AWS_EC2_METADATA_DISABLED": async () => {
      const { heard: asked } = await machine();
      const config = { endpoints: [{ autoscaling: url }] };
      const skipped = { ...config, region: "us-east-1", skipMetadataApiCheck: "true" };
      await expect(requestsOf(autoscaling as CloudModule, skipped)).rejects.toMatchObject({ code: "NoCredentials" });
      const disabled = { AWS_EC2_METADATA_DISABLED: "true" };
      await expect(
        requestsOf(autoscaling as CloudModule, { ...config, region: "us-east-2" }, disabled),
      ).rejects.toMatchObject({ code: "NoCredentials" });
      delete process.env.AWS_EC2_METADATA_DISABLED;
      const check = { AWS_SKIP_METADATA_API_CHECK: "true" };
      await expect(
        requestsOf(autoscaling as CloudModule, { ...config, region: "us-west-1" }, check),
      ).rejects.toMatchObject({ code: "NoCredentials" });
      expect(asked).toEqual([]);
      const checks = { ...config, region: "us-west-2", skipMetadataApiCheck: "false" };
      expect(last(await requestsOf(autoscaling as CloudModule, checks, check))?.signed).toBe("OF-ROLE us-west-2");
    },
    "a container's credentials": async () => {
      const config = { endpoints: [{ autoscaling: url }] };
      const { url: address, heard: asked } = await machine({ authorization: "TOKEN" });
      const relative = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/container/keys" };
      const token = { AWS_CONTAINER_AUTHORIZATION_TOKEN: "TOKEN" };
      const ofTask = { ...relative, ...token };
      expect(
        last(await requestsOf(autoscaling as CloudModule, { ...config, region: "us-east-1" }, ofTask))?.signed,
      ).toBe("OF-ROLE us-east-1");
      expect(asked).toEqual(["GET 169.254.170.2 /container/keys"]);
      for (const name of Object.keys(ofTask)) delete process.env[name];
      const ofPod = {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${address}/container`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file("authorization", "TOKEN"),
      };
      expect(
        last(await requestsOf(autoscaling as CloudModule, { ...config, region: "us-east-2" }, ofPod))?.signed,
      ).toBe("OF-ROLE us-east-2");
    },
    "web identity by the environment": async () => {
      const environment = {
        AWS_WEB_IDENTITY_TOKEN_FILE: file("token", "TOKEN"),
        AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/ci",
        AWS_ROLE_SESSION_NAME: "me",
        AWS_ENDPOINT_URL_STS: url,
        AWS_ENDPOINT_URL: url,
        AWS_REGION: "eu-west-3",
      };
      const [sts, call] = await requestsOf(autoscaling as CloudModule, {}, environment);
      expect(Object.fromEntries(sts?.query ?? [])).toMatchObject({
        Action: "AssumeRoleWithWebIdentity",
        WebIdentityToken: "TOKEN",
        RoleSessionName: "me",
      });
      expect(call?.signed).toBe("ASSUMED eu-west-3");
    },
    "a profile and its files by the environment": async () => {
      const environment = {
        AWS_PROFILE: "web",
        AWS_CONFIG_FILE: file("config", "[profile web]\nregion = eu-south-2\n"),
        AWS_SHARED_CREDENTIALS_FILE: file("credentials", "[web]\naws_access_key_id = P\naws_secret_access_key = s\n"),
        AWS_ENDPOINT_URL_AUTO_SCALING: url,
      };
      expect(last(await requestsOf(autoscaling as CloudModule, {}, environment))?.signed).toBe("P eu-south-2");
    },
    "the addresses of the other services": async () => {
      const keys = { accessKey: "K", secretKey: "s", region: "us-east-1" };
      const asked = async (config: object, environment: Record<string, string>) => {
        heard = [];
        await requestsOf(autoscaling as CloudModule, { ...keys, ...config }, environment, {}, (api) =>
          api.group({
            autoscalingGroupName: "web",
            desiredConfiguration: { launchTemplate: { id: "lt-1", version: "3" } },
            preferences: { alarmSpecification: { alarms: ["errors"] } },
          }),
        );
        for (const name of Object.keys(environment)) delete process.env[name];
        return heard.map(({ query }) => query.get("Action")).sort();
      };
      const all = ["DescribeAlarms", "DescribeAutoScalingGroups", "DescribeLaunchTemplateVersions"];
      expect(await asked({ endpoints: [{ autoscaling: url, ec2: url, cloudwatch: url }] }, {})).toEqual(all);
      const own = { AWS_ENDPOINT_URL_EC2: url, AWS_ENDPOINT_URL_CLOUDWATCH: url };
      expect(await asked({ region: "us-east-2", endpoints: [{ autoscaling: url }] }, own)).toEqual(all);
      expect(await asked({ region: "us-west-2" }, { AWS_ENDPOINT_URL: url })).toEqual(all);
    },
    "FIPS, dual stack and proxies by the environment": async () => {
      const keys = { accessKey: "K", secretKey: "s" };
      const fips = { HTTPS_PROXY: url, AWS_USE_FIPS_ENDPOINT: "true" };
      await requestsOf(autoscaling as CloudModule, { ...keys, region: "us-east-1" }, fips);
      expect(heard[0]?.host).toBe("autoscaling-fips.us-east-1.amazonaws.com:443");
      delete process.env.AWS_USE_FIPS_ENDPOINT;
      heard = [];
      const dual = { HTTPS_PROXY: url, AWS_USE_DUALSTACK_ENDPOINT: "true" };
      await requestsOf(autoscaling as CloudModule, { ...keys, region: "us-east-2" }, dual);
      expect(heard[0]?.host).toBe("autoscaling.us-east-2.api.aws:443");
      delete process.env.AWS_USE_DUALSTACK_ENDPOINT;
      heard = [];
      const direct = { HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1" };
      const local = { ...keys, endpoints: [{ autoscaling: url }] };
      expect(
        last(await requestsOf(autoscaling as CloudModule, { ...local, region: "us-west-1" }, direct))?.signed,
      ).toBe("K us-west-1");
      delete process.env.NO_PROXY;
      const ofStack = { ...local, region: "us-west-2", httpProxy: "http://127.0.0.1:9", noProxy: "127.0.0.1" };
      expect(last(await requestsOf(autoscaling as CloudModule, ofStack))?.signed).toBe("K us-west-2");
    },
  },
};

describe.each(Object.entries(HONOURED))("%s", (_, rows) => {
  test.each(Object.entries(rows))("%s is honoured", (__, show) => show(), 30_000);
});

// After the tests above: what they have set.
test.each([
  ["alicloud", alicloudSettings],
  ["aws", awsSettings],
] as const)("%s: every setting that is honoured has been played, by each of its names", (prefix, settings) => {
  const names = settings
    .filter(({ outcome }) => outcome === "honoured")
    .flatMap(({ key, variables }) => [
      ...(key ? [`${prefix}:${key}`] : []),
      ...variables.map((name) => `${prefix} ${name}`),
    ]);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !played.has(name))).toEqual([]);
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
