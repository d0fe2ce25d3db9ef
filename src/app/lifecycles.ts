/** The lifecycles of this process, one per cloud, over one scheduler. A cloud's room is loaded when it is first asked for. */

import { clockAtSpeed, systemClock } from "../core/clock";
import type { CloudModule } from "../core/cloud";
import { Lifecycle } from "../core/lifecycle/lifecycle";
import { Rollouts } from "../core/lifecycle/rollouts";
import { Scheduler } from "../core/polling/scheduler";

/** Names of the clouds' rooms, which are also the namespaces of the package and the modules of the tokens. */
export type CloudName = "ess" | "autoscaling";

const ROOMS: Record<CloudName, () => Promise<CloudModule>> = {
  ess: async () => (await import("../clouds/ess/module.js")).ess,
  autoscaling: async () => (await import("../clouds/autoscaling/module.js")).autoscaling,
};

/** How fast an emulator's clock runs: who waits for it has to hurry as much. Not set for a real cloud. */
const speed = Number(process.env.INSTANCE_REFRESH_CLOCK_SPEED ?? 1);
export const clock = speed > 0 && speed !== 1 ? clockAtSpeed(speed) : systemClock;
const tools = { scheduler: new Scheduler({ clock }), clock, random: Math.random };
const rollouts = new Rollouts();
const lifecycles = new Map<CloudName, Promise<Lifecycle>>();

export function lifecycleOf(name: CloudName): Promise<Lifecycle> {
  let lifecycle = lifecycles.get(name);
  if (!lifecycle) {
    lifecycle = ROOMS[name]().then((cloud) => new Lifecycle(cloud, tools, rollouts));
    lifecycles.set(name, lifecycle);
  }
  return lifecycle;
}
