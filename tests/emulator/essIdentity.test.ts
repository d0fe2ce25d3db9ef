import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Core, { $OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator";
import { type Answer, codeOf, essClient, type Keys } from "./essClient";

const roleArn = "acs:ram::123456789012:role/deployer";
let folder: string;
let emulator: Emulator;

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1), ...options });
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "identity-"));
});
afterEach(() => emulator.close());
afterAll(() => rmSync(folder, { recursive: true }));

/** A call of STS by the vendor's client. */
async function sts(action: string, query: Record<string, string>, keys: Partial<Keys> = {}): Promise<Answer> {
  const core = new Core(
    new $OpenApiUtil.Config({
      accessKeyId: emulator.accessKeyId,
      accessKeySecret: emulator.secretAccessKey,
      ...keys,
      endpoint: new URL(emulator.url).host,
      protocol: "http",
    }),
  );
  const params = new $OpenApiUtil.Params({
    action,
    version: "2015-04-01",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const request = new $OpenApiUtil.OpenApiRequest({ query });
  return (await core.callApi(params, request, new RuntimeOptions({}))).body as Answer;
}

async function assume(query: Record<string, string> = {}): Promise<Keys> {
  const { Credentials } = await sts("AssumeRole", { RoleArn: roleArn, RoleSessionName: "test", ...query });
  return keysOf(Credentials as Answer);
}

function keysOf({ AccessKeyId, AccessKeySecret, SecurityToken }: Answer): Keys {
  return {
    accessKeyId: AccessKeyId as string,
    accessKeySecret: AccessKeySecret as string,
    securityToken: SecurityToken as string,
  };
}

const codeWith = (keys: Partial<Keys>, version = "2022-02-22") =>
  codeOf(essClient(emulator, { version, keys })("DescribeScalingGroups"));

describe("keys of an assumed role", () => {
  test.each(["2022-02-22", "2014-08-28"])("hold in every region for their duration, in version %s", async (version) => {
    await start();
    const keys = await assume({ DurationSeconds: "900" });
    expect(await codeWith(keys, version)).toBe("no error");
    const elsewhere = essClient(emulator, { version, region: "eu-central-1", keys });
    expect(await codeOf(elsewhere("DescribeScalingGroups"))).toBe("no error");
    emulator.clock.advance(899_000);
    expect(await codeWith(keys, version)).toBe("no error");
    emulator.clock.advance(1_000);
    expect(await codeWith(keys, version)).toBe("InvalidSecurityToken.Expired");
  });

  test("need their token, and their secret", async () => {
    await start();
    const { securityToken, ...keys } = await assume();
    expect(await codeWith(keys)).toBe("InvalidAccessKeyId.NotFound");
    expect(await codeWith({ ...keys, securityToken: `${securityToken}x` })).toBe("InvalidAccessKeyId.NotFound");
    expect(await codeWith({ ...keys, securityToken: securityToken as string, accessKeySecret: "other" })).toBe(
      "SignatureDoesNotMatch",
    );
  });

  test("tell who they are", async () => {
    await start();
    expect(await sts("GetCallerIdentity", {})).toMatchObject({ AccountId: "123456789012", IdentityType: "Account" });
    expect(await sts("GetCallerIdentity", {}, await assume())).toMatchObject({
      IdentityType: "AssumedRoleUser",
      Arn: "acs:ram::123456789012:assumed-role/deployer",
    });
  });

  test("may do what the role's policy allows, and are given to whom a policy lets have them", async () => {
    await start({
      policies: {
        "emulator-access-key": {
          Version: "1",
          Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArn },
        },
        [roleArn]: { Version: "1", Statement: { Effect: "Allow", Action: "ess:DescribeScalingGroups", Resource: "*" } },
      },
    });
    const keys = await assume();
    expect(await codeWith({})).toBe("Forbidden.Unauthorized");
    expect(await codeWith(keys)).toBe("no error");
    expect(await codeOf(essClient(emulator, { keys })("DescribeScalingConfigurations"))).toBe("Forbidden.Unauthorized");
    const other = { RoleArn: "acs:ram::123456789012:role/admin", RoleSessionName: "test" };
    expect(await codeOf(sts("AssumeRole", other))).toBe("NoPermission");
  });

  test.each([
    [{ RoleArn: "" }, "MissingParameter"],
    [{ RoleArn: "arn:aws:iam::1:role/a" }, "InvalidParameter"],
    [{ RoleSessionName: "a b" }, "InvalidParameter"],
    [{ DurationSeconds: "899" }, "InvalidParameter"],
    [{ DurationSeconds: "43201" }, "InvalidParameter"],
  ])("are refused for %j", async (query, code) => {
    await start();
    expect(await codeOf(assume(query as Record<string, string>))).toBe(code);
  });

  test("are refused by faults of STS, and other operations are not there", async () => {
    await start();
    expect(await codeOf(sts("GetNothing", {}))).toBe("InvalidAction.NotFound");
    emulator.faultInjection.add({ operations: ["sts:AssumeRole"], kind: "ServiceUnavailable" });
    expect(await codeOf(assume())).toBe("ServiceUnavailable");
  });
});

const program = `
const { default: Credential, Config } = require("@alicloud/credentials");
new Credential(new Config(JSON.parse(process.argv[1]))).getCredential().then(
  ({ accessKeyId, accessKeySecret, securityToken }) =>
    process.stdout.write(JSON.stringify({ accessKeyId, accessKeySecret, securityToken })),
);
`;

describe("the vendor's credentials client", () => {
  beforeAll(() => {
    // It speaks HTTPS with STS, whatever it is told.
    const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1"];
    const options = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...files, ...subject];
    execFileSync("openssl", options, { stdio: "ignore" });
  });
  const startSecure = () =>
    start({
      tls: {
        key: readFileSync(join(folder, "key.pem"), "utf8"),
        cert: readFileSync(join(folder, "cert.pem"), "utf8"),
      },
    });
  const endpoint = () => new URL(emulator.secureUrl ?? "").host;
  /** In a process of its own, which trusts the certificate. */
  const keysFrom = async (config: object): Promise<Keys> => {
    const asked = JSON.stringify({ roleArn, roleSessionName: "test", ...config });
    const environment = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: join(folder, "cert.pem") };
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", program, asked], {
      env: environment,
      cwd: join(__dirname, "../.."),
    });
    return JSON.parse(stdout) as Keys;
  };
  const ownKeys = () => ({ accessKeyId: emulator.accessKeyId, accessKeySecret: emulator.secretAccessKey });

  test("assumes a role", async () => {
    await startSecure();
    const keys = await keysFrom({ type: "ram_role_arn", stsEndpoint: endpoint(), ...ownKeys() });
    expect(keys.accessKeyId).toMatch(/^STS\./);
    expect(await codeWith(keys)).toBe("no error");
    expect(JSON.stringify(emulator.requests)).not.toContain(keys.securityToken);
  });

  const tokenOf = (claims: object) =>
    ["{}", JSON.stringify(claims), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");

  test("assumes a role with the token of an identity provider, unless that has expired", async () => {
    await startSecure();
    const file = join(folder, "token");
    const config = {
      type: "oidc_role_arn",
      oidcProviderArn: "acs:ram::123456789012:oidc-provider/ci",
      oidcTokenFilePath: file,
      stsEndpoint: endpoint(),
    };
    writeFileSync(file, tokenOf({ exp: Date.now() / 1000 + 60 }));
    expect(await codeWith(await keysFrom(config))).toBe("no error");
    expect(JSON.stringify(emulator.requests)).not.toContain("OIDCToken");
    writeFileSync(file, tokenOf({ exp: Date.now() / 1000 - 60 }));
    await expect(keysFrom(config)).rejects.toThrow("AuthenticationFail.OIDCToken.Expired");
    writeFileSync(file, "garbage");
    await expect(keysFrom(config)).rejects.toThrow("AuthenticationFail.OIDCToken.Invalid");
  });

  test("asks a credentials URI", async () => {
    await start({ sessionSeconds: 60 });
    const keys = await keysFrom({ type: "credentials_uri", credentialsURI: `${emulator.url}/ram/credentials` });
    expect(await codeWith(keys)).toBe("no error");
    emulator.clock.advance(60_000);
    expect(await codeWith(keys)).toBe("InvalidSecurityToken.Expired");
  });
});

test("an instance asks the metadata service for its region, its role and the role's keys", async () => {
  await start();
  const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(`${emulator.url}/latest${path}`, { method, headers });
  const token = await ask("/api/token", { "x-aliyun-ecs-metadata-token-ttl-seconds": "21600" }, "PUT");
  const header = { "x-aliyun-ecs-metadata-token": await token.text() };
  expect(await (await ask("/meta-data/region-id", header)).text()).toBe(emulator.region);
  const role = await (await ask("/meta-data/ram/security-credentials/", header)).text();
  const answer = (await (await ask(`/meta-data/ram/security-credentials/${role}`, header)).json()) as Answer;
  expect(answer).toMatchObject({ Code: "Success", Expiration: expect.stringMatching(/Z$/) });
  expect(await codeWith(keysOf(answer))).toBe("no error");
  expect((await ask("/meta-data/ram/security-credentials/other", header)).status).toBe(404);
  expect(JSON.stringify(emulator.requests)).not.toContain(answer.SecurityToken);
  emulator.faultInjection.add({ operations: ["metadata:*"], kind: "ServiceUnavailable" });
  expect((await ask("/meta-data/region-id", header)).status).toBe(503);
});
