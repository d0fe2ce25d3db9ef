import { createPolicies } from "../../src/emulator/policies";
import { createWorlds, removeGroup } from "../../src/emulator/world";
import { group, hour, unhealthy } from "../simulation/rollout";

test("nothing happens any more in a group that was deleted while its instances kept failing", () => {
  let now = 0;
  const worlds = createWorlds({
    givenRegion: undefined,
    seed: "",
    accountId: "123456789012",
    credentials: [],
    policies: createPolicies(undefined),
    sessionSeconds: 3600,
    now: () => now,
  });
  const world = worlds.at("us-east-1");
  const deleted = group({ configuration: unhealthy, running: false, healthCheckGraceSeconds: 60, clock: world.clock });
  world.groups.set("autoscaling/web", deleted);
  const laterBy = (milliseconds: number) => {
    now += milliseconds;
    worlds.at("us-east-1");
    return deleted.activities.length;
  };
  const before = laterBy(hour);
  expect(laterBy(hour)).toBeGreaterThan(before);
  removeGroup(world, "autoscaling/web");
  expect(world.groups.size).toBe(0);
  const after = deleted.activities.length;
  expect(laterBy(24 * hour)).toBe(after);
  expect(world.clock.due.nextTime()).toBe(Number.POSITIVE_INFINITY);
});
