/** The port: what the lifecycle, the forecast and the command line need of a cloud. Everything an SDK knows stays behind it. */
import type { Rules } from "../simulation/rules";
import type { GroupActivities, GroupInstances } from "./activities";
import type { Clock } from "./clock";
import type { Definition, ValidationIssue } from "./definition/arguments";
import type { Diagnosis } from "./diagnosis";
import type { PolledStatus, Source } from "./polling/source";
import type { Snapshot } from "./snapshot";

/**
 * Where a refresh stands, in one word for both clouds. `running` may replace machines or wait for its time;
 * `unknown` is a status that this version has not heard of: an error, never a wait.
 */
export type Stage =
  | "running"
  | "cancelling"
  | "rollingBack"
  | "successful"
  | "failed"
  | "cancelled"
  | "rolledBack"
  | "rollbackFailed"
  | "unknown";

const ACTIVE: ReadonlySet<Stage> = new Set(["running", "cancelling", "rollingBack"]);

/** True while the cloud still works on the refresh. */
export function isActive(stage: Stage): boolean {
  return ACTIVE.has(stage);
}

/** Where a status of the vendor stands; one that is missing, empty or new is not known. */
export function stageOf(statuses: Readonly<Record<string, Stage>>, status: unknown): Stage {
  const known = typeof status === "string" && Object.hasOwn(statuses, status) ? statuses[status] : undefined;
  return known ?? "unknown";
}

/** True while the cloud works on the refresh, or may do so: its status is not known. */
export function mayBeActive(stage: Stage): boolean {
  return isActive(stage) || stage === "unknown";
}

/** Arguments by their names in the program. Only what the user set. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A refresh as the cloud describes it. */
export interface Refresh extends PolledStatus {
  /** Id of the resource: `ir-…` in ESS, `group/refresh-id` in EC2 Auto Scaling. */
  id: string;
  group: string;
  stage: Stage;
  /** Why, in the cloud's words. */
  reason?: string;
  /** Units of capacity that have been replaced, and that are to be replaced in all. */
  replaced?: number;
  total?: number;
  /** Instances whose replacement has not begun yet. Zero does not mean that it is done: new instances still have to warm up. */
  notBegun?: number;
  /** How far it was when its rollback began, 0 to 1. */
  fractionAtRollback?: number;
  /** True while it waits, after everything is replaced, for alarms to go off. */
  isBaking?: boolean;
  /** When it began, ISO 8601. */
  startTime?: string;
  /** Its arguments as the cloud echoes them, in the program's names. */
  arguments: Arguments;
  /** What else the resource answers, in the program's names. */
  outputs: Arguments;
  /** The pauses that it was asked to make. */
  plannedPauses: PlannedPauses;
}

/** The pauses that a refresh was asked to make. */
export interface PlannedPauses {
  /** Shares at which it pauses, 0 to 1, ascending. */
  readonly checkpoints: readonly number[];
  /** Length of the pause at each checkpoint, in seconds. */
  readonly checkpointSeconds: number;
  /** Bake time after the last replacement, in seconds. */
  readonly bakeSeconds: number;
  /** Share of the group at which it ends, 0 to 1: below 1 when its last checkpoint is. */
  readonly goal: number;
}

/** A group as it stands before a refresh is started. */
export interface Group {
  /** What would make the refresh be refused, or fail later, seen now. */
  obstacles: readonly ValidationIssue[];
  /** What is legal to ask for on this group, and rarely meant. */
  warnings: readonly string[];
  /** What was not checked, as an optional permission is missing: a line for each. */
  unchecked: readonly string[];
  /** Units of capacity: desired, in service, and on their way. */
  capacity: { desired: number; inService: number; pending: number };
  /**
   * What the service fills in from the group's settings where a request leaves an argument out, by the names in the program.
   * `null`: nothing; no member: that is not known.
   */
  fills?: Arguments;
  /** In a few words, what its next instance launches from. */
  launchesFrom: string;
  /** Whether the configuration that the group launches from is the one that the arguments desire. */
  runsDesired(): Promise<boolean>;
}

