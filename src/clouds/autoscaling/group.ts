/** Describes a group before a refresh is started on it: what would be refused, or would fail later. */
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Arguments } from "../../core/cloud";
import { issue, type ValidationIssue } from "../../core/definition/arguments";
import { unmet } from "../../core/definition/equivalence";
import { autoScalingRules } from "../../simulation/rules";
import type { AutoScalingArguments } from "./arguments";
import { definition } from "./definition";
import { floatingVersion } from "./floatingVersion";
import { rollbackAsked } from "./rules";
import type { Services } from "./services/services";
import { usesRequirements } from "./types/configurationRules";
import { isFloating } from "./types/launchTemplate";
import { type Configuration, templatesOf, templateText } from "./types/templates";
import { savedConfiguration } from "./wire";

const IMAGE_PARAMETER = "resolve:ssm:";

/** What would make the refresh be refused, or fail, all at once. */
export async function obstacles(
  group: AutoScalingGroup,
  args: AutoScalingArguments,
  services: Services,
): Promise<ValidationIssue[]> {
  const saved = savedConfiguration(group);
  const [ofVersions, ofRollback, ofAlarms] = await Promise.all([
    missingVersions(args, services),
    rollback(saved, args, services),
    alarms(args, services),
  ]);
  return [
    ...deletion(group, args),
    ...suspended(group, args),
    ...launchConfiguration(group, args),
    ...ofVersions,
    ...requirements(saved, args),
    ...rootVolumes(group, saved, args),
    ...ofRollback,
    ...ofAlarms,
  ];
}

function* deletion(
  { Status }: AutoScalingGroup,
  { autoscalingGroupName: name }: AutoScalingArguments,
): Iterable<ValidationIssue> {
  // The status of a group is there only while it is being deleted.
  if (Status) yield issue("autoscalingGroupName", name, `the group is being deleted (${Status}): name another`);
}

/** With one of these suspended nothing is replaced. */
const NEEDED_PROCESSES = ["Launch", "Terminate", "InstanceRefresh"];

function* suspended(
  { SuspendedProcesses = [] }: AutoScalingGroup,
  { autoscalingGroupName: name }: AutoScalingArguments,
): Iterable<ValidationIssue> {
  const processes = SuspendedProcesses.flatMap(({ ProcessName = "" }) =>
    NEEDED_PROCESSES.includes(ProcessName) ? ProcessName : [],
  );
  if (processes.length > 0)
    yield issue("autoscalingGroupName", name, `the group has suspended ${processes.join(" and ")}: resume it first`);
}

function* launchConfiguration(
  { LaunchConfigurationName }: AutoScalingGroup,
  { preferences, desiredConfiguration }: AutoScalingArguments,
): Iterable<ValidationIssue> {
  if (LaunchConfigurationName && preferences?.skipMatching && !desiredConfiguration)
    yield issue(
      "preferences.skipMatching",
      true,
      "the group has a launch configuration, for which the service does not offer it: leave it out",
    );
}

/** Every version of a launch template that is asked for and does not exist. */
async function missingVersions(
  { desiredConfiguration = {} }: AutoScalingArguments,
  services: Services,
): Promise<ValidationIssue[]> {
  const templates = [...templatesOf(desiredConfiguration)];
  const versions = await Promise.all(templates.map((template) => services.versionOf(template)));
  return templates.flatMap((template, index) => {
    if (versions[index] !== "missing") return [];
    const { path } = template;
    return {
      property: `desiredConfiguration.${path}`,
      reason: `\`desiredConfiguration.${path}\` names ${templateText(template)}, which does not exist in the region: name one that does`,
    };
  });
}

/** Legal, and rarely meant. */
export function warnings(group: AutoScalingGroup, args: AutoScalingArguments): string[] {
  const saved = savedConfiguration(group);
  const { desiredConfiguration: desired } = args;
  const floating = floatingVersion(args);
  return [...(floating ? [floating] : []), ...onlyBackToTheSame(saved, args), ...losesPolicy(saved, desired)];
}

/** A rollback returns to what the group has saved. */
function* onlyBackToTheSame(saved: Configuration, args: AutoScalingArguments): Iterable<string> {
  const { desiredConfiguration: desired } = args;
  const asked = [...rollbackAsked(args)].map(([property]) => `\`${property}\``);
  if (!desired || asked.length === 0 || !runs(saved, desired)) return;
  yield `The group has what is desired saved already, so that ${asked.join(" and ")} can only return to the same. When the group's own template was updated in the same deployment, add \`ignoreChanges\` for it.`;
}

function* losesPolicy(saved: Configuration, desired: Configuration | undefined): Iterable<string> {
  if (saved.mixedInstancesPolicy && desired?.launchTemplate)
    yield "The group has a mixed instances policy, and `desiredConfiguration.launchTemplate` replaces it: instance types and Spot settings will be gone. Set `desiredConfiguration.mixedInstancesPolicy` to keep them.";
}

/** True when the group has saved what is desired. */
export function runs(saved: Configuration, desired: Configuration | undefined): boolean {
  return unmet(definition.arguments, "desiredConfiguration", desired, saved).length === 0;
}

