/** What happens to the settings that a bridged provider documents. */
import { CloudError, type ConnectionSettings } from "../../core/cloud";
import type { ValidationIssue } from "../../core/definition/arguments";

export interface DocumentedSetting {
  /** Key in the stack's configuration, with its members; none for what only the environment has. */
  readonly key?: string;
  /** Variables of the environment with the same meaning, the first set one counts. */
  readonly variables: readonly string[];
  /** `irrelevant`: it changes neither who a refresh acts as, nor where. */
  readonly outcome: "honoured" | "refused" | "irrelevant";
  readonly note?: string;
}

/** The first keys of those settings: where to look in a stack's configuration. */
export function keysOf(settings: readonly DocumentedSetting[]): string[] {
  const keys = settings.flatMap(({ key, outcome }) =>
    key && outcome !== "irrelevant" ? [key.split(".")[0] ?? key] : [],
  );
  return [...new Set(keys)];
}

/** Settings that are set and cannot be honoured. */
export function* refusedSettings(
  documented: readonly DocumentedSetting[],
  prefix: string,
  { bridged = {} }: ConnectionSettings,
  environment: NodeJS.ProcessEnv,
): Iterable<ValidationIssue> {
  for (const { key, variables, outcome, note } of documented) {
    if (outcome !== "refused") continue;
    const names = variables.filter((name) => environment[name]);
    if (key && isSet(memberOf(bridged, key))) names.unshift(`${prefix}:${key}`);
    for (const name of names) yield { property: name, reason: `\`${name}\` is set; ${note}` };
  }
}

const KEYS: ReadonlySet<string> = new Set(["accessKey", "secretKey", "token", "securityToken"]);

/** Settings of the stack that the plugin cannot read, and that nothing takes the place of: encrypted, or in no file. */
export function* unreadableSettings(
  documented: readonly DocumentedSetting[],
  prefix: string,
  { encrypted = [], untold = [], bridged = {}, region, profile, role, endpoint }: ConnectionSettings,
  environment: NodeJS.ProcessEnv,
): Iterable<ValidationIssue> {
  const variables = (key: string) => documented.find((setting) => setting.key === key)?.variables ?? [];
  // The environment has the same keys when it has the same id of them.
  const isSameKey = variables("accessKey").some((name) => environment[name] && environment[name] === bridged.accessKey);
  for (const property of encrypted) {
    const key = property.slice(prefix.length + 1);
    const areKeys = KEYS.has(key);
    if (areKeys ? profile || isSameKey : key.startsWith("assumeRole") && role) continue;
    const instead = areKeys
      ? `keep \`${prefix}:accessKey\` in plain text and set ${variables("accessKey")[0]} and ${variables(key)[0]} to the same keys, name a profile in \`connection.profile\``
      : "keep it in plain text";
    yield {
      property,
      reason: `\`${property}\` is encrypted in the stack's configuration, and the plugin cannot read it: ${instead}, or use the dynamic provider`,
    };
  }
  for (const property of untold) {
    const key = property.slice(prefix.length + 1);
    const replaced =
      (key === "region" && region) ||
      (key === "endpoints" && endpoint) ||
      (key.startsWith("assumeRole") && role) ||
      (key !== "region" && key !== "endpoints" && profile);
    if (replaced) continue;
    const own = ["region", "profile"].includes(key)
      ? `\`connection.${key}\``
      : "`connection.profile` or `connection.role`";
    yield {
      property,
      reason: `\`${property}\` is set for the program, and in no file of the project (a Pulumi environment, \`--config-file\` or the Automation API sets it), so that the plugin is not told of it: set ${own}, write it into the stack's file, or use the dynamic provider`,
    };
  }
}

/** An address with a user or a password in it would be kept in the state, and printed. */
export function* addressIssues(addresses: Readonly<Record<string, string | undefined>>): Iterable<ValidationIssue> {
  for (const [property, address] of Object.entries(addresses)) {
    if (!address) continue;
    const right =
      "it must be a host, or a URL of a host with `http://` or `https://`, without user, password and query";
    const url = parsed(address);
    if (!url || !/^https?:$/.test(url.protocol))
      yield { property, reason: `\`${property}\` is no address that can be called; ${right}` };
    else if (url.username || url.password)
      yield { property, reason: `\`${property}\` holds a user or a password (not shown); ${right}` };
    else if (url.search || url.hash) yield { property, reason: `\`${property}\` holds a query (not shown); ${right}` };
  }
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address.includes("://") ? address : `https://${address}`);
  } catch {
    return undefined;
  }
}

/** A member by its path; a block that is a list of one counts as that one. */
export function memberOf(settings: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split(".").reduce<unknown>((at, name) => {
    const block = Array.isArray(at) ? at[0] : at;
    return block !== null && typeof block === "object" ? (block as Record<string, unknown>)[name] : undefined;
  }, settings);
}

/** The same, as text; undefined when it is not set. */
export function textOf(settings: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const value = memberOf(settings, path);
  return isSet(value) ? String(value) : undefined;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false && value !== "false";
}

/** @throws CloudError that names every setting that is wrong */
export function refuseSettings(issues: readonly ValidationIssue[]): void {
  if (issues.length === 0) return;
  throw new CloudError({
    operation: "Connect",
    code: "WrongSetting",
    kind: "final",
    message: issues.map(({ reason }) => reason).join("; "),
    next: "correct the settings.",
  });
}
