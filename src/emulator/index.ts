import type { CapacityCurve } from "../pictures/capacityCurve";
import { createRandom } from "../simulation/random";
import { newestCurve } from "./capacityPicture";
import { type Clock, createClock } from "./clock";
import { createControl } from "./control";
import { exchange } from "./exchange";
import { createFaultInjection, type FaultInjection, type FaultOptions } from "./faultInjection";
import { createGroups, type GroupSpecification } from "./groups";
import { createPage } from "./page/page";
import { createRateLimiter, type RateLimit } from "./rateLimits";
import { createRecorder } from "./recorder";
import type { RecordedRequest } from "./requests";
import { listen } from "./server";
import type { HttpRequest } from "./service";
import { services } from "./services";
import { type Credentials, createWorlds, type World } from "./world";

export type { CapacityCurve } from "../pictures/capacityCurve";
export type { Clock } from "./clock";
export type { Fault, FaultInjection, FaultOptions } from "./faultInjection";
export type { GroupSpecification } from "./groups";
export type { RateLimit } from "./rateLimits";
export type { RecordedRequest } from "./requests";
export type { Credentials, World } from "./world";

export interface EmulatorOptions {
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** Simulated seconds for every real one; 0: time moves by `clock.advance` only. Default: 1. */
  readonly speed?: number | undefined;
  /** The same seed and the same calls give the same history. Default: `instance-refresh`. */
  readonly seed?: string | undefined;
  /** When simulated time begins, in milliseconds since the epoch. Default: now. */
  readonly startTime?: number | undefined;
  /** The region of what names none. Default: `cn-hangzhou`. */
  readonly region?: string | undefined;
  /** Accepted besides the emulator's own: another account's, temporary or expired ones. Default: none. */
  readonly credentials?: readonly Credentials[] | undefined;
  /** Default: none. */
  readonly groups?: readonly GroupSpecification[] | undefined;
  /** Default: none. */
  readonly faults?: readonly FaultOptions[] | undefined;
  /** Default: none. */
  readonly rateLimits?: readonly RateLimit[] | undefined;
}

export interface Emulator {
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly clock: Clock;
  readonly faultInjection: FaultInjection;
  /** Every call of an operation since the start, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** What a region holds, brought to the clock. */
  world(region: string): World;
  /** Remembers from now on how the capacity of every group goes. */
  recordCapacity(): void;
  /** Of the newest refresh of a group, named `service/id`, as far as it was recorded; undefined when there was none. */
  capacityCurve(region: string, group: string): CapacityCurve | undefined;
  close(): Promise<void>;
}

const own: Credentials = { accessKeyId: "emulator-access-key", secretAccessKey: "emulator-secret-key" };

/** Starts both clouds' instance refresh APIs on the loopback interface. */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { seed = "instance-refresh", region = "cn-hangzhou" } = options;
  const monotonic = () => performance.now();
  const clock = createClock(options.startTime ?? Date.now(), options.speed ?? 1, monotonic);
  const worlds = createWorlds({
    seed,
    defaultRegion: region,
    accountId: "123456789012",
    credentials: [own, ...(options.credentials ?? [])],
    now: clock.now,
  });
  const faultInjection = createFaultInjection(createRandom(`faults of ${seed}`));
  faultInjection.add(...(options.faults ?? []));
  createGroups(options.groups ?? [], worlds);
  const requests: RecordedRequest[] = [];
  const isWithinLimits = createRateLimiter(options.rateLimits ?? [], monotonic);
  const parts = { services, worlds, clock, faultInjection, isWithinLimits, requests };
  const control = createControl(parts);
  const recorder = createRecorder(worlds);
  let isRecording = false;
  const page = createPage({ worlds, clock, recorder });
  const answer = (request: HttpRequest) => {
    // A group that a request has made is there before the next one starts a refresh on it.
    if (isRecording) recorder.attach();
    return control(request) ?? exchange(parts, request);
  };
  const { url, close } = await listen(options.port ?? 0, answer, page);
  const { accessKeyId, secretAccessKey } = own;
  return {
    url,
    region,
    accessKeyId,
    secretAccessKey,
    clock,
    faultInjection,
    requests,
    world: worlds.at,
    recordCapacity: () => {
      isRecording = true;
      recorder.attach();
    },
    capacityCurve: (where, key) => {
      const group = worlds.at(where).groups.get(key);
      return group && newestCurve(group, recorder.samplesOf(group), key.slice(key.indexOf("/") + 1));
    },
    close,
  };
}
