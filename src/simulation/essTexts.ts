import type { Texts } from "./texts";

export const essTexts: Texts = {
  warmingUp: () => "", // fact: ess-detail
  healthUnknown: () => "", // fact: ess-detail
  waitsForProtected: (_, count) => `Waiting for ${count} instances that are in standby or protected from scale in.`, // fact: ess-detail
  waitsForStandby: (_, count) => `Waiting for ${count} instances that are in standby or protected from scale in.`, // fact: ess-detail
  unhealthy: "New instances do not pass their health checks.", // fact: ess-detail
  launchesFail: (message) => `New instances cannot be launched. ${message}`, // fact: ess-detail
  alarmLacksData: () => "", // fact: ess-detail
  processSuspended: () => "", // fact: ess-detail
  atCheckpoint: (percentage) => `Paused at the checkpoint of ${percentage} percent.`, // fact: ess-detail
  baking: "Everything is replaced; waiting for the bake time to pass.", // fact: ess-detail
  cancelling: "Waiting for instances that are being launched and terminated.", // fact: ess-detail
  cancelled: () => "Cancelled on request.", // fact: ess-detail
  suspended: "Suspended on request.", // fact: ess-detail
  upToDate: "Every instance was up to date.", // fact: ess-detail
  noProgress: (minutes, why) => `No progress for ${minutes} minutes. ${why}`, // fact: ess-detail
  timeIsUp: (days) => `The instance refresh did not end within ${days} days.`, // fact: ess-detail
  alarm: (name) => `Alarm ${name} is in the state ALARM.`, // fact: ess-detail
  rolledBackOnRequest: "Rolled back on request.", // fact: ess-detail
  rolledBack: (why) => `Rolled back automatically. ${why}`, // fact: ess-detail
  cause: ({ cause, what }) => {
    // fact: ess-activities
    const by =
      "refresh" in cause && `${cause.kind === "Rollback" ? "the rollback of " : ""}instance refresh ${cause.refresh}.`;
    // fact: ess-activities
    if (by) return what === "Launch" ? `Launched by ${by}` : `Replaced by ${by}`;
    // fact: ess-activities
    return plainCauses[cause.kind as keyof typeof plainCauses];
  },
};

const plainCauses = {
  Created: "The group was created.", // fact: ess-activities
  Capacity: "The group had fewer instances than desired.", // fact: ess-activities
  Surplus: "It exceeded the desired capacity.", // fact: ess-activities
  Scaled: "The desired capacity was lowered.", // fact: ess-activities
  Unhealthy: "It was found unhealthy.", // fact: ess-activities
  Abandoned: "A lifecycle hook abandoned it.", // fact: ess-activities
  WarmPool: "The warm pool had fewer instances than asked for.", // fact: ess-activities
  Request: "On request.", // fact: ess-activities
} as const;
