/** The lifecycles of this process, one per cloud, over one scheduler. */

import { cloudModule } from "../clouds";
import { clockAtSpeed, systemClock } from "../core/clock";
import { Lifecycle } from "../core/lifecycle/lifecycle";
import { Rollouts } from "../core/lifecycle/rollouts";
import { Scheduler } from "../core/polling/scheduler";

/** How fast an emulator's clock runs: who waits for it has to hurry as much. Not set for a real cloud. */
const speed = Number(process.env.INSTANCE_REFRESH_CLOCK_SPEED ?? 1);
export const clock = speed > 0 && speed !== 1 ? clockAtSpeed(speed) : systemClock;
const tools = { scheduler: new Scheduler({ clock }), clock, random: Math.random };
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
