/** Refreshes of the groups of `worlds.ts`, as both clouds would tell of them. Three in ten meet with something. */
import type { PolledStatus } from "../src/core/polling/source";
import { createRandom } from "../src/simulation/random";
import type { Cloud, Event, Played } from "./refreshes";
import { type Change, statusAt } from "./timeline";
import { drawCase, type Step, type World, worlds } from "./worlds";

/** Both clouds fail a refresh that nothing was replaced in for an hour. */
const HELD_UP_SECONDS = 3_600;

const EVENTS: readonly (readonly [number, Event])[] = [
  [0.16, "some launches unhealthy"],
  [0.2, "alarm"],
  [0.25, "cancelled"],
  [0.3, "rolled back"],
];

/** @param of a random one when not given */
export function playInWorld(seed: string, given?: Cloud, of?: World): Played {
  const { fraction: random, integer } = createRandom(seed);
  const drawn = worlds[integer(0, worlds.length - 1)] as World;
  const world = of ?? drawn;
  const cloud = given ?? (random() < 0.5 ? "ess" : "autoscaling");
  const { steps, seconds, refresh, snapshot } = drawCase(world, 0, random, cloud);
  const size = snapshot.instances.length;
  const drawnEvent = random();
  const event = EVENTS.find(([upTo]) => drawnEvent < upTo)?.[1] ?? "nothing";
  const bake = cloud === "autoscaling" && random() < 0.2 ? 300 * integer(1, 6) : 0;
  const told = (status: string, updated: number, ended = false): PolledStatus =>
    cloud === "ess"
      ? { ended, status, fraction: updated / size }
      : {
          ended,
          status,
          ...(status.startsWith("Rollback") ? {} : { fraction: Math.floor((100 * updated) / size) / 100 }),
        };
  const changes: Change[] = [];
  const tell = (at: number, status: PolledStatus) => changes.push({ time: at * 1000, status });
  const eventAt = event === "nothing" ? Number.POSITIVE_INFINITY : random() * (seconds + bake);
  for (const step of steps.filter((each) => each.seconds <= eventAt)) {
    tell(step.seconds, told("InProgress", step.updated));
  }
  if (bake > 0 && seconds <= eventAt) tell(seconds, { ...told("Baking", size), pauseMilliseconds: bake * 1000 });
  const conclude = 10 * random();
  const updated = (steps.filter((each) => each.seconds <= eventAt).at(-1) as Step).updated;
  let duration = seconds + bake + conclude;
  if (event === "cancelled") duration = eventAt + cancel(eventAt, updated);
  else if (event === "rolled back" || (event === "alarm" && random() < 0.5)) duration = goBack(eventAt, updated);
  else if (event === "alarm") duration = eventAt;
  else if (event === "some launches unhealthy") duration = heldUp(eventAt);
  tell(duration, told(event === "nothing" ? "Successful" : "Failed", updated, true));
  return {
    id: `ir-${seed}`,
    cloud,
    event,
    checkpoints: refresh.preferences.checkpoints !== undefined,
    capacity: size,
    duration: duration * 1000,
    at: (elapsed) => statusAt(changes, elapsed),
  };

  /** What has begun is finished first; rarely is nothing under way. */
  function cancel(at: number, done: number): number {
    tell(at, told("Cancelling", done));
    return 60 * random();
  }

  /** The rollback replaces what was replaced, at the pace of a refresh that is as long as this one was. */
  function goBack(at: number, done: number): number {
    const pace = 0.7 + 0.6 * random();
    tell(at, told("RollbackInProgress", done));
    for (const step of steps.filter((each) => each.updated > 0 && each.updated <= done)) {
      tell(at + step.seconds * pace, told("RollbackInProgress", done - step.updated));
    }
    return (changes.at(-1)?.time ?? 0) / 1000 + 2 + conclude;
  }

  /** The hour counts from the first launch that was found unhealthy. */
  function heldUp(at: number): number {
    const wave = (steps[1]?.seconds ?? 60) * (0.2 + random());
    if (random() < 0.5) tell(at + wave, { ...told("InProgress", updated), reason: "unhealthy" });
    return at + wave + HELD_UP_SECONDS;
  }
}
