/** Texts of the service, told apart by a word or two, so that one which differs is still found. */
import type { TextRule } from "../bench";

const rows: readonly (readonly [member: string, like: RegExp, fact: string])[] = [
  ["Status", /^(pending|in ?progress|checkpoint\w*|paused|success\w*|fail\w*|cancel\w*|roll\w*)$/i, "ess-statuses"],
  ["Detail", /./, "ess-detail"],
  ["Cause", /./, "ess-activities"],
  ["Description", /./, "ess-activities"],
  ["ScalingPolicy", /./, "ess-small-letters"],
  ["HealthCheckType", /./, "ess-health-check-types"],
];

export const texts: readonly TextRule[] = rows.map(([member, like, fact]) => ({ member, like, fact }));
