/** A look at a group before a refresh is started on it: what would be refused, or would fail later. */
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { issue, type ValidationIssue } from "../../core/definition/arguments";
import type { AutoScalingArguments } from "./arguments";
import { rollbackAsked } from "./rules";
import type { Services } from "./services/services";
import { usesRequirements } from "./types/configurationRules";
import { isFloating } from "./types/launchTemplate";
import { type Configuration, templatesOf, templateText } from "./types/templates";
import { savedConfiguration } from "./wire";

const IMAGE_PARAMETER = "resolve:ssm:";

/** Every misfit of the group and the arguments, all at once. */
export async function obstacles(
  group: AutoScalingGroup,
  args: AutoScalingArguments,
  services: Services,
): Promise<ValidationIssue[]> {
  const saved = savedConfiguration(group);
  return [
    ...deletion(group, args),
    ...requirements(saved, args),
    ...rootVolumes(saved, args),
    ...(await rollback(saved, args, services)),
    ...(await alarms(args, services)),
  ];
}

function* deletion(
  { Status }: AutoScalingGroup,
  { autoscalingGroupName: name }: AutoScalingArguments,
): Iterable<ValidationIssue> {
  // The status of a group is there only while it is being deleted.
  if (Status) yield issue("autoscalingGroupName", name, `the group is being deleted (${Status}): name another`);
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

function* rootVolumes(saved: Configuration, { strategy }: AutoScalingArguments): Iterable<ValidationIssue> {
  if (strategy === "ReplaceRootVolume" && !saved.mixedInstancesPolicy)
    yield issue(
      "strategy",
      strategy,
      "the group needs a mixed instances policy for that; set `Rolling` or leave it out",
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
  const images = await Promise.all(templates.map((template) => services.imageOf(template)));
  const parameter = templates.find((_, index) => images[index]?.startsWith(IMAGE_PARAMETER));
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
