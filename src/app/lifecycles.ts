/** The lifecycles of this process, one per cloud, over one scheduler. */

import { cloudModule } from "../clouds";
import { processClock as clock } from "../core/clock";
import { Lifecycle } from "../core/lifecycle/lifecycle";
import { Rollouts } from "../core/lifecycle/rollouts";
import { Scheduler } from "../core/polling/scheduler";
import { measure } from "./checks/measure";
import { longestSeconds } from "./longestSeconds";

/** For tests: the speed of the clock before the first answer of an emulator. */
const speed = Number(process.env.INSTANCE_REFRESH_CLOCK_SPEED ?? 1);
if (speed > 0) clock.setSpeed(speed);
const tools = { scheduler: new Scheduler({ clock }), clock, random: Math.random, longestSeconds, measure };
const rollouts = new Rollouts();
const lifecycles = new Map<string, Promise<Lifecycle>>();

export function lifecycleOf(key: string): Promise<Lifecycle> {
  let lifecycle = lifecycles.get(key);
  if (!lifecycle) {
    lifecycle = cloudModule(key).then((cloud) => new Lifecycle(cloud, tools, rollouts));
    lifecycles.set(key, lifecycle);
  }
  return lifecycle;
}
