import "../requireNode";
import type { EventsOptions } from "../dashboard/events";
import { createHostCheck } from "../dashboard/hosts";
import { createPage, type ServePage } from "../dashboard/page";
import type { CapacityCurve } from "../pictures/capacityCurve";
import { createRandom } from "../simulation/random";
import { newestCurve } from "./capacityPicture";
import { type Clock, createClock } from "./clock";
import { createControl } from "./control";
import { emulatorSource } from "./dashboardSource";
import type { Deviation } from "./deviation";
import { exchange } from "./exchange";
import { createFaultInjection, type FaultInjection, type FaultOptions } from "./faultInjection";
import { createGroups, type GroupSpecification } from "./groups";
import { metadataAddresses } from "./hosts";
import { createPolicies, type PolicyOptions } from "./policies";
import { createRateLimiter, type RateLimit } from "./rateLimits";
import { createRecorder } from "./recorder";
import { createRequestHistory, type RecordedRequest } from "./requests";
import { listen } from "./server";
import { services } from "./services";
import { type Credentials, createWorlds, usualRegions, type World } from "./world";

export type { CapacityCurve } from "../pictures/capacityCurve";
export type { Clock } from "./clock";
export type { Fault, FaultInjection, FaultOptions } from "./faultInjection";
export type { GroupSpecification } from "./groups";
export type { PolicyOptions } from "./policies";
export type { RateLimit } from "./rateLimits";
export type { RecordedRequest } from "./requests";
export type { Credentials } from "./world";

export interface EmulatorOptions {
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** Further names that requests may be addressed to; those of the loopback interface always are. Default: none. */
  readonly hosts?: readonly string[] | undefined;
  /** Simulated seconds for every real one, up to 1,000,000; 0: time moves by `clock.advance` only. Default: 1. */
  readonly speed?: number | undefined;
  /** The same seed and the same calls give the same history. Default: `instance-refresh`. */
  readonly seed?: string | undefined;
  /** When simulated time begins, in milliseconds since the epoch. Default: now. */
  readonly startTime?: number | undefined;
  /** The region of what names none. Default: `cn-hangzhou` for ESS, `us-east-1` for AWS. */
  readonly region?: string | undefined;
  /** Accepted besides the emulator's own: another account's, temporary or expired ones. Default: none. */
  readonly credentials?: readonly Credentials[] | undefined;
  /** For how many simulated seconds the keys of a metadata service or a credentials URI hold. Default: 3600. */
  readonly sessionSeconds?: number | undefined;
  /** With a key and a certificate it is served over HTTPS as well, at `secureUrl`. Default: it is not. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Default: none. */
  readonly groups?: readonly GroupSpecification[] | undefined;
  /** Default: none. */
  readonly faults?: readonly FaultOptions[] | undefined;
  /** What access keys and roles may do; one that is not named may do everything. Default: none. */
  readonly policies?: PolicyOptions | undefined;
  /** Default: none. */
  readonly rateLimits?: readonly RateLimit[] | undefined;
  /**
   * In what the emulator is to be wrong: tests of what compares it with a real account ask for it.
   * @internal
   */
  readonly deviation?: Deviation | undefined;
  /** Is told of bugs of the emulator, which it answers as internal errors. Default: prints them on standard error. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface Emulator {
  readonly url: string;
  /** Undefined without `tls`. */
  readonly secureUrl: string | undefined;
  /** The region of what names none, of ESS. */
  readonly region: string;
  /** The region of what names none, of AWS: the same where one was given. */
  readonly awsRegion: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly clock: Clock;
  readonly faultInjection: FaultInjection;
  /** The last 100,000 calls of operations, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /**
   * What a region holds, brought to the clock.
   * @internal
   */
  world(region: string): World;
  /** Remembers from now on how the capacity of every group goes. */
  recordCapacity(): void;
  /** Of the newest refresh of a group, named `service/id`, as far as it was recorded; undefined when there was none. */
  capacityCurve(region: string, group: string): CapacityCurve | undefined;
  close(): Promise<void>;
}

/** Of a simulated clock, which may be fast. */
const PAGE_INTERVAL_MS = 250;

const own: Credentials = { accessKeyId: "emulator-access-key", secretAccessKey: "emulator-secret-key" };

/** Starts both clouds' instance refresh APIs on the loopback interface. */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { seed = "instance-refresh", onError = printError } = options;
  const monotonic = () => performance.now();
  const clock = createClock(options.startTime ?? Date.now(), options.speed ?? 1, monotonic);
  const policies = createPolicies(options.policies);
  const worlds = createWorlds({
    seed,
    givenRegion: options.region,
    accountId: "123456789012",
    credentials: [own, ...(options.credentials ?? [])],
    policies,
    sessionSeconds: options.sessionSeconds ?? 3600,
    deviation: options.deviation,
    now: clock.now,
  });
  const faultInjection = createFaultInjection(createRandom(`faults of ${seed}`));
  faultInjection.add(...(options.faults ?? []));
  createGroups(options.groups ?? [], worlds);
  const requests = createRequestHistory();
  const isWithinLimits = createRateLimiter(options.rateLimits ?? [], monotonic);
  const parts = { services, worlds, clock, faultInjection, policies, isWithinLimits, requests, onError };
  const control = createControl(parts);
  const recorder = createRecorder(worlds);
  let isRecording = false;
  const { url, secureUrl, close } = await listen(options.port ?? 0, options.tls, {
    isOwnHost: createHostCheck([...metadataAddresses, ...(options.hosts ?? [])]),
    headers: () => ({ "x-emulator-clock-speed": `${clock.speed}`, "x-emulator-clock-time": `${clock.now()}` }),
    serve: serveBrowsers({ source: emulatorSource(worlds, clock), onError, intervalMilliseconds: PAGE_INTERVAL_MS }),
    reply: (request) => {
      // A group that a request has made is there before the next one starts a refresh on it.
      if (isRecording) recorder.attach();
      return control(request) ?? exchange(parts, request);
    },
    onError,
  });
  const { accessKeyId, secretAccessKey } = own;
  return {
    url,
    secureUrl,
    region: worlds.regionFor(usualRegions.ess),
    awsRegion: worlds.regionFor(usualRegions.aws),
    accessKeyId,
    secretAccessKey,
    clock,
    faultInjection,
    requests: requests.list,
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

/** Requests with a signature, and programs that ask for the root, are not a browser's. */
function serveBrowsers(options: EventsOptions): ServePage {
  const servePage = createPage(options);
  return (request, response) => {
    const isProgram = request.url === "/" && !request.headers.accept?.includes("text/html");
    return !isProgram && request.headers.authorization === undefined && servePage(request, response);
  };
}

function printError(error: unknown): void {
  const text = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`The emulator failed to answer a request: ${text}\n`);
}
