import { autoscaling } from "../../src/clouds/autoscaling/module";
import { ess } from "../../src/clouds/ess/module";

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
  expect(ess.settingsOf(get)).toEqual({
    region: "cn-hangzhou",
    credentials: { accessKeyId: "id", secretAccessKey: "secret", sessionToken: "token" },
  });
  expect(autoscaling.settingsOf(get)).toEqual({ region: "eu-west-1", profile: "prod" });
});

test("half a key is none, and nothing is made up", () => {
  expect(ess.settingsOf(config({ "alicloud:accessKey": "id" }))).toEqual({});
});
