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
  expect(ess.settingsOf(get).bridged).toEqual({
    region: "cn-hangzhou",
    accessKey: "id",
    secretKey: "secret",
    securityToken: "token",
  });
  expect(autoscaling.settingsOf(get).bridged).toEqual({ region: "eu-west-1", profile: "prod" });
});

test("blocks and lists of the stack's configuration are read as such", () => {
  const roles = [{ roleArn: "arn:aws:iam::1:role/a" }];
  const get = config({
    "aws:assumeRoles": JSON.stringify(roles),
    "alicloud:assumeRole": '{"roleArn":"acs:ram::1:role/a"}',
  });
  expect(autoscaling.settingsOf(get).bridged).toEqual({ assumeRoles: roles });
  expect(ess.settingsOf(get).bridged).toEqual({ assumeRole: { roleArn: "acs:ram::1:role/a" } });
});

test("nothing is made up", () => {
  expect(ess.settingsOf(config({}))).toEqual({});
});
