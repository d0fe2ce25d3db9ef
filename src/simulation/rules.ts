import { autoScalingTexts } from "./autoScalingTexts";
import { essTexts } from "./essTexts";
import type { Texts } from "./texts";

/** In what the clouds differ. Everything else is the same model. */
export interface Rules {
  /** Percent of the desired capacity, when a refresh does not say. */
  readonly minHealthyPercentage: number;
  /** Undefined: a replacement is launched when its predecessor is terminated, and the group never grows. */
  readonly maxHealthyPercentage: number | undefined;
  readonly skipMatching: boolean;
  readonly protectedInstances: "Refresh" | "Ignore" | "Wait";
  readonly standbyInstances: "Terminate" | "Ignore" | "Wait";
  /** Whether instances that were added by hand are replaced. */
  readonly replacesManualInstances: boolean;
  /** Whether instances that are launching when a refresh starts are replaced. */
  readonly replacesLaunchingInstances: boolean;
  /** What happens to a refresh that finds every instance up to date. */
  readonly nothingToReplace: "Succeed" | "Refuse";
  /** Whether a rollback may be cancelled, which leaves a mixed group behind. */
  readonly cancelsRollbacks: boolean;
  /** Whether reaching 100 percent is a checkpoint like the others, with its pause. */
  readonly pausesAtLastCheckpoint: boolean;
  /** Whether a weight that is no less than the desired capacity lets every instance be replaced at once. */
  readonly replacesAllWhenWeightIsLarge: boolean;
  /** Whether the hook that ends last decides whether a launch is abandoned; else each can abandon it. */
  readonly lastLaunchHookDecides: boolean;
  /** Whether a page of the vendor has old instances released only when new ones are ready, which the model does not do. */
  readonly mayLaunchFirst: boolean;
  /** Seconds for which a refresh may run. */
  readonly timeLimitSeconds: number;
  /** Whether pauses and baking count towards the time limit. */
  readonly timeLimitCountsPauses: boolean;
  /** Seconds without progress after which a refresh fails. */
  readonly blockedSeconds: number;
  /** Seconds for which an ended refresh is remembered. */
  readonly remembersSeconds: number;
  /** Whether what is moved on request is among the activities. */
  readonly recordsMoves: boolean;
  readonly texts: Texts;
}

const hour = 3600;
const day = 24 * hour;

export const autoScalingRules: Rules = {
  minHealthyPercentage: 90, // fact: aws-default-min-healthy
  maxHealthyPercentage: undefined, // fact: aws-default-max-healthy
  skipMatching: false, // fact: aws-default-skip-matching
  protectedInstances: "Wait", // fact: aws-default-protected
  standbyInstances: "Wait", // fact: aws-default-standby
  replacesManualInstances: true, // fact: aws-attached-instances
  replacesLaunchingInstances: true, // fact: aws-replaces-launching
  nothingToReplace: "Succeed", // fact: aws-nothing-to-replace
  cancelsRollbacks: true, // fact: aws-cancel-of-rollback
  pausesAtLastCheckpoint: false, // fact: aws-last-checkpoint-no-pause
  replacesAllWhenWeightIsLarge: true, // fact: aws-large-weight
  lastLaunchHookDecides: false, // fact: aws-hook-abandons-launch
  mayLaunchFirst: false, // fact: aws-min-100-without-max
  timeLimitSeconds: 14 * day, // fact: aws-time-limit
  timeLimitCountsPauses: false, // fact: aws-time-limit-of-replacing
  blockedSeconds: hour, // fact: aws-blocked-for-an-hour
  remembersSeconds: 42 * day, // fact: aws-remembered-six-weeks
  recordsMoves: true, // fact: aws-cause-standby
  texts: autoScalingTexts, // fact: aws-reason-warming-up
};

export const essRules: Rules = {
  minHealthyPercentage: 80, // fact: ess-default-min-healthy
  maxHealthyPercentage: 120, // fact: ess-default-max-healthy
  skipMatching: true, // fact: ess-default-skip-matching
  protectedInstances: "Ignore", // fact: ess-ignored-instances
  standbyInstances: "Ignore", // fact: ess-ignored-instances
  replacesManualInstances: false, // fact: ess-ignored-instances
  replacesLaunchingInstances: false, // fact: ess-launching-instances
  nothingToReplace: "Refuse", // fact: ess-nothing-to-refresh
  cancelsRollbacks: false, // fact: ess-no-cancel-in-rollback
  pausesAtLastCheckpoint: true, // fact: ess-last-checkpoint-pauses
  replacesAllWhenWeightIsLarge: false, // fact: ess-no-exception-for-weights
  lastLaunchHookDecides: true, // fact: ess-hook-last-decides
  mayLaunchFirst: true, // fact: ess-order-of-replacing
  timeLimitSeconds: 7 * day, // fact: ess-time-limit
  timeLimitCountsPauses: true, // fact: ess-time-limit
  blockedSeconds: hour, // fact: ess-no-progress
  remembersSeconds: Number.POSITIVE_INFINITY, // fact: ess-remembered
  recordsMoves: false, // fact: ess-activities
  texts: essTexts, // fact: ess-detail
};
