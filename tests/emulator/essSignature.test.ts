import { createEmulator, type Emulator } from "../../src/emulator";
import { codeOf, essClient, type Keys } from "./essClient";

const temporary = { accessKeyId: "STS.1", secretAccessKey: "temporary-secret", securityToken: "token" };
const expired = { ...temporary, accessKeyId: "STS.2", expired: true };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ credentials: [temporary, expired] });
});
afterEach(() => emulator.close());

describe.each(["2022-02-22", "2014-08-28"])("version %s", (version) => {
  const codeWith = (keys: Partial<Keys>) => codeOf(essClient(emulator, { version, keys })("DescribeScalingGroups"));

  test.each<[string, Partial<Keys>, string]>([
    ["the emulator's own keys are accepted", {}, "no error"],
    ["an access key that is not there is refused", { accessKeyId: "other" }, "InvalidAccessKeyId.NotFound"],
    ["a wrong secret is refused", { accessKeySecret: "wrong" }, "SignatureDoesNotMatch"],
    [
      "temporary keys are accepted with their token",
      { accessKeyId: "STS.1", accessKeySecret: "temporary-secret", securityToken: "token" },
      "no error",
    ],
    [
      "temporary keys are refused without it",
      { accessKeyId: "STS.1", accessKeySecret: "temporary-secret" },
      "MissingSecurityToken",
    ],
    [
      "and with another",
      { accessKeyId: "STS.1", accessKeySecret: "temporary-secret", securityToken: "other" },
      "InvalidSecurityToken.MismatchWithAccessKey",
    ],
    [
      "expired keys are refused",
      { accessKeyId: "STS.2", accessKeySecret: "temporary-secret", securityToken: "token" },
      "InvalidSecurityToken.Expired",
    ],
  ])("%s", async (_says, keys, code) => {
    expect(await codeWith(keys)).toBe(code);
  });

  test("values of every kind are signed as the client signs them", async () => {
    const call = essClient(emulator, { version });
    const ScalingGroupName = "ä b+c*d~e'f(g)!h%/=&?";
    await call("CreateScalingGroup", { MinSize: 0, MaxSize: 1, ScalingGroupName });
    const ids = Array.from({ length: 12 }, (_, index) => `asg-${index}`);
    expect(await call("DescribeScalingGroups", { ScalingGroupIds: ids })).toMatchObject({ TotalCount: 0 });
  });

  test("an operation and a version that are not there are refused in the vendor's form", async () => {
    expect(await codeOf(essClient(emulator, { version })("DescribeNothing"))).toBe("InvalidAction.NotFound");
    expect(await codeOf(essClient(emulator, { version })("toString"))).toBe("InvalidAction.NotFound");
    expect(await codeOf(essClient(emulator, { version: "2000-01-01" })("DescribeScalingGroups"))).toBe(
      "InvalidVersion",
    );
  });
});

test("signatures are checked by real time, whatever the emulator's clock says", async () => {
  emulator.clock.advance(365 * 24 * 3600 * 1000);
  expect(await codeOf(essClient(emulator)("DescribeScalingGroups"))).toBe("no error");
  const query = new URLSearchParams({
    Action: "DescribeScalingGroups",
    Version: "2014-08-28",
    Format: "JSON",
    Timestamp: new Date(Date.now() - 16 * 60 * 1000).toISOString(),
    AccessKeyId: emulator.accessKeyId,
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: "1",
    Signature: "x",
  });
  const answer = await fetch(`${emulator.url}/?${query}`);
  expect({ status: answer.status, ...((await answer.json()) as object) }).toMatchObject({
    status: 400,
    Code: "InvalidTimeStamp.Expired",
  });
});

test("a request without a signature is answered in the vendor's form, in XML where nothing else was asked for", async () => {
  const answer = await fetch(`${emulator.url}/?Action=DescribeScalingGroups&Version=2014-08-28&AccessKeyId=x`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toMatch(/^<\?xml.*<Error><Code>InvalidAccessKeyId.NotFound<\/Code>.*<\/Error>$/);
});
