import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "../../../src/clouds/autoscaling/client";
import { noCredentials } from "../../../src/clouds/autoscaling/errors";
import { Secrets } from "../../../src/clouds/common/secrets";
import { processClock } from "../../../src/core/clock";
import type { CloudError } from "../../../src/core/cloud";
import { type Answer, fault, result, type ScriptedServer, scriptedServer } from "./scriptedServer";

const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
let server: ScriptedServer;
let answers: Answer[];

/** What the machine or its user has set for the SDK is none of these tests' business. */
const environment = { ...process.env };
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  process.env.AWS_EC2_METADATA_DISABLED = "true";
  process.env.AWS_CONFIG_FILE = "/dev/null";
  process.env.AWS_SHARED_CREDENTIALS_FILE = "/dev/null";
  answers = [];
  server = await scriptedServer(({ Action = "" }) => answers.shift() ?? result(Action, ""));
});
afterEach(async () => {
  process.env = { ...environment };
  await server.close();
});

const client = (settings = {}) => createClient({ region: "eu-west-1", endpoint: server.url, credentials, ...settings });
const start = async () => (await client()).startInstanceRefresh({ AutoScalingGroupName: "web" });
const describe_ = async () => (await client()).describeInstanceRefreshes({ AutoScalingGroupName: "web" });

test("a start goes out signed for the region, and its id comes back", async () => {
  answers = [result("StartInstanceRefresh", "<InstanceRefreshId>i-1</InstanceRefreshId>")];
  expect((await start()).InstanceRefreshId).toBe("i-1");
  expect(server.requests).toEqual([
    { Action: "StartInstanceRefresh", Version: "2011-01-01", AutoScalingGroupName: "web", service: "autoscaling" },
  ]);
});

test("a machine whose clock is off by an hour calls by the server's clock from the second call on", async () => {
  const ahead = () => new Date(Date.now() + 3_600_000);
  await server.close();
  server = await scriptedServer(
    ({ Action = "", date = "" }) =>
      Math.abs(Date.parse(date) - ahead().getTime()) > 15 * 60_000
        ? fault(400, "RequestExpired", "Request has expired.")
        : result(Action, ""),
    ahead,
  );
  const off = await client();
  const describe = () => off.describeInstanceRefreshes({ AutoScalingGroupName: "web" });
  expect(await describe().catch((error: unknown) => error)).toMatchObject({ code: "RequestExpired", kind: "passing" });
  expect(await describe()).toMatchObject({});
});

test("an adopted refresh is read with its dates as dates and its numbers as numbers", async () => {
  answers = [
    result(
      "DescribeInstanceRefreshes",
      "<InstanceRefreshes><member><InstanceRefreshId>i-1</InstanceRefreshId><StartTime>2026-01-02T03:04:05Z</StartTime><PercentageComplete>40</PercentageComplete></member></InstanceRefreshes>",
    ),
  ];
  const [refresh] = (await describe_()).InstanceRefreshes ?? [];
  expect(refresh).toMatchObject({ StartTime: new Date("2026-01-02T03:04:05Z"), PercentageComplete: 40 });
});

describe("what acts is sent once, whatever the answer", () => {
  const acts = ["startInstanceRefresh", "cancelInstanceRefresh", "rollbackInstanceRefresh"] as const;
  const ways: [string, Answer][] = [
    ["a fault of the server", fault(500, "InternalFailure")],
    ["throttling", fault(400, "Throttling")],
    ["a cut connection", "cut"],
  ];
  test.each(acts.flatMap((act) => ways.map(([way, answer]) => [act, way, answer] as const)))(
    "%s, %s",
    async (act, _, answer) => {
      answers = [answer];
      await expect((await client())[act]({ AutoScalingGroupName: "web" })).rejects.toThrow();
      expect(server.requests).toHaveLength(1);
    },
  );
});

