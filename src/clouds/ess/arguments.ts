/**
 * The arguments and outputs of `ess.InstanceRefresh`: those of the bridged `alicloud.ess.InstanceRefresh` by the same
 * names, the scaling configuration that it lacks, and the common ones.
 */
import { z } from "zod";
import { argument, type Definition, issue, type Rule, type ValidationIssue } from "../../core/definition/arguments";
import { commonArguments } from "../../core/definition/commonArguments";
import { outcomeOutputs } from "../../core/definition/outputs";

const START = "StartInstanceRefresh";
const DESCRIBE = "DescribeInstanceRefreshes";

const environmentVar = z.strictObject({
  key: argument(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/), {
    text: "Name of the variable.",
    form: "1 to 128 letters, digits and underscores, not a digit first",
    source: START,
  }).optional(),
  value: argument(z.string().max(256), { text: "Value of the variable.", sensitive: true, source: START }).optional(),
  fieldRefFieldPath: argument(z.string(), {
    text: "Not available in the API yet; anything but an empty string is refused.",
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
    text: "Id of the image to launch from, `m-…`. On success it becomes the image of the group's active configuration, which must not come from a launch template.",
    source: START,
  }).optional(),
  desiredConfigurationScalingConfigurationId: argument(z.string().min(1), {
    kind: "configuration",
    text: "Id of the scaling configuration to launch from, `asc-…`. On success it becomes the group's active one.",
    source: START,
  }).optional(),
  desiredConfigurationLaunchTemplateId: argument(z.string().min(1), {
    kind: "configuration",
    text: "Id of the launch template to launch from, `lt-…`.",
    source: START,
  }).optional(),
  desiredConfigurationLaunchTemplateVersion: argument(z.string().regex(/^([1-9][0-9]*|Default|Latest)$/), {
    kind: "configuration",
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
    { kind: "configuration", text: "Instance types that override the launch template's.", source: START },
  ).optional(),
  desiredConfigurationContainers: argument(z.array(container), {
    kind: "configuration",
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

const outputs = z.strictObject({
  ...outcomeOutputs,
  detail: argument(z.string(), {
    text: "Why the refresh stands as it does, in the cloud's words.",
    source: DESCRIBE,
  }).optional(),
  finishedUpdateCapacity: argument(z.int(), {
    text: "Instances that have been replaced.",
    source: DESCRIBE,
  }).optional(),
  totalNeedUpdateCapacity: argument(z.int(), {
    text: "Instances that are to be replaced in all.",
    source: DESCRIBE,
  }).optional(),
  regionId: argument(z.string(), { text: "Region of the refresh.", source: DESCRIBE }).optional(),
});

const argumentsSchema = z.strictObject({ ...requestArguments, ...commonArguments("anyChange") });

/** The arguments as the program gives them, all values known. */
export type EssArguments = z.infer<typeof argumentsSchema>;

const CONFIGURATIONS = [
  "desiredConfigurationImageId",
  "desiredConfigurationScalingConfigurationId",
  "desiredConfigurationLaunchTemplateId",
  "desiredConfigurationContainers",
] as const satisfies readonly (keyof EssArguments)[];

/** A version that the service resolves by itself. */
export function isFloatingVersion(version: string | undefined): boolean {
  return version === "Default" || version === "Latest";
}

const rules: readonly Rule<EssArguments>[] = [
  {
    name: "one desired configuration",
    reads: CONFIGURATIONS,
    source: START,
    *check(args) {
      const given = CONFIGURATIONS.filter((name) => args[name] !== undefined);
      for (const name of given.slice(1)) {
        yield {
          property: name,
          reason: `\`${name}\` is set beside \`${given[0]}\`; set one of them: they exclude one another`,
        };
      }
    },
  },
  {
    name: "a launch template for its version and overrides",
    reads: [
      "desiredConfigurationLaunchTemplateId",
      "desiredConfigurationLaunchTemplateVersion",
      "desiredConfigurationLaunchTemplateOverrides",
    ],
    source: START,
    *check(args) {
      if (args.desiredConfigurationLaunchTemplateId !== undefined) return;
      for (const name of [
        "desiredConfigurationLaunchTemplateVersion",
        "desiredConfigurationLaunchTemplateOverrides",
      ] as const) {
        if (args[name] !== undefined) {
          yield issue(name, args[name], "it needs `desiredConfigurationLaunchTemplateId` beside it");
        }
      }
    },
  },
  {
    name: "ascending checkpoints that end at 100",
    reads: ["checkpoints"],
    source: START,
    *check({ checkpoints }) {
      yield* checkpointFaults(checkpoints ?? []);
    },
  },
  {
    name: "no empty entries in lists",
    reads: ["desiredConfigurationLaunchTemplateOverrides", "desiredConfigurationContainers"],
    // A request numbers the entries of a list: one without a member cannot be written down, and breaks the count.
    source: START,
    *check({ desiredConfigurationLaunchTemplateOverrides = [], desiredConfigurationContainers = [] }) {
      yield* emptyEntries("desiredConfigurationLaunchTemplateOverrides", desiredConfigurationLaunchTemplateOverrides);
      yield* emptyEntries("desiredConfigurationContainers", desiredConfigurationContainers);
      for (const [index, { environmentVars = [] }] of desiredConfigurationContainers.entries())
        yield* emptyEntries(`desiredConfigurationContainers[${index}].environmentVars`, environmentVars);
    },
  },
  {
    name: "no reference to a field",
    reads: ["desiredConfigurationContainers"],
    source: START,
    *check({ desiredConfigurationContainers }) {
      for (const [index, { environmentVars }] of (desiredConfigurationContainers ?? []).entries()) {
        for (const [at, { fieldRefFieldPath }] of (environmentVars ?? []).entries()) {
          const path = `desiredConfigurationContainers[${index}].environmentVars[${at}].fieldRefFieldPath`;
          if (fieldRefFieldPath) yield issue(path, fieldRefFieldPath, "leave it out: the API does not offer it yet");
        }
      }
    },
  },
  {
    name: "no rollback of a version that the service resolves",
    reads: ["desiredConfigurationLaunchTemplateVersion", "status", "onTimeout", "onDelete"],
    source: START,
    *check(args) {
      if (!isFloatingVersion(args.desiredConfigurationLaunchTemplateVersion)) return;
      const asks = { status: "RollbackSuccessful", onTimeout: "rollback", onDelete: "rollback" } as const;
      for (const [name, value] of Object.entries(asks)) {
        if (args[name as keyof typeof asks] === value) {
          yield issue(
            name,
            value,
            `a refresh to \`desiredConfigurationLaunchTemplateVersion\` \`${args.desiredConfigurationLaunchTemplateVersion}\` cannot be rolled back: give the version as a number`,
          );
        }
      }
    },
  },
];

function* emptyEntries(list: string, entries: readonly object[]): Iterable<ValidationIssue> {
  for (const [index, entry] of entries.entries()) {
    const isEmpty = Object.values(entry).every((value) => Array.isArray(value) && value.length === 0);
    if (isEmpty) yield issue(`${list}[${index}]`, entry, "say something in it, or leave it out");
  }
}

function* checkpointFaults(checkpoints: NonNullable<EssArguments["checkpoints"]>): Iterable<ValidationIssue> {
  for (const [index, { percentage }] of checkpoints.entries()) {
    const property = `checkpoints[${index}].percentage`;
    const before = checkpoints[index - 1]?.percentage;
    if (percentage === undefined) yield issue(property, percentage, "it must be a whole number from 1 to 100 (%)");
    else if (before !== undefined && percentage <= before)
      yield issue(property, percentage, `it must be above the one before it, ${before}`);
    else if (index === checkpoints.length - 1 && percentage !== 100)
      yield issue(property, percentage, "the last must be 100");
  }
}

/** Everything that `ess.InstanceRefresh` accepts and answers. */
export const definition: Definition<EssArguments> = { arguments: argumentsSchema, outputs, rules };
