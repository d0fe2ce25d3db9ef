/** What a refresh of ESS that finds nothing to replace comes to: a group that is filling, empty, up to date, or edited in place. */
import { LifecycleHarness } from "../../clouds/lifecycleHarness";
import { essClient } from "../../emulator/essClient";

const REGION = "cn-hangzhou";

let harness: LifecycleHarness;
beforeEach(async () => {
  harness = await LifecycleHarness.start("ess", 3);
});
afterEach(() => harness.close());

const call = (action: string, request: Record<string, unknown>) =>
  essClient(harness.emulator, { region: REGION })(action, request);
const resize = (DesiredCapacity: number) =>
  call("ModifyScalingGroup", { ScalingGroupId: harness.group, DesiredCapacity, MinSize: 0 });
const said = () => harness.notices.join("\n");

test("a create waits for a group that is filling, and its instances end on what is asked", async () => {
  await resize(0);
  harness.emulator.clock.advance(3_600_000);
  await resize(3);
  const args = { ...(await harness.cloud.argumentsFor(harness.group, "second")), skipMatching: false };
  const { id, properties } = await harness.lifecycle.create(args, harness.call());
  expect(properties.status).toBe("Successful");
  expect(id).toMatch(/^ir-/);
  expect(await harness.cloud.launches(harness.group)).toBe("m-second");
  expect(harness.progress).toContainEqual(
    expect.stringMatching(/^Waiting for the instances of group .*: \d of 3 in service$/),
  );
});

test("an empty group that would launch the old image stays a request, and every run tries again", async () => {
  await resize(0);
  harness.emulator.clock.advance(3_600_000);
  const args = await harness.cloud.argumentsFor(harness.group, "second");
  const { warnings } = await harness.lifecycle.preview(args, harness.call(), () => false);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^The group is empty: nothing will be refreshed, and its next instance launches from .* asc-/,
    ),
  ]);
  const { id, properties } = await harness.lifecycle.create(args, harness.call());
  expect(id).toBe(`${harness.group}:none`);
  expect(properties.status).toBe("NothingRefreshed");
  expect(said()).toMatch(
    /it is empty. The next instance of the group launches from scaling configuration asc-.*tries again/,
  );
  const lifecycle = harness.newProcess();
  expect(lifecycle.diff({ id, properties }, args, harness.urn)).toEqual({
    replaces: expect.arrayContaining(["status"]),
    updates: [],
  });
  await resize(2);
  harness.emulator.clock.advance(3_600_000);
  const next = await lifecycle.create(args, harness.call());
  expect(next.properties.status).toBe("Successful");
  expect(await harness.cloud.launches(harness.group)).toBe("m-second");
});

test("a group that runs what is desired is a success without a refresh, and says how to replace all the same", async () => {
  const args = await harness.cloud.argumentsFor(harness.group, "second");
  await harness.lifecycle.create({ ...args, skipMatching: false }, harness.call());
  const { id, properties } = await harness.newProcess().create({ scalingGroupId: harness.group }, harness.call());
  expect([id, properties.status]).toEqual([`${harness.group}:none`, "Successful"]);
  expect(said()).toMatch(/compared by the id of their configuration.*`skipMatching: false`/);
  expect(harness.lifecycle.diff({ id, properties }, { scalingGroupId: harness.group }, harness.urn)).toEqual({
    replaces: [],
    updates: [],
  });
});

test.each(["2", "Latest", "Default", undefined])(
  "a group that runs the launch template that is desired, version %s, is a success without a refresh",
  async (version) => {
    const args = {
      scalingGroupId: harness.group,
      desiredConfigurationLaunchTemplateId: "lt-second",
      ...(version ? { desiredConfigurationLaunchTemplateVersion: version } : {}),
    };
    await harness.lifecycle.create({ ...args, skipMatching: false }, harness.call());
    const { id, properties } = await harness.newProcess().create(args, harness.call());
    expect([id, properties.status]).toEqual([`${harness.group}:none`, "Successful"]);
  },
);

test("other triggers after a configuration was edited in place are not taken for done", async () => {
  const args = { scalingGroupId: harness.group, triggers: { userData: 1 } };
  const first = await harness.lifecycle.create(args, harness.call());
  expect(first.properties.status).toBe("Successful");
  const changed = { ...args, triggers: { userData: 2 } };
  expect(harness.lifecycle.diff(first, changed, harness.urn).replaces).toEqual(["triggers"]);
  const { properties } = await harness.lifecycle.create(changed, harness.call());
  expect(properties.status).toBe("NothingRefreshed");
  expect(said()).toMatch(/the service found every instance up to date.*`skipMatching: false`/);
});
