/** An error in the words of the command line: what failed, of which refresh or group, why, and what to do. */
import { CloudError } from "../core/cloud";
import { toolCommand } from "../core/lifecycle/commands";
import { RefreshError, type RefreshErrorCode } from "../core/lifecycle/errors";

type Advice = (command: (name: string) => string) => string;

/** @param command the arguments of the process, from the name of the command on */
export function failureText(error: unknown, command: readonly string[]): string {
  if (error instanceof CloudError) {
    const next = error.next ?? "correct what the cloud names, and run the command again.";
    // What is wrong with a setting is in words of this package, which name it as in a program.
    const message = error.operation === "Connect" ? inOptions(error.message) : error.message;
    return `${taskOf(command)} failed: ${message}.\nNext: ${inOptions(next)}`;
  }
  if (error instanceof RefreshError) {
    const [what] = error.message.split("\nNext: ");
    const named = error.refreshId === undefined ? ["--group", error.group] : [error.refreshId];
    const ofGroup = ["doctor", "history"];
    const next = (name: string) =>
      toolCommand(name, ...(ofGroup.includes(name) ? [error.group] : named), ...connectionOf(command));
    return `${what}\nNext: ${ADVICE[error.code](next)}`;
  }
  return (error as Error).message ?? String(error);
}

/** Why one of several names has a problem; what names it by itself needs no name before it. */
export function problemOf(name: string, why: string): string {
  return why.toLowerCase().startsWith(`${name.toLowerCase()} `) ? why : `${name}: ${why}`;
}

/** The options of a command line that say how the cloud is reached, for the command that comes next. */
export function connectionOf(command: readonly string[]): string[] {
  return command.flatMap((word, index) => {
    if (/^--(cloud|region|profile|role|endpoint)=/.test(word)) return [word];
    const value = command[index + 1];
    return /^--(cloud|region|profile|role|endpoint)$/.test(word) && value !== undefined ? [word, value] : [];
  });
}

const seeHow: Advice = (command) => `see how it stands: ${command("status")}`;
const startAnother: Advice = (command) =>
  `correct the cause, and see what another refresh would meet: ${command("doctor")}`;

/** What to do about a failure of a refresh, by the commands for that. */
const ADVICE: Readonly<Record<RefreshErrorCode, Advice>> = {
  failed: startAnother,
  rolledBack: startAnother,
  rollbackFailed: (command) => `look at the group's scaling activities; ${startAnother(command)}`,
  cancelled: (command) => `ask who cancelled it; ${startAnother(command)}`,
  unknownStatus: () => "look at it in the cloud's console, and update pulumi-instance-refresh.",
  vanished: (command) => `check \`--region\` and \`--profile\`, and see what the cloud knows: ${command("history")}`,
  timedOut: (command) => `go on waiting, for longer with \`--timeout\`: ${command("watch")}`,
  interrupted: (command) => `go on waiting: ${command("watch")}`,
  halted: seeHow,
  analysisFailed: startAnother,
  outsideWindow: seeHow,
  conflict: seeHow,
  refused: seeHow,
  tooLate: seeHow,
  unreachable: () => "correct the cause, and run the command again.",
};

/** Options without a value: what follows them is a name. */
const FLAGS = new Set(["--json", "--next", "--no-wait"]);

/** `cancel of ir-1`: the command, and what it names. */
function taskOf([name = "instance-refresh", ...rest]: readonly string[]): string {
  const groups = rest.filter((_, index) => rest[index - 1] === "--group");
  const isValue = (index: number) => rest[index - 1]?.startsWith("--") && !FLAGS.has(rest[index - 1] ?? "");
  const ids = rest.filter((each, index) => !each.startsWith("-") && !isValue(index));
  const named = [...ids, ...groups.map((group) => `group ${group}`)].join(", ");
  return named ? `${name} of ${named}` : name;
}

/** Settings of a program as options; a command has no stack. */
export function inOptions(text: string): string {
  return text
    .replace(/the stack's `[^`]+`(?: configuration)?(?:, | has them)?/g, "")
    .replace(/`connection\.(\w+)`/g, "`--$1`")
    .replace(/, or(?: has them)?(?=[.;)]|$)/g, "")
    .replace(/\s+/g, " ");
}
