import { failureText } from "../../src/cli/failureText";
import { noRegion as noAwsRegion } from "../../src/clouds/autoscaling/errors";
import { noCredentials, noRegion } from "../../src/clouds/ess/errors";
import { RefreshError } from "../../src/core/lifecycle/errors";

test("a failed command says what failed, of what, why, and what to do in its own options", () => {
  expect(failureText(noRegion(), ["status", "--json", "ir-1"])).toBe(
    "status of ir-1 failed: Connect: no region of Alibaba Cloud is set (NoRegion).\nNext: set `--region`, ALIBABA_CLOUD_REGION_ID, or the region of the profile.",
  );
  expect(failureText(noAwsRegion(), ["cancel", "--group", "web", "--cloud", "autoscaling"])).toMatch(
    /^cancel of group web failed: .*\nNext: set `--region`, AWS_REGION, or the region of a profile\.$/s,
  );
  expect(failureText(noCredentials("no source has any"), ["watch", "ir-1"])).toMatch(/`--profile`\.$/);
});

test("an error that was written for programs is told without them", () => {
  const error = new RefreshError({
    code: "tooLate",
    group: "asg-1",
    refreshId: "ir-1",
    what: "It ended.",
    next: "run `pulumi up`.",
  });
  expect(failureText(error, ["cancel", "ir-1", "--region", "cn-beijing", "--no-wait"])).toBe(
    "It ended.\nNext: see how it stands: npx pulumi-instance-refresh status ir-1 --region cn-beijing",
  );
});
