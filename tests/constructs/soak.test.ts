import { soak, soakProvider } from "../../src/pulumi/soak";
import { VirtualClock } from "../virtualClock";

const END = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const inputs = {
  duration: "30m",
  ends: ["2026-01-01T00:00:00Z", "2025-12-31T23:50:00Z", null],
  hold: false,
  __urn: "urn:soak",
};

/** Runs an operation at a time after the wave's end; answers how many minutes it took. */
async function minutesOf(
  operation: "create" | "update",
  afterMinutes: number,
  change: object = {},
  lines: string[] = [],
) {
  const clock = new VirtualClock(END + afterMinutes * MINUTE);
  const provider = soakProvider(clock, (_urn, line) => lines.push(line));
  const news = { ...inputs, ...change };
  await clock.until(
    operation === "create"
      ? provider.create(news)
      : (provider.update as NonNullable<typeof provider.update>)("urn:soak", inputs, news),
  );
  return (clock.now() - END) / MINUTE - afterMinutes;
}

test("A wave soaks from the end of its last refresh, and says how long that still takes", async () => {
  const lines: string[] = [];
  expect(await minutesOf("create", 1, {}, lines)).toBe(29);
  // How the line is repeated, the heartbeat's own test shows.
  expect(lines).toEqual(["Soaking until 2026-01-01T00:30:00.000Z, 29 min left"]);
});

test("A soak that was killed continues, and one that is over takes no time", async () => {
  expect(await minutesOf("create", 20)).toBe(10);
  expect(await minutesOf("create", 31)).toBe(0);
});

test("A cloud whose clock is ahead does not make the soak longer than it was asked to be", async () => {
  expect(await minutesOf("create", -360)).toBe(30);
  expect(await minutesOf("create", -360, { duration: "1d" })).toBe(24 * 60);
});

test("The next rollout of the wave soaks again", async () => {
  expect(await minutesOf("update", 600, { ends: ["2026-01-01T10:00:00Z"] })).toBe(30);
});

test("A wave that replaced no machine is not soaked, nor is one whose successor is not approved", async () => {
  expect(await minutesOf("create", 0, { ends: [null, null] })).toBe(0);
  expect(await minutesOf("create", 0, { hold: true })).toBe(0);
});

test("A finished soak is not repeated until the wave, its time or the approval changes", async () => {
  const provider = soakProvider(new VirtualClock(END), () => {});
  const changes = async (change: object) =>
    (await provider.diff?.("urn:soak", inputs, { ...inputs, ...change }))?.changes;
  expect(await changes({ __provider: "other code" })).toBe(false);
  expect(await changes({ ends: ["2026-01-02T00:00:00Z"] })).toBe(true);
  expect(await changes({ duration: "1h" })).toBe(true);
  expect(await changes({ hold: true })).toBe(true);
});

test("A soak time that is not a duration is refused before anything begins", async () => {
  const provider = soakProvider(new VirtualClock(END), () => {});
  const { failures } = (await provider.check?.({}, { ...inputs, duration: "soon" })) ?? {};
  expect(failures).toEqual([{ property: "duration", reason: expect.stringContaining('`soak` is "soon"') }]);
});

test("A soak that is stopped ends at once, and says what to do", async () => {
  const clock = new VirtualClock(END + 10 * MINUTE);
  const stop = new AbortController();
  const stopped = soak(inputs, { clock, progress: () => {}, signal: stop.signal });
  stop.abort();
  await expect(stopped).rejects.toThrow("Stopped soaking, 20 min before its end.\nNext: run `pulumi up` again");
  expect(clock.now()).toBe(END + 10 * MINUTE);
});
