/** Colour, where the terminal has it and the person wants it: NO_COLOR and FORCE_COLOR are honoured. */
import { styleText } from "node:util";

type Stream = Pick<NodeJS.WriteStream, "isTTY"> & { hasColors?(): boolean };

export function painted(
  colour: "green" | "red",
  text: string,
  stream: Stream = process.stdout,
  { NO_COLOR, FORCE_COLOR } = process.env,
): string {
  const wanted = FORCE_COLOR ? FORCE_COLOR !== "0" : !NO_COLOR && stream.isTTY && stream.hasColors?.();
  return wanted ? styleText(colour, text, { validateStream: false }) : text;
}
