import { runDifferential } from "./differential";

const GENERATED = 1_500;

test.each(["ess", "autoscaling"] as const)(
  "%s: whatever is thrown at check is accepted or refused with a path, and what it accepts the emulator accepts",
  async (cloud) => {
    const { accepted, disagreements, broken } = await runDifferential(cloud, GENERATED, 7);
    expect([...broken]).toEqual([]);
    expect([...disagreements]).toEqual([]);
    expect(accepted).toBeGreaterThan(GENERATED / 20);
  },
);
