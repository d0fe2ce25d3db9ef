/** Lifecycle hooks of ESS, in the vendor's words. */
import { createEmulator, type Emulator } from "../../src/emulator";
import { type Answer, codeOf } from "./essClient";
import { type EssGroup, essGroup, minute, second } from "./essGroup";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1) });
});
afterEach(() => emulator.close());

const put = async (group: EssGroup, hook: Answer = {}) =>
  (await group.call("CreateLifecycleHook", { ScalingGroupId: group.id, LifecycleTransition: "SCALE_OUT", ...hook }))
    .LifecycleHookId as string;
const describeHooks = async (group: EssGroup) =>
  (await group.call("DescribeLifecycleHooks", { ScalingGroupId: group.id })).LifecycleHooks as Answer[];

/** The instances that hooks hold up, each with its actions. */
async function waiting(group: EssGroup): Promise<Answer[]> {
  const { ScalingActivities } = await group.call("DescribeScalingActivities", {
    ScalingGroupId: group.id,
    StatusCode: "InProgress",
    PageSize: 50,
  });
  const actions = (ScalingActivities as Answer[]).map(async ({ ScalingActivityId }) => {
    return (await group.call("DescribeLifecycleActions", { ScalingActivityId })).LifecycleActions as Answer[];
  });
  return (await Promise.all(actions)).flat();
}

const complete = (group: EssGroup, { LifecycleHookId, LifecycleActionToken }: Answer, LifecycleActionResult?: string) =>
  group.call("CompleteLifecycleAction", {
    LifecycleHookId,
    LifecycleActionToken,
    ...(LifecycleActionResult ? { LifecycleActionResult } : {}),
  });

const states = async (group: EssGroup) => (await group.instances()).map(({ LifecycleState }) => LifecycleState);

test("a hook is created with its defaults, described, modified and deleted", async () => {
  const group = await essGroup(emulator, undefined, { DesiredCapacity: 1 });
  const LifecycleHookId = await put(group);
  expect(LifecycleHookId).toMatch(/^ash-/);
  const described = {
    ScalingGroupId: group.id,
    LifecycleHookId,
    LifecycleHookName: LifecycleHookId,
    LifecycleHookStatus: "Active",
    LifecycleTransition: "SCALE_OUT",
    HeartbeatTimeout: 600,
    DefaultResult: "CONTINUE",
    NotificationArn: expect.stringMatching(/^acs:ess:cn-hangzhou:\d+:null\/null$/),
    NotificationMetadata: "",
  };
  expect(await describeHooks(group)).toEqual([described]);
  await group.call("ModifyLifecycleHook", { LifecycleHookId, LifecycleHookName: "warm", HeartbeatTimeout: 60 });
  const byName = { ScalingGroupId: group.id, LifecycleHookName: "warm" };
  await group.call("ModifyLifecycleHook", { ...byName, DefaultResult: "ABANDON" });
  expect(await describeHooks(group)).toMatchObject([
    { LifecycleHookName: "warm", HeartbeatTimeout: 60, DefaultResult: "ABANDON" },
  ]);
  expect(await codeOf(put(group, { HeartbeatTimeout: 29 }))).toBe("InvalidParameter");

  // What it holds up waits no longer, and its default result counts.
  await group.call("ModifyScalingGroup", { ScalingGroupId: group.id, DesiredCapacity: 2 });
  while ((await waiting(group)).length === 0) emulator.clock.advance(second);
  await group.call("DeleteLifecycleHook", byName);
  expect(await describeHooks(group)).toEqual([]);
  expect(await states(group)).toEqual(["InService", "Removing", "Pending"]);
  expect(await codeOf(group.call("DeleteLifecycleHook", byName))).toBe("InvalidLifecycleHookName.NotExist");
});

test("a group has six hooks at most, each with a name of its own", async () => {
  const hooks = Array.from({ length: 5 }, (_, index) => {
    return { LifecycleHookName: `hook-${index}`, LifecycleTransition: "SCALE_IN" };
  });
  const group = await essGroup(emulator, undefined, { DesiredCapacity: 0, LifecycleHooks: hooks });
  expect(await codeOf(put(group, { LifecycleHookName: "hook-0" }))).toBe("InvalidLifecycleHookName.Duplicate");
  const id = await put(group);
  expect(await describeHooks(group)).toHaveLength(6);
  expect(await codeOf(put(group))).toBe("QuotaExceeded.LifecycleHook");
  const none = { LifecycleHookId: "ash-none", LifecycleActionToken: "none" };
  expect(await codeOf(complete(group, none))).toBe("InvalidLifecycleHookId.NotExist");
  expect(await codeOf(complete(group, { ...none, LifecycleHookId: id }))).toBe(
    "LifecycleHookIdAndLifecycleActionToken.Invalid",
  );
});

