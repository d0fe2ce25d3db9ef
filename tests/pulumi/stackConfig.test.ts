import { settingsOf } from "../../src/pulumi/stackConfig";

const config = (values: Record<string, string>) => (key: string) => values[key];

test("the stack's alicloud: configuration leads to ESS, its aws: configuration to AWS", () => {
  const get = config({
    "alicloud:region": "cn-hangzhou",
    "alicloud:accessKey": "id",
    "alicloud:secretKey": "secret",
    "alicloud:securityToken": "token",
    "aws:region": "eu-west-1",
    "aws:profile": "prod",
  });
  expect(settingsOf("ess", get)).toEqual({
    region: "cn-hangzhou",
    credentials: { accessKeyId: "id", secretAccessKey: "secret", sessionToken: "token" },
  });
  expect(settingsOf("autoscaling", get)).toEqual({ region: "eu-west-1", profile: "prod" });
});

test("half a key is none, and nothing is made up", () => {
  expect(settingsOf("ess", config({ "alicloud:accessKey": "id" }))).toEqual({});
});
