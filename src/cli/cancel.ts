import type { Command } from "commander";
import { registerEnding } from "./stop";

/** `instance-refresh cancel`. */
export function registerCancel(program: Command): void {
  const help =
    "What was replaced stays replaced. Nothing is sent during a rollback: cancelled, it would leave a mixed group.";
  registerEnding(program, "cancel [id]", "cancel an instance refresh", help, {
    how: "cancel",
    wanted: "Cancelled",
    emergency: true,
  });
}
