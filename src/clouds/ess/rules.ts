/** Rules of StartInstanceRefresh that involve several arguments. */
import { analysisRules } from "../../core/definition/analysisArguments";
import { issue, type Rule, type ValidationIssue } from "../../core/definition/arguments";
import { rollbackAsked } from "../../core/definition/policies";
import type { EssArguments } from "./arguments";

const START = "StartInstanceRefresh";

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

export const rules: readonly Rule<EssArguments>[] = [
  {
    text: "Set at most one of `desiredConfigurationImageId`, `desiredConfigurationScalingConfigurationId`, `desiredConfigurationLaunchTemplateId` and `desiredConfigurationContainers`.",
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
    text: "`desiredConfigurationLaunchTemplateVersion` and `desiredConfigurationLaunchTemplateOverrides` need `desiredConfigurationLaunchTemplateId`.",
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
    text: "The percentages of `checkpoints` ascend, and the last one is 100.",
    reads: ["checkpoints"],
    source: START,
    *check({ checkpoints }) {
      yield* checkpointFaults(checkpoints ?? []);
    },
  },
  {
    text: "No entry of `desiredConfigurationLaunchTemplateOverrides`, `desiredConfigurationContainers` or their `environmentVars` is empty.",
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
    text: 'A refresh to the version `Latest` or `Default` cannot be rolled back: `status: "RollbackSuccessful"`, `onTimeout: "rollback"`, `onDelete: "rollback"`, `rollout.onFailure: "rollback"` and `analysis.onFailure: "rollback"` need a version number.',
    reads: ["desiredConfigurationLaunchTemplateVersion", "status", "onTimeout", "onDelete", "rollout", "analysis"],
    source: START,
    *check(args) {
      if (!isFloatingVersion(args.desiredConfigurationLaunchTemplateVersion)) return;
      for (const [name, value] of rollbackAsked(args)) {
        yield issue(
          name,
          value,
          `a refresh to \`desiredConfigurationLaunchTemplateVersion\` \`${args.desiredConfigurationLaunchTemplateVersion}\` cannot be rolled back: give the version as a number`,
        );
      }
    },
  },
  ...analysisRules,
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
