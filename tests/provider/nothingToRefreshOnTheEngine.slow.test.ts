/** ESS finds nothing to refresh: a new group, one that fills up, an empty one, a configuration edited in place; on the real engine. */
import { PluginStack } from "./pluginStack";

const SIZE = { MinSize: 0, MaxSize: 9 };
const desired = (image: string) => ({ desiredConfigurationImageId: `m-${image}` });

let stack: PluginStack;
afterEach(() => stack.close());

/** A group that was enabled a moment ago: its first instances are being launched. */
async function newGroup(ImageId: string): Promise<string> {
  const { call } = stack.cloud;
  const { ScalingGroupId } = await call("CreateScalingGroup", {
    ...SIZE,
    ScalingGroupName: "new",
    MultiAZPolicy: "PRIORITY",
    DesiredCapacity: 2,
  });
  const made = { ScalingGroupId, ImageId, InstanceType: "ecs.g7.large" };
  const { ScalingConfigurationId } = await call("CreateScalingConfiguration", made);
  await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
  return String(ScalingGroupId);
}

const resize = (ScalingGroupId: string, DesiredCapacity: number) =>
  stack.cloud.call("ModifyScalingGroup", { ScalingGroupId, ...SIZE, DesiredCapacity });

/** Changes what the group's active configuration says, under the same id. */
async function editInPlace(group: string, ImageId: string): Promise<string> {
  const ScalingConfigurationId = await activeConfiguration(group);
  await stack.cloud.call("ModifyScalingConfiguration", { ScalingConfigurationId, ImageId });
  return ScalingConfigurationId;
}

async function activeConfiguration(group: string): Promise<string> {
  const { ScalingGroups } = await stack.cloud.call("DescribeScalingGroups", { "ScalingGroupId.1": group });
  const groups = ScalingGroups as unknown as { ScalingGroupId: string; ActiveScalingConfigurationId: string }[];
  return groups.find(({ ScalingGroupId }) => ScalingGroupId === group)?.ActiveScalingConfigurationId ?? "";
}

/** What the group's machines run, by the emulator's own record: after an edit in place no id tells. */
function images(group: string): string[] {
  const { groups } = stack.emulator.world(stack.cloud.settings.region as string);
  const instances = [...(groups.get(`ess/${group}`)?.instances.values() ?? [])].filter(
    ({ state }) => state !== "Terminating",
  );
  return instances.map(({ configuration }) => String((configuration.details as { imageId?: string }).imageId));
}

test("each situation ends as it should, and a request that could not be fulfilled is made again by each up", async () => {
  stack = await PluginStack.start("ess");
  const { cloud } = stack;
  const [filling, empty, edited] = [await cloud.createGroup(1), await cloud.createGroup(1), stack.group];
  await resize(filling, 0);
  await resize(empty, 0);
  await cloud.pass(3_600_000);
  const fresh = await newGroup("m-second");
  let editedArgs: object = { triggers: ["first"] };
  const declared = new Map<string, () => object>([
    ["fresh", () => ({ scalingGroupId: fresh, ...desired("second") })],
    ["empty", () => ({ scalingGroupId: empty, ...desired("second") })],
    ["edited", () => ({ scalingGroupId: edited, ...editedArgs })],
  ]);
  stack.program = async () => {
    for (const [name, args] of declared) stack.declare(name, args());
  };
  const status = async (name: string) => (await stack.recorded(name))?.outputs.status;

  const first = await stack.up();
  expect(first.failed).toBe(false);
  expect(first.progress.join("\n")).toMatch(
    new RegExp(`Waiting for the instances of group ${fresh}: 0 of 2 in service`),
  );
  expect(await status("fresh")).toBe("Successful");
  expect(first.said).toMatch(new RegExp(`Nothing was refreshed in group ${empty}: it is empty. The next instance`));
  expect(await status("empty")).toBe("NothingRefreshed");
  expect(first.said).toMatch(/No instance of group .* needs to be refreshed.*`skipMatching: false`/);
  expect(await status("edited")).toBe("Successful");
  expect(stack.started).toBe(0);

  await editInPlace(edited, "m-edited");
  editedArgs = { triggers: ["second"] };
  declared.set("filling", () => ({ scalingGroupId: filling, ...desired("second") }));
  await resize(filling, 3);
  const second = await stack.up();
  expect(second.failed).toBe(false);
  expect(second.progress.join("\n")).toMatch(new RegExp(`instances of group ${filling}: 0 of 3 in service`));
  expect(await status("filling")).toBe("Successful");
  expect(images(filling)).toEqual(["m-second", "m-second", "m-second"]);
  expect(second.said).toMatch(/it is empty.*The next `pulumi up` tries again/);
  expect(second.said).toMatch(/found every instance up to date.*set `skipMatching: false`.*tries again/);
  expect(await status("edited")).toBe("NothingRefreshed");
  expect(stack.started).toBe(1);

  await resize(empty, 2);
  await cloud.pass(3_600_000);
  expect(images(empty)).toEqual(["m-first", "m-first"]);
  editedArgs = { ...editedArgs, skipMatching: false };
  expect(await stack.up()).toMatchObject({ failed: false });
  expect([await status("empty"), await status("edited")]).toEqual(["Successful", "Successful"]);
  expect(images(empty)).toEqual(["m-second", "m-second"]);
  expect(new Set(images(edited))).toEqual(new Set(["m-edited"]));
  expect(stack.started).toBe(3);

  expect((await stack.preview()).steps).toEqual(["same", "same", "same", "same"]);
});
