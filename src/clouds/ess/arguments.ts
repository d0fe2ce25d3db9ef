/**
 * The arguments of `ess.InstanceRefresh`: those of the bridged `alicloud.ess.InstanceRefresh` by the same
 * names, the scaling configuration that it lacks, and the common ones.
 */
import { z } from "zod";
import { argument } from "../../core/definition/arguments";
import { commonArguments } from "../../core/definition/commonArguments";

const START = "StartInstanceRefresh";

const environmentVar = z.strictObject({
  key: argument(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/), {
    text: "Name of the variable.",
    form: "1 to 128 letters, digits and underscores, not a digit first",
    source: START,
  }).optional(),
  value: argument(z.string().max(256), { text: "Value of the variable.", sensitive: true, source: START }).optional(),
  fieldRefFieldPath: argument(z.string(), {
    text: "Field of the container group whose value the variable takes. The vendor's page calls it not available; it is sent as it is.",
    source: START,
  }).optional(),
});

const container = z.strictObject({
  name: argument(z.string(), {
    text: "Name of the container. Only containers of the same name are refreshed.",
    source: START,
  }).optional(),
  image: argument(z.string(), { text: "Image of the container.", source: START }).optional(),
  commands: argument(
    z.array(argument(z.string().max(256), { text: "A part of the command.", sensitive: true })).max(20),
    {
      text: "Command that the container starts with.",
      sensitive: true,
      source: START,
    },
  ).optional(),
  args: argument(z.array(argument(z.string(), { text: "An argument.", sensitive: true })).max(10), {
    text: "Arguments of the start command.",
    sensitive: true,
    source: START,
  }).optional(),
  environmentVars: argument(z.array(environmentVar), {
    text: "Environment variables of the container.",
    source: START,
  }).optional(),
});

/** What goes into a request of StartInstanceRefresh. */
export const requestArguments = {
  scalingGroupId: argument(z.string().min(1), {
    kind: "group",
    text: "Id of the scaling group, `asg-…`: an ECS group with the Priority scaling policy that counts instances (not vCPUs) and releases what it removes, or an ECI group.",
    source: START,
  }),
  desiredConfigurationImageId: argument(z.string().min(1), {
    kind: "configuration",
    wire: "desiredConfiguration.imageId",
    text: "Id of the image to launch from, `m-…`. On success it becomes the image of the group's active configuration, which must not come from a launch template.",
    source: START,
  }).optional(),
  desiredConfigurationScalingConfigurationId: argument(z.string().min(1), {
    kind: "configuration",
    wire: "desiredConfiguration.scalingConfigurationId",
    text: "Id of the scaling configuration to launch from, `asc-…`. On success it becomes the group's active one.",
    source: START,
  }).optional(),
  desiredConfigurationLaunchTemplateId: argument(z.string().min(1), {
    kind: "configuration",
    wire: "desiredConfiguration.launchTemplateId",
    text: "Id of the launch template to launch from, `lt-…`.",
    source: START,
  }).optional(),
  desiredConfigurationLaunchTemplateVersion: argument(z.string().regex(/^([1-9][0-9]*|Default|Latest)$/), {
    kind: "configuration",
    wire: "desiredConfiguration.launchTemplateVersion",
    form: "a number in a string, `Default` or `Latest`",
    text: "Version of the launch template. With `Default` and `Latest` the refresh cannot be rolled back.",
    source: START,
  }).optional(),
  desiredConfigurationLaunchTemplateOverrides: argument(
    z.array(
      z.strictObject({
        instanceType: argument(z.string().min(1), {
          text: "Instance type that overrides the launch template's.",
          source: START,
        }).optional(),
      }),
    ),
    {
      kind: "configuration",
      wire: "desiredConfiguration.launchTemplateOverrides",
      text: "Instance types that override the launch template's.",
      source: START,
    },
  ).optional(),
  desiredConfigurationContainers: argument(z.array(container), {
    kind: "configuration",
    wire: "desiredConfiguration.containers",
    text: "Containers to run, for groups of container instances (ECI).",
    source: START,
  }).optional(),
  minHealthyPercentage: argument(z.int().min(0).max(100), {
    kind: "preference",
    unit: "%",
    serviceDefault: 80,
    text: "Share of the group's capacity that stays in service while instances are replaced. With both percentages at 100, one instance at a time.",
    source: START,
  }).optional(),
  maxHealthyPercentage: argument(z.int().min(100).max(200), {
    kind: "preference",
    unit: "%",
    serviceDefault: 120,
    text: "How far the group may grow, in percent of its capacity, while instances are replaced.",
    source: START,
  }).optional(),
  skipMatching: argument(z.boolean(), {
    kind: "preference",
    serviceDefault: true,
    text: "Leave instances alone that were launched from the desired configuration. It is compared by id, not by content.",
    source: START,
  }).optional(),
  checkpoints: argument(
    z.array(
      z.strictObject({
        percentage: argument(z.int().min(1).max(100), {
          unit: "%",
          text: "Share of new instances at which the refresh pauses.",
          source: START,
        }).optional(),
      }),
    ),
    { kind: "preference", text: "Where the refresh pauses, in ascending order; the last is 100.", source: START },
  ).optional(),
  checkpointPauseTime: argument(z.int().min(1).max(2880), {
    kind: "preference",
    unit: "min",
    serviceDefault: 60,
    text: "How long the refresh pauses at a checkpoint.",
    source: START,
  }).optional(),
};

export const argumentsSchema = z.strictObject({ ...requestArguments, ...commonArguments("anyChange") });

/** The arguments as the program gives them, all values known. */
export type EssArguments = z.infer<typeof argumentsSchema>;
