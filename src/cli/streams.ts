/** What a command does when nobody reads it any more, or a disk is full: it ends, in at most one line. */
import { exitCodes } from "./exitCodes";

export function endQuietly(): void {
  process.stdout.on("error", ended);
  process.stderr.on("error", () => process.exit(exitCodes.unknown));
}

/** `watch … | head -1` has what it wants: how the refresh ends is not known. */
function ended(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") process.stderr.write(`Standard output could not be written: ${error.code}.\n`);
  process.exit(exitCodes.unknown);
}
