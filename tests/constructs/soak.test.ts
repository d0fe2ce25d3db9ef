import { soakHooks } from "../../src/pulumi/soak";
import { VirtualClock } from "../virtualClock";

const END = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const inputs = {
  duration: "30m",
  ends: ["2026-01-01T00:00:00Z", "2025-12-31T23:50:00Z", null],
  hold: false,
  __urn: "urn:soak",
};

/** Runs a hook at a time after the wave's end; answers how many minutes it took. */
async function minutesOf(hook: "create" | "update", afterMinutes: number, change: object = {}, lines: string[] = []) {
  const clock = new VirtualClock(END + afterMinutes * MINUTE);
  const hooks = soakHooks(clock, (_urn, line) => lines.push(line));
  const news = { ...inputs, ...change };
  await clock.until(
    hook === "create"
      ? hooks.create(news)
      : (hooks.update as NonNullable<typeof hooks.update>)("urn:soak", inputs, news),
  );
  return (clock.now() - END) / MINUTE - afterMinutes;
}

test("A wave soaks from the end of its last refresh, and says how long that still takes", async () => {
  const lines: string[] = [];
  expect(await minutesOf("create", 1, {}, lines)).toBe(29);
  expect(lines[0]).toBe("Soaking until 2026-01-01T00:30:00.000Z, 29 min left");
  expect(lines.at(-1)).toMatch(/ 1 min left$/);
});

test("A soak that was killed goes on where it was, and one that is over takes no time", async () => {
  expect(await minutesOf("create", 20)).toBe(10);
  expect(await minutesOf("create", 31)).toBe(0);
});

test("The next rollout of the wave soaks again", async () => {
  expect(await minutesOf("update", 600, { ends: ["2026-01-01T10:00:00Z"] })).toBe(30);
});

test("A wave that replaced no machine is not soaked, nor one that nobody waits for", async () => {
  expect(await minutesOf("create", 0, { ends: [null, null] })).toBe(0);
  expect(await minutesOf("create", 0, { hold: true })).toBe(0);
});

test("What was soaked stays so until the wave, its time or the approval changes", async () => {
  const hooks = soakHooks(new VirtualClock(END), () => {});
  const changes = async (change: object) => (await hooks.diff?.("urn:soak", inputs, { ...inputs, ...change }))?.changes;
  expect(await changes({ __provider: "other code" })).toBe(false);
  expect(await changes({ ends: ["2026-01-02T00:00:00Z"] })).toBe(true);
  expect(await changes({ duration: "1h" })).toBe(true);
  expect(await changes({ hold: true })).toBe(true);
});

test("A soak time that is no duration is refused before anything begins", async () => {
  const hooks = soakHooks(new VirtualClock(END), () => {});
  const { failures } = (await hooks.check?.({}, { ...inputs, duration: "soon" })) ?? {};
  expect(failures).toEqual([{ property: "duration", reason: expect.stringContaining('`soak` is "soon"') }]);
});
