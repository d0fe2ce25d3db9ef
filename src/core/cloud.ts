/** What the lifecycle needs of a cloud, and no more. Everything that an SDK knows stays behind this. */
import type { Definition, ValidationIssue } from "./definition/arguments";
import type { PolledStatus, Source } from "./polling/scheduler";

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
  /** Machines (or capacity units) that have been replaced, and that are to be replaced in all. */
  replaced?: number;
  total?: number;
  /** When it began, ISO 8601. */
  startTime?: string;
  /** Its arguments as the cloud echoes them, in the program's names. */
  arguments: Arguments;
  /** What else the resource answers, in the program's names. */
  outputs: Arguments;
}

/** A group as it stands before a refresh is started. */
export interface Group {
  /** What would make the refresh fail later, seen now. */
  obstacles: readonly ValidationIssue[];
  /** Whether the configuration that the group launches from is the one that the arguments desire. */
  runsDesired(): Promise<boolean>;
}

/** How the door says that the cloud is to be reached. Kept in memory only. */
export interface ConnectionSettings {
  region?: string;
  profile?: string;
  endpoint?: string;
  role?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** A cloud: what is true without a call. */
export interface CloudModule {
  /** As a person calls it: `Alibaba Cloud ESS`, `Amazon EC2 Auto Scaling`. */
  readonly name: string;
  readonly definition: Definition;
  /** Which argument names the group. */
  readonly groupArgument: string;
  readonly startOnDefault: "anyChange" | "configurationChange";
  /** Start takes a token of the client: the same token never starts twice. */
  readonly idempotentStart: boolean;
  /** Every status of the vendor, and where it stands. */
  readonly statuses: Readonly<Record<string, Stage>>;
  /** Forms of an id that are accepted, for messages: "`ir-…`, `asg-…:ir-…` or `region/ir-…`". */
  readonly idForms: string;
  /** Reads any accepted form; undefined when it is none. */
  parseId(id: string): { id: string; region?: string } | undefined;
  /** True when both name the same argument value, though spelled differently (id and name of one template). */
  isSame?(argument: string, asked: unknown, other: unknown): boolean;
  /** True when the arguments say without doubt what shall run: no `$Latest`, nothing left to the group. */
  isExplicit(args: Arguments): boolean;
  /** The echo less what the service had filled in by itself: what a program must say to have no diff after an import. */
  withoutServiceDefaults(echo: Arguments): Arguments;
  /** Where the state says that the refresh is. */
  homeOf(properties: Arguments): { region?: string; account?: string };
  /** Loads the SDK and finds region and credentials; throws a `CloudError` with what to set when there are none. */
  connect(settings: ConnectionSettings): Promise<CloudApi>;
}

/** A cloud's API in one region with one set of credentials. Every error that it throws is a `CloudError`. */
export interface CloudApi {
  readonly region: string;
  /** Account of the credentials, asked for once, where the cloud can tell it. */
  account(): Promise<string | undefined>;
  /** The group that the arguments name; undefined when there is none. */
  group(args: Arguments): Promise<Group | undefined>;
  /** Its refreshes, the newest first; the cloud may forget old ones. */
  refreshes(group: string): Promise<Refresh[]>;
  /** For following refreshes to their end; `describe` of it also answers a single look. */
  readonly source: Source<Refresh>;
  /** Starts a refresh, once; its id, or undefined when the cloud says that no machine needs one. */
  start(args: Arguments, token: string): Promise<string | undefined>;
  /** Cancels this refresh, once, and only this one. */
  cancel(refresh: Refresh): Promise<void>;
  /** Rolls this refresh back, once, and only this one. */
  rollback(refresh: Refresh): Promise<void>;
}
