import type { Happening, Texts } from "./texts";

export const autoScalingTexts: Texts = {
  // fact: aws-reason-warming-up
  warmingUp: (instance) =>
    `Waiting for instances to warm up before continuing. For example: ${instance} is warming up.`,
  // fact: aws-reason-health-unknown
  healthUnknown: (instance) =>
    `Waiting for remaining instances to be available. For example: ${instance} has insufficient data to evaluate its health with Amazon EC2.`,
  // fact: aws-reason-protected
  waitsForProtected: (instance) =>
    `Waiting for remaining instances to be available. For example: ${instance} is protected. Remove instance scale-in protection to continue.`,
  // fact: aws-reason-standby
  waitsForStandby: (instance) =>
    `Waiting for remaining instances to be available. For example: ${instance} is in standby. Move it back to service to continue.`,
  // fact: aws-reason-unhealthy
  unhealthy: "New instances do not pass their health checks.",
  // fact: aws-reason-launches-fail
  launchesFail: (message) => `New instances cannot be launched. ${message}`,
  // fact: aws-alarm-lacks-data
  alarmLacksData: (alarm) => `Waiting for data. Alarm ${alarm} is in the state INSUFFICIENT_DATA.`,
  // fact: aws-process-suspended
  processSuspended: (process) => `Waiting because the process ${process} of the group is suspended.`,
  // fact: aws-reason-checkpoint
  atCheckpoint: (percentage) => `Paused at the checkpoint of ${percentage} percent.`,
  // fact: aws-reason-baking
  baking: "Everything is replaced; waiting for the bake time to pass.",
  // fact: aws-reason-cancelled
  cancelling: "Cancelled due to user request.",
  // fact: aws-reason-cancelled
  cancelled: () => "Cancelled due to user request.",
  suspended: "", // fact: aws-no-suspension
  // fact: aws-reason-up-to-date
  upToDate: "Every instance was up to date.",
  // fact: aws-reason-failed
  noProgress: (minutes, why) => `No progress for ${minutes} minutes. ${why}`,
  // fact: aws-reason-failed
  timeIsUp: (days) => `The instance refresh did not end within ${days} days.`,
  // fact: aws-reason-alarm
  alarm: (name) => `Alarm ${name} is in the state ALARM.`,
  // fact: aws-reason-rolled-back
  rolledBackOnRequest: "Rolled back on request.",
  // fact: aws-reason-rolled-back
  rolledBack: (why) => `Rolled back automatically. ${why}`,
  cause: (happening) => sentences(happening).join("  "),
};

/** Two blanks between sentences, as the service writes them. */
function sentences(happening: Happening): string[] {
  const { cause, what, instance, from, to } = happening;
  const at = `At ${new Date(happening.time).toISOString().replace(/\.\d+/, "")}`;
  const { kind } = cause;
  if (what === "Launch" || what === "ReplaceRootVolume") {
    if (what === "ReplaceRootVolume")
      // fact: aws-cause-root-volume
      return [`${at} the root volume of an instance was replaced in response to an instance refresh.`];
    if (kind === "Refresh" || kind === "Rollback")
      // fact: aws-cause-refresh
      return [`${at} an instance was launched in response to an instance refresh.`];
    if (kind === "Unhealthy" || kind === "Abandoned")
      // fact: aws-cause-unhealthy
      return [`${at} an instance was launched in response to an unhealthy instance needing to be replaced.`];
    // fact: aws-cause-capacity
    return [
      `${at} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${from} to ${to}.`,
    ];
  }
  // fact: aws-cause-request, aws-cause-capacity
  const change = from === to ? "" : `, ${to < from ? "shrinking" : "increasing"} the capacity from ${from} to ${to}`;
  // fact: aws-cause-request
  if (what === "Detach") return [`${at} instance ${instance} was detached in response to a user request${change}.`];
  // fact: aws-cause-request
  if (what === "Attach") return [`${at} an instance was attached in response to a user request${change}.`];
  if (what === "EnterStandby")
    // fact: aws-cause-standby
    return [`${at} instance ${instance} was moved to standby in response to a user request${change}.`];
  if (what === "ExitStandby")
    // fact: aws-cause-standby
    return [`${at} instance ${instance} was moved out of standby in response to a user request${change}.`];
  if (kind === "Request")
    // fact: aws-cause-request
    return [`${at} instance ${instance} was taken out of service in response to a user request${change}.`];
  // fact: aws-cause-selected
  const selected = `${at} instance ${instance} was selected for termination.`;
  if (kind === "Refresh" || kind === "Rollback")
    // fact: aws-cause-refresh
    return [`${at} an instance was taken out of service in response to an instance refresh.`, selected];
  if (kind === "Unhealthy")
    // fact: aws-cause-unhealthy
    return [`${at} an instance was taken out of service in response to an EC2 instance status checks failure.`];
  // fact: aws-cause-capacity
  return [
    `${at} an instance was taken out of service in response to a difference between desired and actual capacity${change}.`,
    selected,
  ];
}
