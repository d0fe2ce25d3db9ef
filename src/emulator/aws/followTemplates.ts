import { setConfiguration } from "../../simulation/capacity";
import { resolveConfiguration } from "./configuration";
import { AwsError } from "./errors";
import { configurationOf } from "./groupAnswers";
import type { AutoScalingGroup, AwsRegion } from "./region";

/**
 * A group that launches from `$Latest` or `$Default` launches from what that is now: after a change of its template,
 * and after a refresh, which keeps the version that it has begun with.
 */
export function followTemplates(region: AwsRegion, group: AutoScalingGroup): void {
  const { details, key } = configurationOf(group);
  try {
    const followed = resolveConfiguration(details.source, region);
    if (followed.key !== key) setConfiguration(group.model, followed);
  } catch (error) {
    // Its template was deleted: it goes on with what it has.
    if (!(error instanceof AwsError)) throw error;
  }
}
