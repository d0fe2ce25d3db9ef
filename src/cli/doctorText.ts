/** What the doctor found, in lines. */
import type { CloudError, Group } from "../core/cloud";
import type { Diagnosis, PermissionCheck } from "../core/diagnosis";
import { RefreshError } from "../core/lifecycle/errors";
import { inOptions } from "./failureText";

export interface Finding {
  /** ✓ well; ✗ stands in the way; ! worth knowing; – not known, or nothing to decide. */
  readonly mark: "✓" | "✗" | "!" | "–";
  readonly line: string;
  /** What to do, or to try. */
  readonly next?: string | undefined;
}

export function printed(group: string, findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ mark, line, next }) => [`${mark} ${line}`, ...(next ? [`  Next: ${next}`] : [])]);
  return [group, ...lines].join("\n");
}

export function failed(error: CloudError | RefreshError): Finding {
  if (error instanceof RefreshError) {
    const [line = "", next] = error.message.split("\nNext: ");
    return { mark: "✗", line, next: next && inOptions(next) };
  }
  return { mark: "✗", line: error.message, next: error.next && inOptions(error.next) };
}

export function connectionLines(region: string, { accessKeyId, identity, endpoint }: Diagnosis): Finding[] {
  const whose = identity ? `of ${identity}` : "whose they are, STS does not tell";
  return [
    { mark: "✓", line: `credentials: access key ${accessKeyId}, ${whose}` },
    { mark: "✓", line: `region: ${region}` },
    { mark: "✓", line: `endpoint: ${endpoint}` },
  ];
}

export function permissionLines({ permissions, advice }: Diagnosis): Finding[] {
  const tried = permissions.filter(({ state }) => state !== "untried");
  const untried = permissions.filter(({ state }) => state === "untried").map(({ permission }) => permission);
  const acts: Finding = { mark: "–", line: `${untried.join(", ")}: not tried, as each would act`, next: advice };
  return [...tried.map(permissionLine), ...(untried.length > 0 ? [acts] : [])];
}

function permissionLine({ permission, leftOut, state, why }: PermissionCheck): Finding {
  if (state === "allowed") return { mark: "✓", line: permission };
  if (state === "unknown") return { mark: "–", line: `${permission}: not known (${why})` };
  if (leftOut) return { mark: "!", line: `${permission} is missing; it is optional: ${leftOut}` };
  return {
    mark: "✗",
    line: `${permission} is missing`,
    next: "allow it to whom the credentials belong (SECURITY.md).",
  };
}

export function groupLine(cloud: string, region: string, group: Group | undefined): Finding {
  if (!group) {
    const next = "check the name, `--cloud`, `--region` and the account.";
    return { mark: "✗", line: `group: there is none of this name in ${region} (${cloud})`, next };
  }
  const { desired, inService } = group.capacity;
  return {
    mark: "✓",
    line: `group: ${inService} of ${desired} in service, the next launch is from ${group.launchesFrom}`,
  };
}
