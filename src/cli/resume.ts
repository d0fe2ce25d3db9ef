import type { Command } from "commander";
import { registerSuspension } from "./suspension";

/** `instance-refresh resume`. */
export function registerResume(program: Command): void {
  registerSuspension(program, "resume [id]", "resume an instance refresh that is suspended or at a checkpoint", {
    already: (status) => status === "InProgress",
    operation: "resume",
    done: "goes on",
  });
}
