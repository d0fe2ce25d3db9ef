import { ess } from "../../src/pulumi/dynamicProvider";

it("the dynamic host does not let the engine print the value of what is wrong, which may be a secret", async () => {
  const inputs = { scalingGroupId: "asg-1", desiredConfigurationImageId: "m-2", triggers: "hush", onDelete: "explode" };
  const { failures = [] } = (await ess.check?.({}, inputs)) ?? {};
  expect(failures.map(({ property }) => property)).toEqual(["", ""]);
  expect(JSON.stringify(failures)).not.toContain("hush");
  expect(JSON.stringify(failures)).toContain("`triggers` is not acceptable");
});