/** What the group launches next, in a few words. */
export function launchesFrom(group: AutoScalingGroup): string {
  const [template] = templatesOf(savedConfiguration(group));
  if (template) return templateText(template);
  return `launch configuration ${group.LaunchConfigurationName ?? "?"}`;
}

/** Units of capacity that are desired, in service, and on their way. */
export function capacityOf({ DesiredCapacity = 0, Instances = [] }: AutoScalingGroup) {
  const units = (isCounted: (state: string) => boolean) =>
    Instances.filter(({ LifecycleState = "" }) => isCounted(LifecycleState)).reduce(
      (sum, { WeightedCapacity = "1" }) => sum + Number(WeightedCapacity),
      0,
    );
  return {
    desired: DesiredCapacity,
    inService: units((state) => state === "InService"),
    pending: units((state) => state.startsWith("Pending")),
  };
}

function* requirements(saved: Configuration, args: AutoScalingArguments): Iterable<ValidationIssue> {
  if (!usesRequirements(saved)) return;
  const why = "the group chooses instance types by `instanceRequirements`, for which the service does not offer it";
  if (args.preferences?.skipMatching) yield issue("preferences.skipMatching", true, `${why}: leave it out`);
  if (args.desiredConfiguration)
    yield {
      property: "desiredConfiguration",
      reason: `\`desiredConfiguration\` is set, but ${why}: leave it out and change the group itself, or give the group a list of instance types`,
    };
}

/** What the user guide of the strategy names as not supported. */
function* rootVolumes(
  group: AutoScalingGroup,
  saved: Configuration,
  { strategy, desiredConfiguration = {} }: AutoScalingArguments,
): Iterable<ValidationIssue> {
  if (strategy !== "ReplaceRootVolume") return;
  if (!saved.mixedInstancesPolicy)
    yield issue(
      "strategy",
      strategy,
      "the group needs a mixed instances policy for that; set `Rolling` or leave it out",
    );
  if (group.WarmPoolConfiguration)
    yield issue(
      "strategy",
      strategy,
      "the group has a warm pool, for which the service does not offer it: set `Rolling`",
    );
  const floating = [...templatesOf(saved), ...templatesOf(desiredConfiguration)].find(({ version }) =>
    isFloating(version),
  );
  if (saved.mixedInstancesPolicy && floating)
    yield issue(
      "strategy",
      strategy,
      `${templateText(floating)} is not a numbered version, which it needs: give the number`,
    );
}

/**
 * A rollback returns to what the group has saved: that must be a numbered version with an image. What is desired does not
 * matter to it, so a desired `$Latest` passes, though the documents leave that open.
 */
async function rollback(
  saved: Configuration,
  args: AutoScalingArguments,
  services: Services,
): Promise<ValidationIssue[]> {
  const asked = [...rollbackAsked(args)];
  if (asked.length === 0) return [];
  const templates = [...templatesOf(saved)];
  const floating = templates.find(({ version }) => isFloating(version));
  if (floating) {
    const why = `the group itself launches from ${templateText(floating)}, to which the service cannot roll back: save a version number on the group first, or leave this out`;
    return asked.map(([property, value]) => issue(property, value, why));
  }
  const versions = await Promise.all(templates.map((template) => services.versionOf(template)));
  const parameter = templates.find((_, index) => {
    const version = versions[index];
    return version !== "missing" && version?.imageId?.startsWith(IMAGE_PARAMETER);
  });
  if (!parameter) return [];
  const why = `the group itself launches from ${templateText(parameter)}, whose image is a parameter of Systems Manager, to which the service cannot roll back: save a version with an image id on the group first, or leave this out`;
  return asked.map(([property, value]) => issue(property, value, why));
}

/** An alarm that is not OK at the start makes the service refuse it. */
async function alarms({ preferences }: AutoScalingArguments, services: Services): Promise<ValidationIssue[]> {
  const names = preferences?.alarmSpecification?.alarms ?? [];
  const states = names.length > 0 ? await services.alarmStates(names) : undefined;
  if (!states) return [];
  return names.flatMap((name, index) => {
    const state = states.get(name);
    if (state === "OK") return [];
    const wrong = state === undefined ? "there is no such alarm in the region" : `the alarm is in the state ${state}`;
    return issue(
      `preferences.alarmSpecification.alarms[${index}]`,
      name,
      `${wrong}; a refresh starts only while each alarm is OK: wait for that, or leave the alarm out`,
    );
  });
}

/** What a refresh takes from the group where its preferences leave it out. */
export function fills(group: AutoScalingGroup): Arguments {
  const { InstanceMaintenancePolicy: policy, DefaultInstanceWarmup: warmup, HealthCheckGracePeriod: grace } = group;
  // The policy says -1 where it does not set a percentage.
  const percentage = (value: number | undefined) => (value === undefined || value < 0 ? undefined : value);
  return {
    preferences: {
      minHealthyPercentage: percentage(policy?.MinHealthyPercentage) ?? autoScalingRules.minHealthyPercentage,
      maxHealthyPercentage: percentage(policy?.MaxHealthyPercentage) ?? null,
      instanceWarmup: (warmup ?? -1) >= 0 ? warmup : grace,
    },
  };
}