/** How a host or a command line says that the cloud is to be reached. Kept in memory only. */
export interface ConnectionSettings {
  region?: string;
  profile?: string;
  endpoint?: string;
  role?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** What the stack's configuration of the bridged provider says, by its keys; what is above comes before it. */
  bridged?: Readonly<Record<string, unknown>>;
  /** Keys of the stack's configuration that are encrypted, and cannot be read: `aws:secretKey`. */
  encrypted?: readonly string[];
  /** Keys of the stack's configuration that the program knows, and this process does not. */
  untold?: readonly string[];
}

/** Reads a key of a stack's configuration, such as `alicloud:region`. */
export type StackConfig = (key: string) => string | undefined;

/** Reads the keys of a bridged provider; what is not plain text is JSON in a stack's configuration. */
export function bridgedSettings(config: StackConfig, prefix: string, keys: readonly string[]): ConnectionSettings {
  const values = keys.flatMap((key) => {
    const value = config(`${prefix}:${key}`);
    return value ? [[key, /^\s*[[{]/.test(value) ? parsed(value) : value] as const] : [];
  });
  return values.length > 0 ? { bridged: Object.fromEntries(values) } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The options of the command line that describe a refresh. Durations are in seconds. */
export interface RefreshOptions {
  readonly min?: number;
  readonly max?: number;
  readonly checkpoints?: readonly number[];
  readonly pause?: number;
  readonly warmup?: number;
  readonly bake?: number;
  readonly skipMatching?: boolean;
  readonly image?: string;
  readonly scalingConfiguration?: string;
  readonly launchTemplate?: string;
  readonly launchTemplateVersion?: string;
}

/** A call as the vendor's reference writes it: parameters by their names on the wire, lists numbered from 1. */
export interface VendorCall {
  /** `autoscaling`, `ec2`, `monitoring`, `ess`. */
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface VendorAnswer {
  /** Of HTTP; a refusal is an answer too, with `Code` and `Message`. */
  readonly status: number;
  readonly body: unknown;
}

/** A vendor's API without anything of ours between: for a study of the service itself. */
export interface VendorApi {
  readonly region: string;
  account(): Promise<string | undefined>;
  /** One attempt. Rejects when there is no answer that can be read. */
  call(call: VendorCall): Promise<VendorAnswer>;
}

/** A cloud: what is true without a call. `Args` are its arguments as the program gives them, all values known. */
export interface CloudModule<Args extends object = Arguments> {
  /** Namespace in the package, and module of the resource's token: `ess`, `autoscaling`. */
  readonly key: string;
  /** Namespace of the classes in the languages that capitalise them: `Ess`, `AutoScaling`. */
  readonly schemaNamespace: string;
  /** As a person calls it: `Alibaba Cloud ESS`, `Amazon EC2 Auto Scaling`. */
  readonly name: string;
  readonly resource: ResourceDescription;
  readonly definition: Definition<Args>;
  /** Which argument names the group. */
  readonly groupArgument: string;
  readonly startOnDefault: "anyChange" | "configurationChange";
  /** Start takes a token of the client: the same token never starts twice. */
  readonly idempotentStart: boolean;
  /** Codes by which Start says that a refresh runs on the group; empty where the vendor does not document them. */
  readonly alreadyRunningCodes: readonly string[];
  /** Every status of the vendor, and where it stands. */
  readonly statuses: Readonly<Record<string, Stage>>;
  /** Forms of an id that are accepted, for messages: "`ir-…`, `asg-…:ir-…` or `region/ir-…`". */
  readonly idForms: string;
  /** How the cloud replaces instances, for forecasts. */
  readonly rules: Rules;
  /** What the provider plugin's configuration calls this cloud, and how its texts name things. */
  readonly configuration: PluginConfiguration;
  /** Reads any accepted form; undefined when it is none. */
  parseId(id: string): { id: string; region?: string } | undefined;
  /** True when the name of a group has the form of this cloud's ids. */
  isGroupId(group: string): boolean;
  /** People name the groups of this cloud as they like: a name alone does not tell the cloud. */
  readonly groupNamesAreFree: boolean;
  /** True when the arguments say without doubt what shall run: no `$Latest`, nothing left to the group. */
  isExplicit(args: Args): boolean;
  /** A warning where the arguments leave the version of a launch template to the service: a new one is no change of them. */
  floatingVersion?(args: Args): string | undefined;
  /** Where the state says that the refresh is. */
  homeOf(properties: Arguments): { region?: string; account?: string };
  /** The settings that the stack's configuration of the bridged provider has for this cloud. */
  settingsOf(config: StackConfig): ConnectionSettings;
  /** Settings that cannot be used or honoured, each by its name, without a call. `connect` refuses them too. */
  settingIssues?(settings: ConnectionSettings): ValidationIssue[];
  /**
   * The arguments that the options of a command line describe, laid over `given`.
   * @throws OptionError when an option is not for this cloud
   */
  argumentsOf(group: string, given: Arguments, options: RefreshOptions): Arguments;
  /** Loads the SDK and finds region and credentials; throws a `CloudError` with what to set when there are none. */
  connect(settings: ConnectionSettings): Promise<CloudApi<Args>>;
  /** The same credentials and address, for calls as the vendor documents them; absent where nobody needs it. */
  vendorApi?(settings: ConnectionSettings): Promise<VendorApi>;
}

/** The description of the resource in its class, the schema and the reference. */
interface ResourceDescription {
  /** What it is, in a sentence or two, Markdown. */
  readonly text: string;
  /** A declaration in TypeScript, for the reference; the namespace is imported. */
  readonly example: string;
  /** An id of a refresh, for the reference. */
  readonly exampleId: string;
  /** Type of the bridged provider's resource that it takes the place of without a refresh, where there is one. */
  readonly bridgedType?: string;
}

/** The keys of the plugin's configuration for one cloud: `awsRegion`, `awsProfile`, … */
export interface PluginConfiguration {
  /** `aws`, `alicloud`. */
  readonly prefix: string;
  /** Description of each setting. */
  readonly texts: Readonly<Record<"region" | "profile" | "role" | "endpoint", string>>;
}

/** An option of the command line that a cloud does not have. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

export interface CancelOptions {
  /** False: do not wait for instances that are being launched or terminated. For emergencies; AWS only. Default: true. */
  readonly waitForTransitioningInstances?: boolean;
}

/** The clock of a cloud, against this process's, in milliseconds. 0 where they agree, or before the first answer. */
export interface CloudTime {
  /** By how much its time is ahead. */
  readonly aheadMs: number;
  /** By how much the dates of its answers are: those of an emulator are this machine's, whatever its time is. */
  readonly dateAheadMs: number;
}

/** What time it is by the clock of a cloud, as the times that it tells. */
export function cloudNow(api: Pick<CloudApi, "clock"> | undefined, clock: Pick<Clock, "now">): number {
  return clock.now() + (api?.clock?.aheadMs ?? 0);
}

/** A cloud's API in one region with one set of credentials. Every error that it throws is a `CloudError`. */
export interface CloudApi<Args extends object = Arguments> {
  readonly region: string;
  /** The same API, which asks for each fact once: for one preview of one resource. Absent: each question is a call. */
  readingOnce?(): CloudApi<Args>;
  /** What its last answer said of its clock; absent where answers say nothing. */
  readonly clock?: CloudTime;
  /** Account of the credentials, asked for once, where the cloud can tell it. */
  account(): Promise<string | undefined>;
  /** The group that the arguments name; undefined when there is none. */
  group(args: Args): Promise<Group | undefined>;
  /** The arguments of a careful refresh to what the group launches from now; undefined when there is no such group. */
  currentArguments(group: string): Promise<Args | undefined>;
  /** Its refreshes, the newest first; the cloud may forget old ones. */
  refreshes(group: string): Promise<Refresh[]>;
  /** Tells the group of a refresh, where it is known: calls that name it need narrower permissions. */
  belongs?(id: string, group: string): void;
  /** For following refreshes to their end; its `describe` also answers a single question. */
  readonly source: Source<Refresh>;
  /** Starts a refresh, once; its id, or undefined when the cloud says that no machine needs one. */
  start(args: Args, token: string): Promise<string | undefined>;
  /**
   * When the version that the arguments leave to the service (`$Latest`, `$Default`) was made, in milliseconds since the
   * epoch; undefined where nothing is left to it, or that is not known.
   */
  floatingVersionMadeAt?(args: Args): Promise<number | undefined>;
  /** Cancels this refresh, once, and only this one. */
  cancel(refresh: Refresh, options?: CancelOptions): Promise<void>;
  /** Rolls this refresh back, once, and only this one. */
  rollback(refresh: Refresh): Promise<void>;
  /** Suspends the refresh; absent where the cloud cannot. */
  suspend?(refresh: Refresh): Promise<void>;
  /** Resumes a suspended refresh; absent where the cloud cannot. */
  resume?(refresh: Refresh): Promise<void>;
  /** What a forecast needs to know: the group and the refresh that the arguments ask for; undefined when there is no such group. */
  snapshot(args: Args): Promise<Snapshot | undefined>;
  /** What the connection is and may do, for a group; absent where the cloud has no such help. */
  diagnose?(group: string): Promise<Diagnosis>;
  /** The group's instances as they stand now; undefined when there is no such group. */
  instances(group: string): Promise<GroupInstances | undefined>;
  /**
   * What the group did during a refresh; undefined when the group, or the time of the refresh, is not known any more.
   * @param since leaves out what began before, in milliseconds since the epoch
   */
  activities(refresh: Refresh, since?: number): Promise<GroupActivities | undefined>;
}

/** What a person is told when an optional permission is missing. */
export function withoutPermission(permission: string, leftOut: string): string {
  return `The permission ${permission} is missing: ${leftOut}. It is optional (SECURITY.md).`;
}

/**
 * A call to a cloud that failed. Its text is built from code, status, request id and the service's message, never from what
 * was sent: the code that throws it has taken secrets and control characters out of the message.
 */
export class CloudError extends Error {
  /** The operation that was called, such as `StartInstanceRefresh`. */
  readonly operation: string;
  /** The cloud's code, or the name of what went wrong on the way. */
  readonly code: string;
  /**
   * `throttled`: not acted on, too many calls. `passing`: an error that may be gone the next time; whether the call was
   * acted on is not known. `final`: the cloud refused, or credentials are missing; the same call fails again.
   */
  readonly kind: "throttled" | "passing" | "final";
  /** What to do about it, where that is known. Settings are named as in a program: `connection.region`. */
  readonly next: string | undefined;
  /** The permission that was missing, such as `ess:StartInstanceRefresh`. */
  readonly permission: string | undefined;

  constructor(
    private readonly details: {
      operation: string;
      code: string;
      kind: CloudError["kind"];
      message: string;
      requestId?: string | undefined;
      next?: string | undefined;
      permission?: string | undefined;
    },
  ) {
    const request = details.requestId ? `, request ${details.requestId}` : "";
    super(`${details.operation}: ${details.message} (${details.code}${request})`);
    this.name = "CloudError";
    this.operation = details.operation;
    this.code = details.code;
    this.kind = details.kind;
    this.next = details.next;
    this.permission = details.permission;
  }

  /** The same error, to be treated otherwise. */
  as(kind: CloudError["kind"]): CloudError {
    return new CloudError({ ...this.details, kind });
  }
}
