import { advance } from "../simulation/advance";
import type { SharedClock } from "../simulation/createGroup";
import { createEventQueue } from "../simulation/eventQueue";
import type { Group } from "../simulation/model";
import { createRandom, type Random } from "../simulation/random";
import type { Deviation } from "./deviation";
import type { Policies } from "./policies";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Requests must have it when it is set. */
  readonly securityToken?: string | undefined;
  /** Requests are refused as by an expired token. Default: false. */
  readonly expired?: boolean | undefined;
}

/** A region: nothing in it is seen from another. */
export interface World {
  readonly region: string;
  readonly accountId: string;
  readonly credentials: readonly Credentials[];
  readonly policies: Policies;
  /** For how long the keys hold that a metadata service gives out. */
  readonly sessionSeconds: number;
  /** What the emulator does wrong on purpose; undefined: nothing. */
  readonly deviation: Deviation | undefined;
  /** Ids of what is made in this region are drawn from here. */
  readonly random: Random;
  /** The groups of all services, keyed by `service/id`. */
  readonly groups: Map<string, Group>;
  /** Simulated time, in milliseconds since the epoch. */
  now(): number;
  /** The clock of its groups: it stands still while a request is answered. */
  readonly clock: SharedClock;
  /** What else a service keeps in this region, created when first asked for. */
  part<T>(name: string, create: () => T): T;
}

export interface WorldOptions {
  /** The region of what names none, where one was given. */
  readonly givenRegion: string | undefined;
  readonly seed: string;
  readonly accountId: string;
  readonly credentials: readonly Credentials[];
  readonly policies: Policies;
  /** For how long the keys hold that a metadata service gives out. */
  readonly sessionSeconds: number;
  readonly deviation?: Deviation | undefined;
  now(): number;
}

/** Where what names no region is, where the emulator was given none. */
export const usualRegions = { ess: "cn-hangzhou", aws: "us-east-1" } as const;

/** Regions, created when they are first asked for. */
export interface Worlds {
  /** The region of what names none: the one that was given, else the usual one of its cloud. */
  regionFor(usual: string): string;
  /** The region, with every group of it brought to the clock. */
  at(region: string): World;
  all(): readonly World[];
  /** The region that has a group, by the group's key. */
  withGroup(key: string): World | undefined;
}

export function createWorlds(options: WorldOptions): Worlds {
  const worlds = new Map<string, World>();
  const current = (world: World) => {
    const { clock } = world;
    clock.time = Math.max(clock.time, world.now());
    while (clock.due.nextTime() <= clock.time) advance(clock.due.take() as Group, clock.time);
    return world;
  };
  return {
    regionFor: (usual) => options.givenRegion ?? usual,
    at: (region) => {
      const world = worlds.get(region) ?? createWorld(region, options);
      worlds.set(region, world);
      return current(world);
    },
    all: () => [...worlds.values()].map(current),
    withGroup: (key) => [...worlds.values()].find((world) => world.groups.has(key)),
  };
}

/** Takes a group out of its region. Nothing happens in it any more, whatever was still to come. */
export function removeGroup({ groups }: World, key: string): void {
  groups.get(key)?.engine.events.clear();
  groups.delete(key);
}

function createWorld(
  region: string,
  { seed, accountId, credentials, policies, sessionSeconds, deviation, now }: WorldOptions,
): World {
  const parts = new Map<string, unknown>();
  return {
    region,
    accountId,
    credentials,
    policies,
    sessionSeconds,
    deviation,
    now,
    clock: { time: now(), due: createEventQueue() },
    random: createRandom(`${seed}/${region}`),
    groups: new Map(),
    part: <T>(name: string, create: () => T) => {
      if (!parts.has(name)) parts.set(name, create());
      return parts.get(name) as T;
    },
  };
}
