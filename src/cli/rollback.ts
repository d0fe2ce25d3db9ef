import type { Command } from "commander";
import { registerEnding } from "./stop";

/** `instance-refresh rollback`. */
export function registerRollback(program: Command): void {
  const help =
    "What was replaced runs the former configuration again. It needs a desired configuration of a fixed version.";
  registerEnding(program, "rollback [id]", "roll an instance refresh back", help, {
    how: "rollback",
    emergency: false,
    wanted: "RollbackSuccessful",
  });
}
