/**
 * Takes everything out of calls and answers that tells whose account it was. What is not known to be harmless is left out
 * or becomes a reference such as `‹i-2›`, by which it is still the same thing wherever it comes up.
 */
import type { Entry } from "./cassette";
import type { RawEntry } from "./play";
import { isOwnWord, isWord } from "./words";

/** A text that must not be found in a cassette, and what stands for it: `account`, `region`, `name`. */
export interface Known {
  readonly kind: string;
  readonly text: string;
}

/** Members that say something of the service's behaviour. All others are left out. */
const KEPT: ReadonlySet<string> = new Set(
  `Code Message code message
  InstanceRefreshes InstanceRefreshId AutoScalingGroupName Status StatusReason StartTime EndTime PercentageComplete
  InstancesToUpdate ProgressDetails LivePoolProgress WarmPoolProgress Preferences DesiredConfiguration Strategy
  RollbackDetails RollbackReason RollbackStartTime PercentageCompleteOnRollback InstancesToUpdateOnRollback
  MinHealthyPercentage MaxHealthyPercentage InstanceWarmup SkipMatching AutoRollback BakeTime CheckpointDelay
  CheckpointPercentages ScaleInProtectedInstances StandbyInstances AlarmSpecification Alarms
  LaunchTemplate LaunchTemplateId LaunchTemplateName Version MixedInstancesPolicy Overrides InstanceType
  WeightedCapacity LaunchTemplateSpecification AutoScalingGroups Instances InstanceId LifecycleState HealthStatus
  ProtectedFromScaleIn MinSize MaxSize DesiredCapacity SuspendedProcesses ProcessName SuspensionReason
  WarmPoolConfiguration WarmPoolSize MaxGroupPreparedCapacity PoolState
  Activities Activity ActivityId Description Cause StatusCode StatusMessage Progress Details
  LifecycleHooks LifecycleHookName LifecycleTransition HeartbeatTimeout GlobalTimeout DefaultResult
  MetricAlarms StateValue AutoScalingInstances DefaultInstanceWarmup HealthCheckGracePeriod
  InstanceRefreshTasks InstanceRefreshTaskId ScalingGroupId Detail FinishedUpdateCapacity TotalNeedUpdateCapacity
  Checkpoints Percentage CheckpointPauseTime ScalingConfigurationId ImageId LaunchTemplateVersion
  LaunchTemplateOverrides TotalCount MaxResults PageSize PageNumber ScalingInstances CreationType WarmupState
  ScalingGroups ActiveScalingConfigurationId TotalCapacity ActiveCapacity PendingCapacity RemovingCapacity
  StandbyCapacity ProtectedCapacity SuspendedProcesses SystemSuspended GroupDeletionProtection
  ScalingActivities ScalingActivityId ScalingInstanceNumber CreatedInstances DestroyedInstances
  ScalingGroups ScalingConfigurations SystemDiskCategory InternetMaxBandwidthOut PasswordInherit ScalingConfigurationName
  LifecycleHook MultiAZPolicy ScalingPolicy HealthCheckType HealthCheckTypes`.split(/\s+/),
);

/** Members whose text is written by the service for people: it is the evidence, and is kept word by word. */
const PROSE: ReadonlySet<string> = new Set(
  "Message message StatusReason RollbackReason SuspensionReason Cause Description StatusMessage Detail Details ScalingPolicy".split(
    " ",
  ),
);

/** A whole value that no name can be: a word of the API, a number, a version. */
const PLAIN =
  /^(?:\$(?:Latest|Default)|-?\d{1,8}(?:\.\d+)?|[A-Z][A-Za-z]*(?:[.:][A-Z][A-Za-z]*)*|[A-Z]{2,}(?:_[A-Z]+)*|true|false|)$/;
const TRANSITION = /^autoscaling:EC2_INSTANCE_(?:LAUNCHING|TERMINATING)$/;

function isPlain(value: string): boolean {
  return (
    TRANSITION.test(value) ||
    (PLAIN.test(value) && value.split(":").every((part) => isWord(part) || /^[-\d.]+$/.test(part)))
  );
}

/** Members that hold names of the account, whatever they look like. */
const NAMING =
  /(?:Name|Names|Id|Ids|ARN|ARNs|Arn|Key|Value|Zone|Zones|Identifier|Alarms|InstanceType|Instances|NextToken)$/;
/** Names that are the API's own. */
const OWN_NAMES: ReadonlySet<string> = new Set(["ProcessName", "StateValue"]);

const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z/g;

