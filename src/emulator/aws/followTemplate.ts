import { setConfiguration } from "../../simulation/capacity";
import { resolveConfiguration } from "./configuration";
import { configurationOf } from "./groupAnswers";
import type { LaunchTemplate } from "./launchTemplates";
import type { AwsRegion } from "./region";

/** Groups that launch from `$Latest` or `$Default` of a template launch from what that is now. */
export function followTemplate(region: AwsRegion, { id }: LaunchTemplate): void {
  for (const group of region.groups.values()) {
    const { details, key } = configurationOf(group);
    if (!details.launches.some(({ template }) => template?.LaunchTemplateId === id)) continue;
    const followed = resolveConfiguration(details.source, region);
    if (followed.key !== key) setConfiguration(group.model, followed);
  }
}
