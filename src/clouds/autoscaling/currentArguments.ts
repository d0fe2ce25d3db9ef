/** The arguments of a refresh to what a group launches from now: what a new program for the group begins with. */
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { AutoScalingArguments } from "./arguments";
import type { Services } from "./services/services";
import { isFloating } from "./types/launchTemplate";
import { savedConfiguration } from "./wire";

export async function currentArguments(group: AutoScalingGroup, services: Services): Promise<AutoScalingArguments> {
  const desired = (await pinned(savedConfiguration(group), services)) as AutoScalingArguments["desiredConfiguration"];
  const hasDesired = desired !== undefined && Object.keys(desired).length > 0;
  return {
    autoscalingGroupName: group.AutoScalingGroupName as string,
    ...(hasDesired ? { desiredConfiguration: desired } : {}),
    preferences: {
      // A maintenance policy of the group says it already.
      ...(group.InstanceMaintenancePolicy ? {} : { minHealthyPercentage: 90, maxHealthyPercentage: 110 }),
      skipMatching: true,
      autoRollback: true,
    },
  };
}

/** With one name for each template, and the number of its version where that was left to the service. */
async function pinned(value: unknown, services: Services): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each) => pinned(each, services)));
  if (value === null || typeof value !== "object") return value;
  const { id, name, launchTemplateId, launchTemplateName, version, ...rest } = value as Record<string, string>;
  const members = await Promise.all(
    Object.entries(rest).map(async ([key, each]) => [key, await pinned(each, services)] as const),
  );
  const [templateId, templateName] = [id ?? launchTemplateId, name ?? launchTemplateName];
  if (templateId === undefined && templateName === undefined) return Object.fromEntries(members);
  const named = templateName === undefined ? { id: templateId } : { name: templateName };
  const isLong = launchTemplateId !== undefined || launchTemplateName !== undefined;
  const long = templateName === undefined ? { launchTemplateId } : { launchTemplateName };
  const found = isFloating(version)
    ? await services.versionOf({ path: "", id: templateId, name: templateName, version, spelling: ["id", "name"] })
    : undefined;
  const number = (found === "missing" ? undefined : found?.number) ?? version;
  return {
    ...(isLong ? long : named),
    ...(number === undefined ? {} : { version: number }),
    ...Object.fromEntries(members),
  };
}