test("a call that describes is repeated", async () => {
  answers = [fault(500, "InternalFailure")];
  await describe_();
  expect(server.requests).toHaveLength(2);
});

test.each<[string, Answer, { code: string; kind: string }]>([
  [
    "a refresh that is in the way",
    fault(400, "InstanceRefreshInProgress"),
    { code: "InstanceRefreshInProgressFault", kind: "final" },
  ],
  ["a limit of the account", fault(400, "LimitExceeded"), { code: "LimitExceededFault", kind: "final" }],
  ["a wrong request", fault(400, "ValidationError"), { code: "ValidationError", kind: "final" }],
  ["no permission", fault(403, "AccessDenied"), { code: "AccessDenied", kind: "final" }],
  ["an expired token", fault(403, "ExpiredToken"), { code: "ExpiredToken", kind: "final" }],
  ["contention", fault(500, "ResourceContention"), { code: "ResourceContentionFault", kind: "passing" }],
  ["a fault of the server", fault(500, "InternalFailure"), { code: "InternalFailure", kind: "passing" }],
  ["a server that is away", fault(503, "ServiceUnavailable"), { code: "ServiceUnavailable", kind: "passing" }],
  ["a time-out of the server", fault(400, "RequestTimeout"), { code: "RequestTimeout", kind: "passing" }],
  ["too many calls", fault(400, "Throttling"), { code: "Throttling", kind: "throttled" }],
  [
    "too many calls, by another name",
    fault(400, "RequestLimitExceeded"),
    { code: "RequestLimitExceeded", kind: "throttled" },
  ],
  ["too many calls, by status", fault(429, "Slow"), { code: "Slow", kind: "throttled" }],
  [
    "a page that is not XML",
    { status: 502, body: "Bad gateway" },
    { code: expect.any(String) as unknown as string, kind: "passing" },
  ],
  [
    "an answer that is not XML",
    { status: 200, body: "<<<" },
    { code: expect.any(String) as unknown as string, kind: "passing" },
  ],
  ["a cut connection", "cut", { code: expect.any(String) as unknown as string, kind: "passing" }],
])("%s is told by code and status", async (_, answer, expected) => {
  answers = [answer];
  const error = await start().then(
    () => undefined,
    (thrown: CloudError) => thrown,
  );
  expect(error).toMatchObject({ operation: "StartInstanceRefresh", ...expected });
  expect(error?.message).not.toContain("secret");
});

test("the text of a fault decides nothing, and reaches the person with the request's id", async () => {
  answers = [fault(400, "ValidationError", "Rate exceeded, please retry: Throttling")];
  const error = await start().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    kind: "final",
    message: "StartInstanceRefresh: Rate exceeded, please retry: Throttling (ValidationError, request r-1)",
  });
});

