/** Whatever names a rollback is checked against what the group has saved: at check, at preview, and before the start. */
import type { Arguments } from "../../../src/core/cloud";
import { failureOf, LifecycleHarness } from "../../clouds/lifecycleHarness";

type CloudName = "ess" | "autoscaling";

/** Every argument that names a rollback, as it is set, by its path. */
const COMMON: Readonly<Record<string, Arguments>> = {
  status: { status: "RollbackSuccessful" },
  onTimeout: { onTimeout: "rollback" },
  onDelete: { onDelete: "rollback" },
  "rollout.onFailure": { rollout: { name: "waves", onFailure: "rollback" } },
};
const NAMES: Readonly<Record<CloudName, Readonly<Record<string, Arguments>>>> = {
  ess: COMMON,
  autoscaling: { ...COMMON, "preferences.autoRollback": { preferences: { autoRollback: true } } },
};
const CASES = (Object.keys(NAMES) as CloudName[]).map((cloud) => [cloud, Object.entries(NAMES[cloud])] as const);

let harness: LifecycleHarness;
afterEach(() => harness.close());

const isKnown = () => false;
const failuresOf = (args: Arguments) => harness.lifecycle.check(args).failures.map(({ property }) => property);
const warned = async (args: Arguments) =>
  (await harness.lifecycle.preview(args, harness.call(), isKnown)).warnings.join("\n");

/** The launch template that the group has saved from now on: a version, or another image of its newest one. */
async function save(version: string, image?: string): Promise<void> {
  const { cloud, group: AutoScalingGroupName } = harness;
  const LaunchTemplateName = AutoScalingGroupName;
  if (image)
    await cloud.call("CreateLaunchTemplateVersion", { LaunchTemplateName, "LaunchTemplateData.ImageId": image });
  const prefix = "LaunchTemplate.";
  const template = { [`${prefix}LaunchTemplateName`]: LaunchTemplateName, [`${prefix}Version`]: version };
  await cloud.call("UpdateAutoScalingGroup", { AutoScalingGroupName, ...template });
}

describe.each(CASES)("%s", (name, asking) => {
  beforeEach(async () => {
    harness = await LifecycleHarness.start(name);
  });

  test("a rollback to what is rolled out is warned of, whatever names it", async () => {
    const args = await harness.cloud.argumentsFor(harness.group, "first");
    const different = await harness.cloud.argumentsFor(harness.group, "second");
    for (const [path, asked] of asking) {
      const line = new RegExp(`so that \`${path.replaceAll(".", "\\.")}\` can only return to the same`);
      expect(await warned({ ...args, ...asked })).toMatch(line);
      expect(await warned({ ...different, ...asked })).not.toMatch(line);
    }
    expect(await warned(args)).not.toMatch(/can only return/);
  });

  test("a rollback without a desired configuration is refused or warned of, whatever names it", async () => {
    const args = { [harness.cloud.cloud.groupArgument]: harness.group };
    for (const [path, asked] of asking) {
      if (name === "autoscaling") expect(failuresOf({ ...args, ...asked })).toEqual([path]);
      else expect(await warned({ ...args, ...asked })).toContain(`\`${path}\` can only return to the same`);
    }
  });
});

test("ess: a rollback of a version that floats is refused, whatever names it", async () => {
  harness = await LifecycleHarness.start("ess");
  const template = {
    scalingGroupId: harness.group,
    desiredConfigurationLaunchTemplateId: "lt-1",
    desiredConfigurationLaunchTemplateVersion: "Latest",
  };
  for (const [path, asked] of Object.entries(COMMON)) expect(failuresOf({ ...template, ...asked })).toEqual([path]);
});

test.each([
  ["a version that floats", "$Latest", undefined],
  ["an image that is a parameter of Systems Manager", "2", "resolve:ssm:/web"],
])(
  "autoscaling: a rollback to %s is refused before the start and at preview, whatever names it",
  async (_, version, image) => {
    harness = await LifecycleHarness.start("autoscaling");
    await save(version, image);
    const args = await harness.cloud.argumentsFor(harness.group, "third");
    for (const [path, asked] of Object.entries(NAMES.autoscaling)) {
      const inputs = { ...args, ...asked };
      expect(await warned(inputs)).toMatch(new RegExp(`would be refused: \`${path}\``));
      if (path === "status") continue;
      const { message } = await failureOf(harness.lifecycle.create(inputs, harness.call()));
      expect(message).toMatch(new RegExp(`was not started:\\s+- \`${path}\``));
    }
    expect(harness.count("StartInstanceRefresh")).toBe(0);
  },
);
