import type { Command } from "commander";
import { registerSuspension } from "./suspension";

/** `instance-refresh suspend`. */
export function registerSuspend(program: Command): void {
  registerSuspension(program, "suspend [id]", "suspend an instance refresh until it is resumed", {
    already: (status) => status === "Paused",
    operation: "suspend",
    done: "is suspended: it replaces nothing more until it is resumed",
  });
}
