import { createEventQueue, type EventQueue } from "./eventQueue";
import { addInstance, launch, newInstance, type RunningInstance } from "./instances";
import type { Configuration, Group, LifecycleHook, ModelEvent, WarmPool } from "./model";
import { createRandom } from "./random";
import type { Rules } from "./rules";

/** The clock of many groups: only those in which something happens need to be advanced to its time. */
export interface SharedClock {
  /** Milliseconds since the epoch. */
  time: number;
  /** The groups, by when something may happen in them. */
  readonly due: EventQueue<Group>;
}

export interface GroupOptions {
  readonly id: string;
  readonly rules: Rules;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The same seed and the same calls give the same history. */
  readonly seed: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly configuration?: Configuration | undefined;
  /** Default: 0. */
  readonly warmupSeconds?: number | undefined;
  /** Default: 60. */
  readonly healthCheckGraceSeconds?: number | undefined;
  /** Instances that are already in service. Default: none. */
  readonly instances?: readonly RunningInstance[] | undefined;
  /** Whether the desired capacity is in service at once, and not launched. Default: false. */
  readonly running?: boolean | undefined;
  /** Default: `i-`. */
  readonly instanceIdPrefix?: string | undefined;
  /** Whether launched instances are protected from scale in. Default: false. */
  readonly protectsNewInstances?: boolean | undefined;
  /** Default: 0. */
  readonly drainSeconds?: number | undefined;
  /** Default: none. */
  readonly hooks?: readonly LifecycleHook[] | undefined;
  /** With the configurations of the instances that it holds. Default: none. */
  readonly warmPool?: WarmPoolOptions | undefined;
  /** Default: true. */
  readonly recordActivities?: boolean | undefined;
  /** Default: the group keeps its own time. */
  readonly clock?: SharedClock | undefined;
}

interface WarmPoolOptions extends Pick<WarmPool, "minSize" | "maxPreparedCapacity"> {
  readonly instances: readonly Configuration[];
}

export function createGroup(options: GroupOptions): Group {
  const { clock } = options;
  let ownTime = options.now;
  const events = createEventQueue<ModelEvent>();
  const add = (time: number, event: ModelEvent) => {
    events.add(time, event);
    clock?.due.add(time, group);
  };
  const group: Group = {
    id: options.id,
    rules: options.rules,
    get now() {
      return clock && !this.engine.isAdvancing && clock.time > ownTime ? clock.time : ownTime;
    },
    set now(time) {
      ownTime = time;
    },
    minSize: options.minSize,
    maxSize: options.maxSize,
    desiredCapacity: options.desiredCapacity,
    configuration: options.configuration,
    warmupSeconds: options.warmupSeconds ?? 0,
    healthCheckGraceSeconds: options.healthCheckGraceSeconds ?? 60,
    instances: new Map(),
    refreshes: [],
    activities: [],
    forgottenActivities: 0,
    alarms: new Map(),
    unhealthyLaunches: undefined,
    failingLaunches: undefined,
    suspended: new Set(),
    hooks: new Map((options.hooks ?? []).map((hook) => [hook.name, hook])),
    warmPool: undefined,
    protectsNewInstances: options.protectsNewInstances ?? false,
    drainSeconds: options.drainSeconds ?? 0,
    observe: undefined,
    engine: {
      random: createRandom(options.seed),
      activityIds: createRandom(`${options.seed}: activities`),
      events: { ...events, add },
      isAdvancing: false,
      instanceIdPrefix: options.instanceIdPrefix ?? "i-",
      recordActivities: options.recordActivities ?? true,
      openActivities: new Map(),
      units: { live: 0, inService: 0, ready: 0, warming: 0, outdated: 0, outdatedInService: 0 },
      transitioning: 0,
      untrimmable: undefined,
      run: undefined,
      unhealthy: 0,
      noLaunchBefore: Number.NEGATIVE_INFINITY,
    },
  };
  for (const instance of options.instances ?? []) addInstance(group, instance);
  if (options.warmPool) group.warmPool = newWarmPool(group, options.warmPool);
  if (!group.configuration) return group;
  while (group.engine.units.live < group.desiredCapacity) {
    if (options.running) addInstance(group, { configuration: group.configuration });
    else if (!launch(group, group.configuration, { kind: "Created" })) break;
  }
  return group;
}

function newWarmPool(group: Group, { minSize, maxPreparedCapacity, instances }: WarmPoolOptions): WarmPool {
  const held = instances.map((configuration) => {
    const type = configuration.instanceTypes[0];
    const instance = newInstance(group, configuration, "Warmed", { type });
    return [instance.id, instance] as const;
  });
  return { minSize, maxPreparedCapacity, state: "Stopped", deleting: false, instances: new Map(held) };
}
