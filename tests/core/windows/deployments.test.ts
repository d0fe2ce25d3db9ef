/** What a deployment does inside, outside and at the end of a window, on both clouds. */
import type { Arguments } from "../../../src/core/cloud";
import { failureOf, LifecycleHarness, TEST_CLOUDS } from "../../clouds/lifecycleHarness";

const MINUTE_MS = 60_000;
/** A Saturday evening in Berlin, half an hour before the window. */
const BEFORE = Date.parse("2026-11-28T21:30:00+01:00");
const windows = [{ schedule: "0 22 * * SAT", duration: "4h", timeZone: "Europe/Berlin" }];
const LATER = "The next window that is long enough opens Sat 2026-11-28 22:00 (Europe/Berlin), in 30 min.";

describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let harness: LifecycleHarness;
  let args: Arguments;

  beforeEach(async () => {
    harness = await LifecycleHarness.start(name, 2, { startTime: BEFORE - 24 * 60 * MINUTE_MS });
    harness.emulator.clock.advance(BEFORE - harness.clock.now());
    args = { ...(await harness.cloud.argumentsFor(harness.group, "second")), windows };
  });
  afterEach(() => harness.close());

  const starts = () => harness.count("StartInstanceRefresh");
  const create = (more: Arguments = {}, timeout?: number) =>
    harness.lifecycle.create({ ...args, ...more }, harness.call(timeout));
  const preview = (more: Arguments = {}) =>
    harness.lifecycle.preview({ ...args, ...more }, harness.call(), () => false);

  test("before the window the refresh is held, and the deployment in the window starts it", async () => {
    const why = `No refresh of group ${harness.group} would be started now: no window is open. ${LATER}`;
    const instead = "It will be recorded as held, and the next `pulumi up` tries again, as `outsideWindows` is `hold`.";
    expect((await preview()).startTime).toEqual([`${why} ${instead}`]);
    const held = await create();
    expect(held).toMatchObject({ id: `${harness.group}:none`, properties: { status: "Held" } });
    expect(harness.notices).toEqual([
      `No refresh of group ${harness.group} is started: no window is open. ${LATER} The next \`pulumi up\` tries again`,
    ]);
    expect(starts()).toBe(0);

    harness.emulator.clock.advance(31 * MINUTE_MS);
    harness.newProcess();
    expect((await preview()).startTime).toEqual([
      expect.stringMatching(/^It may start for 3 h 59 min from now, and the refresh may take .* min\.$/),
    ]);
    expect(harness.lifecycle.diff(held, args, harness.urn).replaces).toContain("status");
    expect(await create()).toMatchObject({ properties: { status: "Successful" } });
    expect(starts()).toBe(1);
  });

  test("a deployment may wait for the window, as long as it has time", async () => {
    const { startTime } = await preview({ outsideWindows: "wait" });
    expect(startTime.join()).toContain("The deployment will wait for it");
    expect(await create({ outsideWindows: "wait" })).toMatchObject({ properties: { status: "Successful" } });
    const isStart = ({ operation }: { operation: string }) => operation === "StartInstanceRefresh";
    expect(harness.emulator.requests.find(isStart)?.time).toBeGreaterThanOrEqual(BEFORE + 30 * MINUTE_MS);
    expect(harness.progress[0]).toBe("Waiting until Sat 2026-11-28 21:00 (UTC), 30 min left: no window is open");

    args = { ...args, ...(await harness.cloud.argumentsFor(harness.group, "third")), triggers: [1] };
    harness.emulator.clock.advance(24 * 60 * MINUTE_MS);
    const failure = await failureOf(create({ outsideWindows: "wait" }, 3_600));
    expect(failure).toMatchObject({ code: "outsideWindow" });
    expect(failure.message).toContain("The time to wait, 1 h, is over before that, or less than a minute later.");
  });

  test("a deployment may fail outside of the window", async () => {
    const failure = await failureOf(create({ outsideWindows: "fail" }));
    expect(failure).toMatchObject({ code: "outsideWindow", partialState: undefined });
    expect(failure.message).toContain(LATER);
    expect(starts()).toBe(0);
  });

  test("a refresh that may not end in the window is not started, unless the program allows that", async () => {
    harness.emulator.clock.advance((30 + 4 * 60 - 1) * MINUTE_MS);
    expect(await create()).toMatchObject({ properties: { status: "Held" } });
    expect(harness.notices.join()).toMatch(/the window closes in 1 min, and the refresh may take/);
    expect(await create({ mustFit: false })).toMatchObject({ properties: { status: "Successful" } });
  });

  test("a refresh whose start is throttled until the window has closed is held, and not started after it", async () => {
    harness.emulator.clock.advance((30 + 4 * 60 - 1) * MINUTE_MS);
    harness.emulator.faultInjection.add({
      operations: [`${harness.cloud.service}:StartInstanceRefresh`],
      kind: "Throttling",
    });
    const freed = harness.lifecycle.create({ ...args, mustFit: false }, harness.call());
    expect(await freed).toMatchObject({ properties: { status: "Held" } });
    expect(harness.clock.now()).toBeGreaterThanOrEqual(BEFORE + (30 + 4 * 60) * MINUTE_MS);
    const tried = harness.emulator.requests.filter(({ operation }) => operation === "StartInstanceRefresh");
    expect(tried.length).toBeGreaterThan(1);
    for (const { time } of tried) expect(time).toBeLessThan(BEFORE + (30 + 4 * 60) * MINUTE_MS);
  });

  test("a freeze holds a refresh in an open window, and says why", async () => {
    harness.emulator.clock.advance(60 * MINUTE_MS);
    const freezes = [{ from: "2026-11-28T00:00:00Z", to: "2026-11-30T00:00:00Z", reason: "end of the month" }];
    expect(await create({ freezes })).toMatchObject({ properties: { status: "Held" } });
    expect(harness.notices.join()).toContain(
      "there is a freeze until Mon 2026-11-30 00:00 (UTC): end of the month. The next window that is long enough opens Sat 2026-12-05 22:00",
    );
  });

  test("a refresh that runs already is followed outside of the window", async () => {
    const running = await create({ windows: undefined, waitForCompletion: false });
    harness.newProcess();
    expect(await create()).toMatchObject({ id: running.id, properties: { status: "Successful" } });
    expect(starts()).toBe(1);
  });
});
