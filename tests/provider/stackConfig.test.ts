import { settingsOf } from "../../provider/config";
import { ess } from "../../src/clouds/ess/module";

const PULUMI_CONFIG = JSON.stringify({
  "alicloud:region": "cn-shanghai",
  "alicloud:assumeRole": '{"roleArn":"acs:ram::1:role/deploy"}',
  "other:region": "moon",
});

test("the plugin acts as the identity that the stack gives to the bridged provider", () => {
  expect(settingsOf(ess, {}, { PULUMI_CONFIG })).toEqual({
    bridged: { region: "cn-shanghai", assumeRole: { roleArn: "acs:ram::1:role/deploy" } },
  });
});

test("the plugin's own configuration comes before the stack's", () => {
  expect(settingsOf(ess, { alicloudRegion: "cn-beijing" }, { PULUMI_CONFIG })).toMatchObject({ region: "cn-beijing" });
});

test("a plugin that the engine did not start knows no stack", () => {
  expect(settingsOf(ess, {}, {})).toEqual({});
  expect(settingsOf(ess, {}, { PULUMI_CONFIG: "{" })).toEqual({});
});
