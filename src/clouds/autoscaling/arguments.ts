/**
 * The arguments of `autoscaling.InstanceRefresh`: everything that StartInstanceRefresh takes, spelled as in
 * `aws.autoscaling.Group`, and the common ones.
 */
import { z } from "zod";
import { argument } from "../../core/definition/arguments";
import { commonArguments } from "../../core/definition/commonArguments";
import { launchTemplate } from "./types/launchTemplate";
import { mixedInstancesPolicy } from "./types/mixedInstancesPolicy";
import { preferences } from "./types/preferences";

const START = "StartInstanceRefresh";

/** Characters that XML can carry. */
const XML_TEXT = /^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\r\n\t]{1,255}$/u;

const desiredConfiguration = z.strictObject({
  launchTemplate: argument(launchTemplate, {
    text: "Launch template to launch from. Excludes `mixedInstancesPolicy`.",
    source: "DesiredConfiguration",
  }).optional(),
  mixedInstancesPolicy: argument(mixedInstancesPolicy, {
    text: "Instance types and purchase options to launch. Excludes `launchTemplate`.",
    source: "DesiredConfiguration",
  }).optional(),
});

/** What goes into a request of StartInstanceRefresh. */
export const requestArguments = {
  autoscalingGroupName: argument(z.string().regex(XML_TEXT), {
    kind: "group",
    text: "Name of the Auto Scaling group.",
    form: "1 to 255 characters that XML can carry",
    source: START,
  }),
  strategy: argument(z.enum(["Rolling", "ReplaceRootVolume"]), {
    kind: "preference",
    text: "How instances are brought up to date: `Rolling` replaces them, `ReplaceRootVolume` gives them a new root volume in place. The latter needs a mixed instances policy, on the group and in the desired configuration, with an image in every override.",
    serviceDefault: "Rolling",
    source: START,
  }).optional(),
  desiredConfiguration: argument(desiredConfiguration, {
    kind: "configuration",
    text: "What instances shall run. On success the group saves it as its own. Left out, instances are replaced by what the group launches from already, and nothing can be rolled back.",
    source: START,
  }).optional(),
  preferences: argument(preferences, {
    kind: "preference",
    text: "How instances are replaced. Only what is set here is sent: the group's maintenance policy and the service's defaults apply to the rest.",
    source: START,
  }).optional(),
};

const cancelling = {
  waitForTransitioningInstances: argument(z.boolean(), {
    kind: "policy",
    default: true,
    text: "Whether a cancellation by this program (`status`, `onTimeout`, `onConflict`, `onDelete`, `rollout`, `analysis`) waits for instances that are being launched or terminated. Set `false` in an emergency.",
    source: "CancelInstanceRefresh",
  }).optional(),
};

export const argumentsSchema = z.strictObject({
  ...requestArguments,
  ...commonArguments("configurationChange"),
  ...cancelling,
});

/** The arguments as the program gives them, all values known. */
export type AutoScalingArguments = z.infer<typeof argumentsSchema>;
