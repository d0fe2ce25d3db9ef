import type { Arguments } from "../../src/core/cloud";
import { complete, isCompletionChanged, type Member } from "../../src/pulumi/completion";
import type { Outcome } from "../../src/pulumi/outcome";
import { LifecycleHarness } from "../clouds/lifecycleHarness";

const WAVE = "urn:pulumi:test::project::instance-refresh:index:Completion::web-canary";
const urnOf = (name: string) => `urn:pulumi:test::project::ess:InstanceRefresh::${name}`;

let harness: LifecycleHarness;
let said: string[];
let progress: string[];
let stop: AbortController;

beforeEach(async () => {
  harness = await LifecycleHarness.start("ess");
  [said, progress, stop] = [[], [], new AbortController()];
});
afterEach(() => harness.close());

const waitFor = (members: readonly Member[], before?: readonly Outcome[]) => {
  const say = (kind: string) => (urn: string, line: string) =>
    void said.push(`${urn.split("::").at(-1)} ${kind}: ${line}`);
  const engine = {
    progress: (urn: string, line: string) => void (urn === WAVE && progress.push(line)),
    notice: say("info"),
    warn: say("warning"),
    error: say("error"),
  };
  const host = {
    lifecycleOf: async () => harness.lifecycle,
    settingsOf: () => harness.cloud.settings,
    signal: () => stop.signal,
    engine: () => engine,
  };
  return complete(host, WAVE, { members }, before);
};

/** A refresh of a new group that its resource has started. */
async function started(name: string, image: "second" | "unhealthy" = "second"): Promise<Member> {
  const args: Arguments = await harness.cloud.argumentsFor(await harness.cloud.createGroup(4), image);
  const rollout = { name: "web", startOnly: true };
  const { id } = await harness.lifecycle.create({ ...args, rollout }, { ...harness.call(), urn: urnOf(name) });
  const { scalingGroupId } = args;
  return { urn: urnOf(name), cloud: "ess", id, args: { scalingGroupId, rollout: { name: "web" } } };
}

const asked = () => harness.emulator.requests.length;

test("A wave is over when all of its refreshes are, and says how many that are", async () => {
  const outcomes = await waitFor([await started("one"), await started("two")]);
  expect(outcomes).toEqual([
    { name: "one", id: expect.stringMatching(/^ir-/), status: "Successful", endTime: expect.stringMatching(/Z$/) },
    { name: "two", id: expect.stringMatching(/^ir-/), status: "Successful", endTime: expect.stringMatching(/Z$/) },
  ]);
  expect(progress).toEqual([0, 1, 2].map((ended) => `${ended} of 2 refreshes have ended`));
  expect(said).toEqual([
    expect.stringMatching(/^(one|two) info: .*Successful, 100 %/),
    expect.stringMatching(/^(one|two) info: .*Successful, 100 %/),
  ]);
});

test("Each refresh that ends badly says why on its own row, and the wave fails after the last one", async () => {
  const members = [await started("good"), await started("bad", "unhealthy")];
  await expect(waitFor(members)).rejects.toThrow(
    `1 of 2 refreshes did not succeed: bad (${members[1]?.id}).\nNext: see the error of each`,
  );
  expect(said).toContainEqual(expect.stringMatching(/^bad error: The instance refresh .* failed \(Failed\)/));
  expect(said).toContainEqual(expect.stringMatching(/^good info: /));
  expect(progress.at(-1)).toBe("2 of 2 refreshes have ended, 1 badly");

  harness.newProcess();
  await expect(waitFor(members)).rejects.toThrow("1 of 2 refreshes did not succeed");
  expect(harness.count("StartInstanceRefresh")).toBe(2);
});

test("A killed wait for a wave is repeated, without the refreshes that are known to have ended well", async () => {
  const [one, two] = [await started("one"), await started("two")];
  stop.abort();
  await expect(waitFor([one, two])).rejects.toThrow(
    "Stopped waiting for 2 of 2 refreshes; they go on in the cloud: one (ir-",
  );
  expect(said).toEqual([]);

  stop = new AbortController();
  harness.newProcess();
  const outcomes = await waitFor([one]);
  await waitFor([one, two], outcomes);
  const before = asked();
  expect(await waitFor([one], outcomes)).toEqual(outcomes);
  expect(asked()).toBe(before);
});

test("Nobody waits for what was not started, or is not to be waited for", async () => {
  const none: Member = { urn: urnOf("none"), cloud: "ess", id: "asg-1:none", args: {} };
  const member = await started("unattended");
  const unattended = { ...member, args: { ...member.args, waitForCompletion: false } };
  const before = asked();
  expect(await waitFor([none, unattended])).toEqual([
    { name: "none", id: "asg-1:none", endTime: null },
    { name: "unattended", id: member.id, endTime: null },
  ]);
  expect(asked()).toBe(before);
});

test("The wait for a wave is repeated when one of its refreshes is another one, and not when its state comes from elsewhere", () => {
  const member: Member = { urn: urnOf("one"), cloud: "ess", id: "ir-1", args: {} };
  expect(isCompletionChanged({ members: [member] }, { members: [{ ...member, id: "ir-2" }] })).toBe(true);
  expect(isCompletionChanged({ members: [member], outcomes: [] }, { members: [{ ...member }] })).toBe(false);
});
