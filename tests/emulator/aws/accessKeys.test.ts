import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { sign } from "aws4";
import { createEmulator, type Emulator } from "../../../src/emulator";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({
    speed: 0,
    credentials: [
      { accessKeyId: "ASIASESSION", secretAccessKey: "session-secret", securityToken: "session-token" },
      { accessKeyId: "ASIAEXPIRED", secretAccessKey: "expired-secret", expired: true },
    ],
  });
});
afterAll(() => emulator.close());

interface Request {
  service?: string;
  body?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Changes what was signed. */
  change?: (headers: Record<string, string>) => void;
  date?: string;
  sentBody?: string;
  headers?: Record<string, string>;
}

const versions = { autoscaling: "2011-01-01", ec2: "2016-11-15", sts: "2011-06-15" };
const operations = {
  autoscaling: "DescribeAutoScalingGroups",
  ec2: "DescribeLaunchTemplates",
  sts: "GetCallerIdentity",
};

async function ask(api: keyof typeof versions, request: Request = {}): Promise<{ status: number; text: string }> {
  const { accessKeyId, secretAccessKey } = emulator;
  const body = request.body ?? `Action=${operations[api]}&Version=${versions[api]}`;
  const signed = sign(
    {
      service: request.service ?? api,
      region: "eu-west-1",
      host: new URL(emulator.url).host,
      method: "POST",
      path: "/",
      body,
      headers: { ...request.headers, ...(request.date && { "X-Amz-Date": request.date }) },
    },
    request.credentials ?? { accessKeyId, secretAccessKey },
  );
  const headers = { ...(signed.headers as Record<string, string>) };
  delete headers["Content-Length"];
  request.change?.(headers);
  const answer = await fetch(emulator.url, { method: "POST", body: request.sentBody ?? body, headers });
  return { status: answer.status, text: await answer.text() };
}

const code = ({ text }: { text: string }) => /<Code>(\w+)<\/Code>/.exec(text)?.[1];
const amzDate = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/[-:]|\.\d{3}/g, "");
const client = (region: string, credentials: ReturnType<typeof fromTemporaryCredentials>) =>
  new AutoScalingClient({ region, endpoint: emulator.url, credentials, maxAttempts: 1 });

test.each(["autoscaling", "ec2", "sts"] as const)("%s answers a request that is signed", async (api) => {
  expect((await ask(api)).status).toBe(200);
});

const tampered: [what: string, request: Request, code: string, status: number][] = [
  ["no signature", { change: (headers) => delete headers.Authorization }, "MissingAuthenticationToken", 403],
  [
    "half a signature",
    { change: (headers) => Object.assign(headers, { Authorization: "AWS4-HMAC-SHA256 Credential=a" }) },
    "IncompleteSignature",
    400,
  ],
  ["no date", { change: (headers) => delete headers["X-Amz-Date"] }, "IncompleteSignature", 400],
  ["an unknown key", { credentials: { accessKeyId: "AKIANOBODY", secretAccessKey: "x" } }, "InvalidClientTokenId", 403],
  [
    "a wrong secret",
    { credentials: { accessKeyId: "emulator-access-key", secretAccessKey: "x" } },
    "SignatureDoesNotMatch",
    403,
  ],
  [
    "another body than was signed",
    { sentBody: "Action=DescribeAutoScalingGroups&Version=2011-01-01&MaxRecords=1" },
    "SignatureDoesNotMatch",
    403,
  ],
  [
    "another hash than that of the body",
    { headers: { "X-Amz-Content-Sha256": "0".repeat(64) } },
    "SignatureDoesNotMatch",
    403,
  ],
  [
    "another signed header",
    { headers: { "X-Amz-Meta": "a" }, change: (headers) => Object.assign(headers, { "X-Amz-Meta": "b" }) },
    "SignatureDoesNotMatch",
    403,
  ],
  ["the credential of another service", { service: "ec2" }, "SignatureDoesNotMatch", 403],
  ["a date of 16 minutes ago", { date: amzDate(-16) }, "RequestExpired", 400],
  ["a date 16 minutes ahead", { date: amzDate(16) }, "RequestExpired", 400],
  [
    "a temporary key without its token",
    { credentials: { accessKeyId: "ASIASESSION", secretAccessKey: "session-secret" } },
    "InvalidClientTokenId",
    403,
  ],
  [
    "a temporary key with another token",
    { credentials: { accessKeyId: "ASIASESSION", secretAccessKey: "session-secret", sessionToken: "x.y" } },
    "InvalidClientTokenId",
    403,
  ],
  [
    "an expired key",
    { credentials: { accessKeyId: "ASIAEXPIRED", secretAccessKey: "expired-secret" } },
    "ExpiredToken",
    403,
  ],
];
test.each(tampered)("a request with %s is refused", async (_, request, expected, status) => {
  const answer = await ask("autoscaling", request);
  expect([code(answer), answer.status]).toEqual([expected, status]);
  expect(answer.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<ErrorResponse .*<Type>Sender<\/Type>/);
});

test("a request of 14 minutes ago, and one with its session token, are answered", async () => {
  expect((await ask("autoscaling", { date: amzDate(-14) })).status).toBe(200);
  const credentials = { accessKeyId: "ASIASESSION", secretAccessKey: "session-secret", sessionToken: "session-token" };
  expect((await ask("autoscaling", { credentials })).status).toBe(200);
});