describe("where region, endpoint and credentials come from", () => {
  test("no region is an error that says what to set", async () => {
    const error = await createClient({ endpoint: server.url, credentials }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "NoRegion", kind: "final" });
    expect((error as CloudError).next).toMatch(/connection\.region.*aws:region.*AWS_REGION/);
  });

  test.each([
    [{ code: "ENOTFOUND", hostname: "sts.invalid" }, "sts.invalid: the host is not known (ENOTFOUND)"],
    [{ code: "ECONNREFUSED", address: "127.0.0.1", port: 9 }, "127.0.0.1:9: the connection was refused (ECONNREFUSED)"],
    [{ code: "ECONNREFUSED", address: "::1", port: 9 }, "[::1]:9: the connection was refused (ECONNREFUSED)"],
    [
      { code: "ECONNREFUSED", errors: [{ code: "ECONNREFUSED", address: "::1", port: 9 }] },
      "[::1]:9: the connection was refused (ECONNREFUSED)",
    ],
    [{ code: "EPIPE" }, "a source of credentials: the connection was cut (EPIPE)"],
  ])("a source of credentials that ends with %j is told with its address, and what to check", (error, said) => {
    const { message, next } = noCredentials(Object.assign(new Error("secret"), error), new Secrets(), "final");
    expect(message).toContain(`no answer from ${said}`);
    expect(next).toContain("AWS_ENDPOINT_URL_STS");
  });

  test("no credentials are an error that says what to set", async () => {
    const error = await createClient({ region: "eu-west-1", endpoint: server.url }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "NoCredentials", kind: "final" });
    expect((error as CloudError).next).toMatch(/AWS_ACCESS_KEY_ID.*connection\.profile/);
  });

  test.each([
    ["AWS_REGION", { AWS_REGION: "eu-north-1", AWS_DEFAULT_REGION: "us-east-1" }, "eu-north-1"],
    ["AWS_DEFAULT_REGION, which the SDK does not know", { AWS_DEFAULT_REGION: "us-east-1" }, "us-east-1"],
  ])("the region of %s", async (_, variables, region) => {
    Object.assign(process.env, variables);
    expect((await createClient({ credentials })).region).toBe(region);
  });

  test.each(["AWS_ENDPOINT_URL_AUTO_SCALING", "AWS_ENDPOINT_URL"])("the endpoint of %s", async (variable) => {
    process.env[variable] = server.url;
    const sdk = await createClient({ region: "eu-west-1", credentials });
    expect(sdk.address).toBe(server.url);
    await sdk.cancelInstanceRefresh({ AutoScalingGroupName: "web" });
    await sdk.describeAutoScalingGroups({});
    expect(server.requests.map(({ Action }) => Action)).toEqual(["CancelInstanceRefresh", "DescribeAutoScalingGroups"]);
  });

  test("region and credentials of a profile", async () => {
    const folder = mkdtempSync(join(tmpdir(), "profiles-"));
    writeFileSync(
      join(folder, "config"),
      "[profile blue]\nregion = ap-south-1\naws_access_key_id = blue\naws_secret_access_key = s\n",
    );
    process.env.AWS_CONFIG_FILE = join(folder, "config");
    const sdk = await createClient({ profile: "blue" });
    expect(sdk.region).toBe("ap-south-1");
    expect((await sdk.credentials()).accessKeyId).toBe("blue");
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["nope", /there is no profile "nope" in \S+config or \S+credentials \(/],
    ["blue", /profile "blue" has none that can be used \(/],
  ])("profile %s gives no credentials: the error names it", async (profile, said) => {
    const folder = mkdtempSync(join(tmpdir(), "profiles-"));
    writeFileSync(join(folder, "config"), "[profile blue]\nregion = ap-south-1\n");
    process.env.AWS_CONFIG_FILE = join(folder, "config");
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, "credentials");
    await expect(createClient({ profile, region: "eu-west-1", endpoint: server.url })).rejects.toThrow(said);
    rmSync(folder, { recursive: true });
  });

  test("a role that is assumed with the credentials found", async () => {
    process.env.AWS_ENDPOINT_URL_STS = server.url;
    const assumed =
      "<Credentials><AccessKeyId>assumed</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>";
    answers = [result("AssumeRole", assumed)];
    const role = "arn:aws:iam::123456789012:role/refresher";
    const sdk = await client({ role });
    expect((await sdk.credentials()).accessKeyId).toBe("assumed");
    expect(server.requests[0]).toMatchObject({ Action: "AssumeRole", RoleArn: role, service: "sts" });
  });
});

test("hundreds of calls at once are not held up when some of them are throttled", async () => {
  processClock.setSpeed(1_000);
  const describing = await client();
  await describing.describeInstanceRefreshes({ AutoScalingGroupName: "web" });
  answers = Array.from({ length: 60 }, () => fault(400, "Throttling"));
  const calls = Array.from({ length: 300 }, () =>
    describing.describeInstanceRefreshes({ AutoScalingGroupName: "web" }),
  );
  await Promise.all(calls);
  expect(server.requests).toHaveLength(361);
});