test("a launch of a refresh waits for its hook, and goes on when somebody completes it", async () => {
  const group = await essGroup(emulator, undefined, { DesiredCapacity: 1 });
  const LifecycleHookId = await put(group, { HeartbeatTimeout: 600 });
  await group.start();
  while ((await waiting(group)).length === 0) emulator.clock.advance(second);
  expect(await states(group)).toContain("Pending:Wait");
  const [action = {}] = await waiting(group);
  expect(action).toMatchObject({
    LifecycleHookId,
    LifecycleActionStatus: "Pending",
    LifecycleActionResult: "CONTINUE",
  });
  emulator.clock.advance(9 * minute);
  const token = { lifecycleHookId: LifecycleHookId, lifecycleActionToken: action.LifecycleActionToken };
  await group.call("RecordLifecycleActionHeartbeat", { ...token, heartbeatTimeout: 1200 });
  emulator.clock.advance(19 * minute);
  expect(await states(group)).toContain("Pending:Wait");
  expect(await group.task()).toMatchObject({ Status: "InProgress", FinishedUpdateCapacity: 0 });
  await complete(group, action);
  emulator.clock.advance(minute);
  expect(await group.task()).toMatchObject({ Status: "Successful" });
  expect(await waiting(group)).toEqual([]);
});

test("a launch goes on by itself when the time of its hook is over, and an inactive hook holds up nothing", async () => {
  const group = await essGroup(emulator, undefined, { DesiredCapacity: 1 });
  const LifecycleHookId = await put(group, { HeartbeatTimeout: 300 });
  await group.start();
  emulator.clock.advance(4 * minute);
  expect(await states(group)).toContain("Pending:Wait");
  emulator.clock.advance(4 * minute);
  expect(await group.task()).toMatchObject({ Status: "Successful" });
  await group.call("ModifyLifecycleHook", { LifecycleHookId, LifecycleHookStatus: "InActive" });
  await group.start({ DesiredConfiguration: { ImageId: "m-3" } });
  emulator.clock.advance(4 * minute);
  expect(await group.task()).toMatchObject({ Status: "Successful" });
});

test("a launch that is abandoned is released, and another is launched", async () => {
  const group = await essGroup(emulator, undefined, { DesiredCapacity: 1 });
  await put(group);
  await group.start();
  for (const result of ["ABANDON", "ROLLBACK"]) {
    while ((await waiting(group)).length === 0) emulator.clock.advance(second);
    const [action = {}] = await waiting(group);
    await complete(group, action, result);
    expect(await waiting(group)).toEqual([]);
  }
  while ((await waiting(group)).length === 0) emulator.clock.advance(second);
  await complete(group, (await waiting(group))[0] ?? {});
  emulator.clock.advance(minute);
  expect(await group.task()).toMatchObject({ Status: "Successful" });
});

test("of several hooks of a launch the last decides, and ABANDON ends all of a release", async () => {
  const group = await essGroup(emulator, undefined, { DesiredCapacity: 1 });
  const [one, two] = [await put(group), await put(group)];
  await group.call("ModifyScalingGroup", { ScalingGroupId: group.id, DesiredCapacity: 2 });
  while ((await waiting(group)).length === 0) emulator.clock.advance(second);
  const actionOf = async (hook: string) => (await waiting(group)).find((each) => each.LifecycleHookId === hook) ?? {};
  await complete(group, await actionOf(one), "ABANDON");
  expect(await states(group)).toEqual(["InService", "Pending:Wait"]);
  await complete(group, await actionOf(two), "CONTINUE");
  expect(await states(group)).toEqual(["InService", "InService"]);

  for (const each of [one, two])
    await group.call("ModifyLifecycleHook", { LifecycleHookId: each, LifecycleTransition: "SCALE_IN" });
  await group.call("ModifyScalingGroup", { ScalingGroupId: group.id, DesiredCapacity: 1 });
  emulator.clock.advance(second);
  expect(await waiting(group)).toHaveLength(2);
  expect(await codeOf(complete(group, await actionOf(one), "ROLLBACK"))).toBe("InvalidParameter");
  await complete(group, await actionOf(one), "ABANDON");
  expect(await waiting(group)).toEqual([]);
  emulator.clock.advance(minute);
  expect(await states(group)).toEqual(["InService"]);
});
