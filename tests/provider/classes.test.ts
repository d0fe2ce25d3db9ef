import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { ess, Provider } from "../../src/plugin";

const ROOT = resolve(__dirname, "../..");

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call: ({ inputs }) => inputs,
  }),
);

const args = { scalingGroupId: "asg-1", desiredConfigurationImageId: "m-2" };

it("takes a provider of its own, and refuses one of another package, to whose plugin the refresh would be sent", () => {
  const provider = new Provider("beijing", { alicloudRegion: "cn-beijing" });
  expect(() => new ess.InstanceRefresh("web", args, { provider })).not.toThrow();
  const foreign = new alicloud.Provider("foreign", { region: "cn-beijing" });
  expect(() => new ess.InstanceRefresh("web", args, { provider: foreign })).toThrow(
    "takes a `Provider` of pulumi-instance-refresh/plugin, not one of alicloud",
  );
});

it.each(["src/plugin.ts", "provider/server.ts"])("%s is loaded without zod, and without a cloud's SDK", (file) => {
  const script = `require("./${file}"); console.log(Object.keys(require.cache).join("\\n"))`;
  const loaded = execFileSync(process.execPath, ["-r", "./tools/typescript.cjs", "-e", script], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(loaded).toContain(file);
  expect(loaded).not.toMatch(/node_modules\/(zod|@aws-sdk|@smithy|@alicloud|@darabonba|aws4|fast-xml-parser)\//);
});