/** What has a form of its own; the first that fits names the reference. */
const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
  ["arn", /\b(?:arn|acs):[\w-]*:[\w-]*:[\w-]*:\w*:?[^\s"',)]*/gi],
  ["url", /\b[a-z]+:\/\/[^\s"',)]+/gi],
  ["mail", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ["uuid", /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi],
  ["ip", /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?\b/g],
  ["ip", /\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b/gi],
  ["key", /\b(?:AKIA|ASIA|AROA|AIDA|LTAI|STS\.)[\w.]{8,}/g],
  ["zone", /(?<![\w-])(?:[a-z]{2}|us-gov)-[a-z]+-?\d*-?[a-z]?\b(?=[^\w-]|$)/g],
];

export class Sanitiser {
  readonly #references = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #known: readonly Known[];
  /** The names that have references, longest first; undefined when there are new ones. */
  #sorted: readonly string[] | undefined;
  readonly #start: number;

  /** @param start the time that the times of the cassette count from, in milliseconds since the epoch */
  constructor(known: readonly Known[], start: number) {
    // Longer ones first: a name may be part of another.
    this.#known = known.filter(({ text }) => text !== "").sort((one, other) => other.text.length - one.text.length);
    this.#start = start;
  }

  entry({ scenario, step, time, call, answer }: RawEntry, scenarioStart: number): Entry {
    const parameters = Object.entries(call.parameters).flatMap(([path, value]) => {
      const member =
        path
          .split(".")
          .filter((part) => !/^(member|\d+)$/.test(part))
          .at(-1) ?? path;
      return /^(Tags?|TagSpecification)\./.test(path) || /UserData$/.test(path) || path === "Tags"
        ? []
        : [[path, String(this.#value(member, value))] as const];
    });
    return {
      scenario,
      step,
      at: Math.round((time - scenarioStart) / 1000),
      service: call.service,
      operation: call.operation,
      parameters: Object.fromEntries(parameters),
      status: answer.status,
      answer: this.#members(answer.body),
    };
  }

  #members(value: unknown, member = ""): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#members(each, member));
    if (value === null || typeof value !== "object") return this.#value(member, value);
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => KEPT.has(name))
        .map(([name, each]) => [name, this.#members(each, name)]),
    );
  }

  #value(member: string, value: unknown): unknown {
    if (typeof value === "number") return Math.abs(value) < 1e9 ? value : this.#reference(member, String(value));
    if (typeof value !== "string") return typeof value === "boolean" ? value : null;
    if (PROSE.has(member)) return this.#prose(value);
    if (NAMING.test(member) && !OWN_NAMES.has(member)) return value === "" ? "" : this.#name(value);
    const whole = this.#times(value);
    if (whole !== value && /^‹[^›]*›$/.test(whole)) return whole;
    const isKnown = this.#known.some(({ text }) => value.includes(text));
    return isPlain(value) && !isKnown ? value : this.#name(value);
  }

  /** The reference of a whole value, by the form of an id where it has one. */
  #name(value: string): string {
    if (/^\$(Latest|Default)$/.test(value)) return value;
    const known = this.#known.find(({ text }) => text === value);
    const [, prefix] = /^([a-z]{1,5})-[0-9a-z]+$/.exec(value) ?? [];
    return this.#reference(known?.kind ?? prefix ?? "name", value);
  }

  #prose(text: string): string {
    let clean = this.#times(text);
    // Names that came up as such are the same things here; longer ones first, as a name may be part of another.
    for (const name of this.#names())
      clean = outside(clean, (part) => part.split(name).join(this.#reference("name", name)));
    for (const { kind, text: known } of this.#known)
      clean = outside(clean, (part) => part.split(known).join(this.#reference(kind, known)));
    for (const [kind, form] of FORMS)
      clean = outside(clean, (part) =>
        part.replace(form, (found) => (isWord(found) ? found : this.#reference(kind, found))),
      );
    // What is left is prose, of words and small numbers; anything else is a name.
    return outside(clean, (part) =>
      part.replace(/[^\s"'`(){}[\],;=<>]+/g, (token) => {
        const [, core = "", end = ""] = /^(.*?)([.:!?]*)$/s.exec(token) ?? [];
        if (isWord(core)) return token;
        const [, prefix] = /^([a-z]{1,5})-[0-9a-z]+$/.exec(core) ?? [];
        return `${this.#reference(prefix ?? "name", core)}${end}`;
      }),
    );
  }

  #times(text: string): string {
    return text.replace(TIME, (time) => `‹T+${Math.round((Date.parse(time) - this.#start) / 1000)}›`);
  }

  #names(): readonly string[] {
    this.#sorted ??= [...this.#references.keys()]
      .filter((text) => text.length > 4 && !isOwnWord(text))
      .sort((one, other) => other.length - one.length);
    return this.#sorted;
  }

  #reference(kind: string, text: string): string {
    const known = this.#references.get(text);
    if (known) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const reference = `‹${kind}-${count}›`;
    this.#references.set(text, reference);
    this.#sorted = undefined;
    return reference;
  }
}

/** Changes what is not a reference already. */
function outside(text: string, change: (part: string) => string): string {
  return text
    .split(/(‹[^›]*›)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join("");
}
