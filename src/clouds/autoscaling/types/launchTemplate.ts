/** How a launch template and its version are named. `aws.autoscaling.Group` spells it in two ways; so does this. */
import { z } from "zod";
import { argument } from "../../../core/definition/arguments";

const SOURCE = "LaunchTemplateSpecification";
const FLOATING = ["$Latest", "$Default"];

const id = () =>
  argument(z.string().min(1).max(255), {
    text: "Id of the launch template, `lt-…`. Excludes its name.",
    source: SOURCE,
  });

const name = (secondNameOf: string) =>
  argument(z.string().regex(/^[a-zA-Z0-9().\-/_]{3,128}$/), {
    text: "Name of the launch template. Excludes its id.",
    form: "3 to 128 letters, digits and `().-/_`",
    secondNameOf,
    source: SOURCE,
  });

const version = () =>
  argument(z.union([z.int().min(1), z.string().regex(/^([1-9][0-9]*|\$Latest|\$Default)$/)]), {
    text: "Version of the launch template: a number, `$Latest` or `$Default`. Only with a number it is beyond doubt what runs: a refresh to `$Latest` or `$Default` is not found again by what it asks, and once saved on the group it makes later refreshes impossible to roll back.",
    form: "a version number, `$Latest` or `$Default`",
    serviceDefault: "$Default",
    source: SOURCE,
  });

/** As `launchTemplate` of `aws.autoscaling.Group`. */
export const launchTemplate = z.strictObject({
  id: id().optional(),
  name: name("id").optional(),
  version: version().optional(),
});

/** As `launchTemplateSpecification` within `mixedInstancesPolicy` of `aws.autoscaling.Group`. */
export const launchTemplateSpecification = () =>
  z.strictObject({
    launchTemplateId: id().optional(),
    launchTemplateName: name("launchTemplateId").optional(),
    version: version().optional(),
  });

/** True for a version that the service resolves by itself: also when none is given. */
export function isFloating(version: string | number | undefined): boolean {
  return version === undefined || FLOATING.includes(String(version));
}
