/** Rules of StartInstanceRefresh that involve several arguments. */
import { analysisRules } from "../../core/definition/analysisArguments";
import { issue, type Rule, type ValidationIssue } from "../../core/definition/arguments";
import { rollbackAsked as rollbackByPolicy } from "../../core/definition/policies";
import type { AutoScalingArguments } from "./arguments";
import { configurationRules } from "./types/configurationRules";

/** The arguments that ask for a rollback of this refresh, by path and value. */
export function* rollbackAsked(args: AutoScalingArguments): Iterable<[property: string, value: unknown]> {
  if (args.preferences?.autoRollback) yield ["preferences.autoRollback", true];
  yield* rollbackByPolicy(args);
}

const preferenceRules: readonly Rule<AutoScalingArguments>[] = [
  {
    text: "`maxHealthyPercentage` needs `minHealthyPercentage`, and is at most 100 above it.",
    reads: ["preferences"],
    source: "RefreshPreferences",
    *check({ preferences: { minHealthyPercentage: min, maxHealthyPercentage: max } = {} }) {
      if (max === undefined) return;
      if (min === undefined) {
        yield issue("preferences.minHealthyPercentage", min, "`maxHealthyPercentage` needs it beside it");
      } else if (max - min > 100) {
        yield issue(
          "preferences.maxHealthyPercentage",
          max,
          `it must be at most ${min + 100}: 100 above \`minHealthyPercentage\``,
        );
      }
    },
  },
  {
    text: "`checkpointPercentages` ascend.",
    reads: ["preferences"],
    source: "RefreshPreferences",
    *check({ preferences: { checkpointPercentages = [] } = {} }) {
      for (const [index, percentage] of checkpointPercentages.entries()) {
        const before = checkpointPercentages[index - 1];
        if (before !== undefined && percentage <= before)
          yield issue(
            `preferences.checkpointPercentages[${index}]`,
            percentage,
            `it must be above the one before it, ${before}`,
          );
      }
    },
  },
  {
    text: "`checkpointDelay` needs `checkpointPercentages`.",
    reads: ["preferences"],
    source: "RefreshPreferences",
    *check({ preferences: { checkpointDelay, checkpointPercentages = [] } = {} }) {
      if (checkpointDelay !== undefined && checkpointPercentages.length === 0)
        yield issue("preferences.checkpointDelay", checkpointDelay, "it needs `checkpointPercentages` beside it");
    },
  },
  {
    text: "A rollback (`autoRollback`, `status`, `onTimeout`, `onDelete`, `rollout.onFailure`, `analysis.onFailure`) needs a `desiredConfiguration`.",
    reads: ["desiredConfiguration", "preferences", "status", "onTimeout", "onDelete", "rollout", "analysis"],
    source: "RollbackInstanceRefresh",
    *check(args) {
      if (args.desiredConfiguration !== undefined) return;
      for (const [property, value] of rollbackAsked(args))
        yield issue(property, value, "only a refresh with a `desiredConfiguration` can be rolled back: set one");
    },
  },
  {
    text: "`analysis.onInconclusive` is not `pause`: a refresh cannot be suspended.",
    reads: ["analysis"],
    source: "StartInstanceRefresh",
    *check({ analysis }) {
      if (analysis?.onInconclusive === "pause")
        yield issue(
          "analysis.onInconclusive",
          "pause",
          "EC2 Auto Scaling cannot suspend a refresh: use `fail` or `ignore`",
        );
    },
  },
  {
    text: 'With `strategy: "ReplaceRootVolume"` every override has an `imageId`.',
    reads: ["strategy", "desiredConfiguration"],
    source: "ReplaceRootVolume",
    *check({ strategy, desiredConfiguration }) {
      if (strategy === "ReplaceRootVolume") yield* missingImages(desiredConfiguration);
    },
  },
];

function* missingImages(desired: AutoScalingArguments["desiredConfiguration"]): Iterable<ValidationIssue> {
  const property = "desiredConfiguration.mixedInstancesPolicy.launchTemplate.overrides";
  const overrides = desired?.mixedInstancesPolicy?.launchTemplate?.overrides ?? [];
  const needed = "the strategy `ReplaceRootVolume` needs an `imageId` in every override";
  if (overrides.length === 0) yield { property, reason: `\`${property}\` has no entries; ${needed}` };
  for (const [index, { imageId }] of overrides.entries()) {
    if (imageId === undefined) yield issue(`${property}[${index}].imageId`, imageId, needed);
  }
}

export const rules: readonly Rule<AutoScalingArguments>[] = [
  ...configurationRules,
  ...preferenceRules,
  ...analysisRules,
];
