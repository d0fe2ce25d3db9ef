/** Why no refresh was started, for a person. */
import type { CloudError, Refresh } from "../cloud";
import type { MemberDifference } from "../definition/equivalence";
import { commandOn } from "./commands";
import { RefreshError } from "./errors";
import { nameOf, oneLine, progressLine } from "./messages";
import type { Run } from "./run";

export function noGroup(run: Run): RefreshError {
  return new RefreshError({
    code: "refused",
    group: run.group,
    what: `There is no group ${run.group} in region ${run.api.region} (${run.cloud.name}).`,
    next: `check \`${run.cloud.groupArgument}\`, and the region and the account (\`connection\`).`,
  });
}

/** What the group shows would make the refresh fail. It is asked after whatever could be adopted: that needs no fit group. */
export function refusedByGroup(run: Run, obstacles: readonly string[]): RefreshError {
  const reasons = obstacles.map((reason) => `\n  - ${reason}`).join("");
  return new RefreshError({
    code: "refused",
    group: run.group,
    what: `The ${nameOf(run.cloud, run.group)} would fail, and was not started:${reasons}`,
    next: "change the arguments or the group, and run `pulumi up` again.",
  });
}

export function nothingToStop(run: Run): RefreshError {
  return new RefreshError({
    code: "refused",
    group: run.group,
    what: `\`status\` is ${JSON.stringify(run.args.status)}, but no such refresh runs on group ${run.group} (${run.cloud.name}).`,
    next: "remove `status` to start a new refresh.",
  });
}

export function conflictError(run: Run, other: Refresh): RefreshError {
  const isUnknown = other.stage === "unknown";
  const why = isUnknown
    ? "its status is not known to this version, so that it may still run"
    : "`onConflict` is `fail`";
  return new RefreshError({
    code: "conflict",
    group: run.group,
    refreshId: other.id,
    what: `Another refresh, ${other.id}, runs on group ${run.group} (${progressLine(other)}), and ${why}. None was started.`,
    next: isUnknown
      ? "look at it in the cloud's console, and update pulumi-instance-refresh."
      : `wait for its end (\`${commandOn(run, "watch", other.id)}\`), or set \`onConflict\` to \`wait\`, \`cancel\` or \`rollback\`.`,
  });
}

/** Members in which the program says something else than the refresh that it is to take over. */
export function differentArguments(run: Run, refresh: Refresh, members: readonly MemberDifference[]): string {
  const text = (value: unknown) => (value === undefined ? "left out" : JSON.stringify(value));
  const lines = members.map(({ path, one, other, sensitive }) =>
    sensitive
      ? `\n  - \`${path}\` (its values are not shown)`
      : `\n  - \`${path}\` is ${text(one)} in the program, and ${text(other)} in the refresh`,
  );
  return `The ${nameOf(run.cloud, refresh.group, refresh.id)} was started with other arguments than the program's:${lines.join("")}`;
}

export function differs(run: Run, refresh: Refresh, members: readonly MemberDifference[]): RefreshError {
  return new RefreshError({
    code: "refused",
    group: refresh.group,
    refreshId: refresh.id,
    what: differentArguments(run, refresh, members),
    next: "make them say what the refresh was started with, or leave them out.",
  });
}

export function notStarted(run: Run, error: CloudError): RefreshError {
  const isFinal = error.kind === "final";
  const answer = isFinal ? "The cloud refused to start" : "It is not known whether the cloud started";
  return new RefreshError({
    code: isFinal ? "refused" : "unreachable",
    group: run.group,
    what: `${answer} the ${nameOf(run.cloud, run.group)}: ${oneLine(error.message)}. The group shows none that runs.`,
    next: isFinal
      ? (error.next ?? "correct what the cloud names, and run `pulumi up` again.")
      : "run `pulumi up` again: one that was started after all is found and followed.",
    cause: error,
  });
}
