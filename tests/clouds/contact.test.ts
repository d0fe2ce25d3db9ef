/** An address that never answers as the API does is given up in bounded time, whatever its calls and pauses take. */
import fc from "fast-check";
import { Contact } from "../../src/clouds/common/contact";

const DEADLINE_MS = 8_500;
const USUAL_MS = 60_000;

/** Tries an address that never answers: how long that took, in all. */
function giveUp(callsTake: readonly number[], pauses: readonly number[]): number {
  let now = 0.25;
  const contact = new Contact(() => now);
  for (let attempt = 0; ; attempt++) {
    const limit = contact.trying(USUAL_MS);
    // Timers take nothing else.
    expect(Number.isInteger(limit)).toBe(true);
    now += Math.min(callsTake[attempt % callsTake.length] as number, limit);
    if (contact.failed() === "final") return now;
    // As `pause` waits: twice as long each time, of which half is at random.
    now += 1_000 * 2 ** attempt * (0.5 + (pauses[attempt % pauses.length] as number) / 2);
  }
}

test("an address that never answered is given up within 8.5 seconds, by the clock", () => {
  const call = fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.constant(USUAL_MS));
  const random = fc.double({ min: 0, max: 1, noNaN: true });
  const several = { minLength: 1, maxLength: 6 };
  fc.assert(
    fc.property(fc.array(call, several), fc.array(random, several), (calls, pauses) => {
      expect(giveUp(calls, pauses)).toBeLessThanOrEqual(DEADLINE_MS);
    }),
    { numRuns: 500, seed: 5 },
  );
});

test("one that is away for a moment is tried again", () => {
  let now = 0;
  const contact = new Contact(() => now);
  contact.trying(USUAL_MS);
  now = 2_000;
  expect(contact.failed()).toBe("passing");
});

test("one that has answered has as long as a call usually has, and stays worth another try", () => {
  let now = 0;
  const contact = new Contact(() => now);
  expect(contact.trying(USUAL_MS)).toBeLessThan(USUAL_MS);
  contact.made();
  now = 3_600_000;
  expect(contact.trying(USUAL_MS)).toBe(USUAL_MS);
  expect(contact.failed()).toBe("passing");
});
