/** Set-up could not be finished; the message tells a person what to do about it. */
export class SetUpError extends Error {}

/** Standard error, so that what the command after set-up prints can be piped. */
export function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}