test("EC2 has codes and a form of its own", async () => {
  const nobody = { accessKeyId: "AKIANOBODY", secretAccessKey: "x" };
  const answer = await ask("ec2", { credentials: nobody });
  expect([code(answer), answer.status]).toEqual(["AuthFailure", 401]);
  expect(answer.text).toContain("<Response><Errors><Error>");
  const expired = await ask("ec2", { credentials: { accessKeyId: "ASIAEXPIRED", secretAccessKey: "expired-secret" } });
  expect(code(expired)).toBe("RequestExpired");
});

test("an unknown operation, none at all, and a form that contradicts itself are refused in the service's form", async () => {
  expect(code(await ask("autoscaling", { body: "Action=Explode&Version=2011-01-01" }))).toBe("InvalidAction");
  expect(code(await ask("autoscaling", { body: "Version=2011-01-01" }))).toBe("MissingAction");
  expect(code(await ask("autoscaling", { body: "Action=toString&Version=2011-01-01" }))).toBe("InvalidAction");
  const twice = "Action=DescribeTags&Version=2011-01-01&Filters=a&Filters.member.1.Name=key";
  expect(code(await ask("autoscaling", { body: twice }))).toBe("MalformedInput");
});

test("a role's credentials are given out, hold in every region, and say who they are", async () => {
  const { accessKeyId, secretAccessKey } = emulator;
  const credentials = fromTemporaryCredentials({
    params: { RoleArn: "arn:aws:iam::123456789012:role/deploy", RoleSessionName: "ci" },
    masterCredentials: { accessKeyId, secretAccessKey },
    clientConfig: { region: "eu-west-1", endpoint: emulator.url },
  });
  for (const region of ["eu-west-1", "us-east-2"]) {
    const role = client(region, credentials);
    expect((await role.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups).toEqual([]);
    role.destroy();
  }
  const key = await credentials();
  expect(key.expiration?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  const identity = await ask("sts", { credentials: { ...key, sessionToken: key.sessionToken ?? "" } });
  expect(identity.text).toContain("<Arn>arn:aws:sts::123456789012:assumed-role/deploy/ci</Arn>");
  const forged = Buffer.from(JSON.stringify({ accessKeyId: key.accessKeyId, arn: "root", expiration: 9e15 }));
  const sessionToken = `${forged.toString("base64url")}.${key.sessionToken?.split(".")[1]}`;
  expect(code(await ask("sts", { credentials: { ...key, sessionToken } }))).toBe("InvalidClientTokenId");
});

const temporary = ({ text }: { text: string }) => {
  const [, accessKeyId = "", secretAccessKey = "", sessionToken = ""] =
    /<AccessKeyId>(.*)<\/AccessKeyId><SecretAccessKey>(.*)<\/SecretAccessKey><SessionToken>(.*)<\/SessionToken>/.exec(
      text,
    ) ?? [];
  return { accessKeyId, secretAccessKey, sessionToken };
};

test("a session token is given out, and expires by the emulator's clock", async () => {
  const answer = await ask("sts", { body: "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900" });
  const credentials = temporary(answer);
  expect((await ask("autoscaling", { credentials })).status).toBe(200);
  expect(code(await ask("sts", { credentials, body: "Action=GetSessionToken&Version=2011-06-15" }))).toBe(
    "AccessDenied",
  );
  const expiration = Date.parse(/<Expiration>(.*)<\/Expiration>/.exec(answer.text)?.[1] ?? "");
  expect(expiration - emulator.clock.now()).toBeGreaterThan(890_000);
  emulator.clock.advance(901_000);
  expect(code(await ask("autoscaling", { credentials }))).toBe("ExpiredToken");
  const tooLong = { body: "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=129601" };
  expect(code(await ask("sts", tooLong))).toBe("ValidationError");
});

test("a web identity becomes a role without a signature, and a token that is none is refused", async () => {
  const payload = { sub: "repo:web", iss: "https://token.example", aud: "sts.amazonaws.com" };
  const token = `h.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.s`;
  const assume = async (WebIdentityToken: string) => {
    const body = new URLSearchParams({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: "arn:aws:iam::123456789012:role/deploy",
      RoleSessionName: "ci",
      WebIdentityToken,
    });
    const answer = await fetch(emulator.url, { method: "POST", body });
    return { status: answer.status, text: await answer.text() };
  };
  const answer = await assume(token);
  expect(answer.text).toContain("<SubjectFromWebIdentityToken>repo:web</SubjectFromWebIdentityToken>");
  const identity = await ask("sts", { credentials: temporary(answer) });
  expect(identity.text).toContain("<Arn>arn:aws:sts::123456789012:assumed-role/deploy/ci</Arn>");
  expect(code(await assume("no token"))).toBe("InvalidIdentityToken");
});

test("the emulator's own key is the root of the account", async () => {
  const { text } = await ask("sts");
  expect(text).toContain("<Arn>arn:aws:iam::123456789012:root</Arn>");
  expect(text).toContain("<Account>123456789012</Account>");
});

test("a role that lasts too long is refused", async () => {
  const body =
    "Action=AssumeRole&Version=2011-06-15&RoleSessionName=ci&DurationSeconds=50000&RoleArn=arn:aws:iam::123456789012:role/deploy";
  const answer = await ask("sts", { body });
  expect(code(answer)).toBe("ValidationError");
  expect(answer.text).toContain("durationSeconds");
});
