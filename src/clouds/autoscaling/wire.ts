/** Between the program's spelling, which is that of `aws.autoscaling.Group`, and the SDK's. */
import type {
  DesiredConfiguration,
  InstanceRefresh,
  RefreshPreferences,
  StartInstanceRefreshCommandInput,
} from "@aws-sdk/client-auto-scaling";
import type { AutoScalingArguments } from "./arguments";
import type { Configuration } from "./types/templates";

/** Names that differ in more than their first letter. */
const WIRE_NAMES: Readonly<Record<string, string>> = {
  autoscalingGroupName: "AutoScalingGroupName",
  acceleratorTotalMemoryMib: "AcceleratorTotalMemoryMiB",
  memoryGibPerVcpu: "MemoryGiBPerVCpu",
  memoryMib: "MemoryMiB",
  totalLocalStorageGb: "TotalLocalStorageGB",
  vcpuCount: "VCpuCount",
  // As `launchTemplate` of a group; there are no other properties of these names.
  id: "LaunchTemplateId",
  name: "LaunchTemplateName",
};

/** The way back; `launchTemplate`, whose properties have names of their own, is spelled by `groupSpelling`. */
const PROGRAM_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(WIRE_NAMES)
    .filter(([name]) => name !== "id" && name !== "name")
    .map(([name, wire]) => [wire, name]),
);

/** What a program may give as a string or as a number, the SDK takes as one of them. */
const NUMBERS = new Set(["instanceWarmup", "checkpointDelay", "bakeTime"]);
const TEXTS = new Set(["version", "weightedCapacity"]);

/** Name on the wire of a property of the program. */
export function wireName(name: string): string {
  return WIRE_NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** Name in the program of a field of the SDK. */
export function programName(field: string): string {
  return PROGRAM_NAMES[field] ?? field.charAt(0).toLowerCase() + field.slice(1);
}

/** The request of StartInstanceRefresh: what the program set, and no more. */
export function startRequest(args: AutoScalingArguments): StartInstanceRefreshCommandInput {
  const { autoscalingGroupName, strategy, desiredConfiguration, preferences } = args;
  return {
    AutoScalingGroupName: autoscalingGroupName,
    ...(strategy ? { Strategy: strategy } : {}),
    ...nonEmpty("DesiredConfiguration", toWire(desiredConfiguration) as DesiredConfiguration | undefined),
    ...nonEmpty("Preferences", toWire(preferences) as RefreshPreferences | undefined),
  };
}

function nonEmpty<Name extends string, T>(name: Name, value: T | undefined): Partial<Record<Name, T>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}

/** Empty lists and objects say nothing, and are not sent; an empty string does (`spotMaxPrice`). */
function toWire(value: unknown, name = ""): unknown {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.length > 0 ? value.map((each) => toWire(each)) : undefined;
  if (typeof value === "object") return fields(value, wireName, toWire);
  if (NUMBERS.has(name)) return Number(value);
  if (TEXTS.has(name)) return String(value);
  return name === "spotInstancePools" && value === 0 ? undefined : value;
}

/** Arguments of a refresh as the cloud echoes them. */
export function echoedArguments(refresh: InstanceRefresh): Partial<AutoScalingArguments> {
  const { AutoScalingGroupName, Strategy, DesiredConfiguration, Preferences } = refresh;
  const spelled = toProgram({ AutoScalingGroupName, Strategy, Preferences }) as Partial<AutoScalingArguments>;
  const desired = DesiredConfiguration && savedConfiguration(DesiredConfiguration);
  return { ...spelled, ...(desired && Object.keys(desired).length > 0 ? { desiredConfiguration: desired } : {}) };
}

/** What a group launches from, or a refresh desires, in the program's spelling. */
export function savedConfiguration(saved: {
  LaunchTemplate?: DesiredConfiguration["LaunchTemplate"];
  MixedInstancesPolicy?: DesiredConfiguration["MixedInstancesPolicy"];
}): Configuration {
  const { LaunchTemplate: template, MixedInstancesPolicy } = saved;
  return {
    ...(template ? { launchTemplate: groupSpelling(template) } : {}),
    ...(toProgram({ MixedInstancesPolicy }) as Pick<Configuration, "mixedInstancesPolicy">),
  };
}

function groupSpelling(template: NonNullable<DesiredConfiguration["LaunchTemplate"]>) {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } = template;
  return { ...(id ? { id } : {}), ...(name ? { name } : {}), ...(version ? { version } : {}) };
}

/** Any answer of the SDK in the program's spelling: dates become ISO 8601, what is empty is left out. */
export function toProgram(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.length > 0 ? value.map(toProgram) : undefined;
  return typeof value === "object" ? fields(value, programName, toProgram) : value;
}

function fields(value: object, spell: (name: string) => string, convert: (value: unknown, name: string) => unknown) {
  const entries = Object.entries(value)
    .map(([name, each]) => [spell(name), convert(each, name)] as const)
    .filter(([, each]) => each !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
