/** What a refresh of ESS that finds nothing to replace comes to: a group that is filling, empty, up to date, or edited in place. */
import { Life } from "../../clouds/life";
import { essClient } from "../../emulator/essClient";

const REGION = "cn-hangzhou";

let life: Life;
beforeEach(async () => {
  life = await Life.begin("ess", 3);
});
afterEach(() => life.end());

const call = (action: string, request: Record<string, unknown>) =>
  essClient(life.emulator, { region: REGION })(action, request);
const resize = (DesiredCapacity: number) =>
  call("ModifyScalingGroup", { ScalingGroupId: life.group, DesiredCapacity, MinSize: 0 });
const said = () => life.notices.join("\n");

test("a group that is filling is waited for, and its instances end on what is asked", async () => {
  await resize(0);
  life.emulator.clock.advance(3_600_000);
  await resize(3);
  const args = { ...(await life.cloud.argumentsFor(life.group, "second")), skipMatching: false };
  const { id, properties } = await life.lifecycle.create(args, life.call());
  expect(properties.status).toBe("Successful");
  expect(id).toMatch(/^ir-/);
  expect(await life.cloud.launches(life.group)).toBe("m-second");
  expect(life.progress).toContainEqual(
    expect.stringMatching(/^Waiting for the instances of group .*: \d of 3 in service$/),
  );
});

test("an empty group that would launch the old image stays a request, and every run tries again", async () => {
  await resize(0);
  life.emulator.clock.advance(3_600_000);
  const args = await life.cloud.argumentsFor(life.group, "second");
  const { id, properties } = await life.lifecycle.create(args, life.call());
  expect(id).toBe(`${life.group}:none`);
  expect(properties.status).toBe("NothingRefreshed");
  expect(said()).toMatch(
    /it is empty. The next instance of the group launches from scaling configuration asc-.*tries again/,
  );
  const lifecycle = life.newProcess();
  expect(lifecycle.diff({ id, properties }, args, life.urn)).toEqual({
    replaces: expect.arrayContaining(["status"]),
    updates: [],
  });
  await resize(2);
  life.emulator.clock.advance(3_600_000);
  const next = await lifecycle.create(args, life.call());
  expect(next.properties.status).toBe("Successful");
  expect(await life.cloud.launches(life.group)).toBe("m-second");
});

test("a group that runs what is desired is a success without a refresh, and says how to replace all the same", async () => {
  const args = await life.cloud.argumentsFor(life.group, "second");
  await life.lifecycle.create({ ...args, skipMatching: false }, life.call());
  const { id, properties } = await life.newProcess().create({ scalingGroupId: life.group }, life.call());
  expect([id, properties.status]).toEqual([`${life.group}:none`, "Successful"]);
  expect(said()).toMatch(/compared by the id of their configuration.*`skipMatching: false`/);
  expect(life.lifecycle.diff({ id, properties }, { scalingGroupId: life.group }, life.urn)).toEqual({
    replaces: [],
    updates: [],
  });
});

test("other triggers after a configuration was edited in place are not taken for done", async () => {
  const args = { scalingGroupId: life.group, triggers: { userData: 1 } };
  const first = await life.lifecycle.create(args, life.call());
  expect(first.properties.status).toBe("Successful");
  const changed = { ...args, triggers: { userData: 2 } };
  expect(life.lifecycle.diff(first, changed, life.urn).replaces).toEqual(["triggers"]);
  const { properties } = await life.lifecycle.create(changed, life.call());
  expect(properties.status).toBe("NothingRefreshed");
  expect(said()).toMatch(/the service found every instance up to date.*`skipMatching: false`/);
});
