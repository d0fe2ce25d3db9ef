/** Which constraint cannot be met, and by how much. */
import { durationText } from "../core/durations";
import { type CapacityConstraints, candidatesOf, HIGHEST } from "./adviseCandidates";
import { keepsCapacity, type Trials, type Tried } from "./adviseTrials";

export type Unmet =
  | {
      readonly constraint: "within";
      /** Seconds. */
      readonly asked: number;
      /** Of the fastest, at most; and about. */
      readonly possible: number;
      readonly expected: number;
    }
  | {
      readonly constraint: "neverBelow" | "neverAbove";
      /** Percent. */
      readonly asked: number;
      /** With the other constraint as it is; undefined: nothing would do. */
      readonly possible: number | undefined;
    }
  | { readonly constraint: "checkpoints"; readonly asked: number; readonly possible: number }
  | { readonly constraint: "success"; readonly reason: string };

/** Enough to try every capacity of a small group, and many of a large one. */
const MOST_TRIED = 120;

/** Of a group that no candidate keeps within both: how far each would have to give way. */
export function unmetCapacity(trials: Trials, asked: CapacityConstraints, tried: readonly Tried[]): Unmet[] {
  if (!tried.some(({ usual }) => isSuccessful(usual)))
    return [{ constraint: "success", reason: tried[0]?.usual.reason ?? "" }];
  const { snapshot } = trials;
  const share = (units: number) => (units * 100) / Math.max(1, snapshot.desiredCapacity);
  const lowest = tried
    .filter(({ usual, highestTotal }) => isSuccessful(usual) && highestTotal <= portionOf(asked.neverAbove))
    .map(({ lowestReady }) => share(lowestReady));
  const wide = candidatesOf(snapshot, { ...asked, neverAbove: HIGHEST }, MOST_TRIED).flatMap(
    (each) => trials.try(each, 1) ?? [],
  );
  const highest = wide
    .filter((each) => isSuccessful(each.usual) && keepsCapacity(snapshot, { ...asked, neverAbove: HIGHEST }, each))
    .map(({ highestTotal }) => share(highestTotal));
  return [
    {
      constraint: "neverBelow",
      asked: asked.neverBelow,
      possible: lowest.length > 0 ? Math.floor(Math.max(...lowest)) : undefined,
    },
    {
      constraint: "neverAbove",
      asked: asked.neverAbove,
      possible: highest.length > 0 ? Math.ceil(Math.min(...highest)) : undefined,
    },
  ];

  function portionOf(percentage: number): number {
    return (snapshot.desiredCapacity * percentage) / 100;
  }
}

function isSuccessful({ status }: Tried["usual"]): boolean {
  return status === "Successful";
}

/** What is asked in the words of the command. */
export function unmetText(unmet: Unmet): string {
  switch (unmet.constraint) {
    case "within": {
      const { asked, possible, expected } = unmet;
      return `--within ${durationText(asked)} cannot be met: the fastest takes about ${durationText(expected)}, up to ${durationText(possible)}, which is ${durationText(possible - asked)} too long.`;
    }
    case "neverBelow":
      return unmet.possible === undefined
        ? `--never-below ${unmet.asked} cannot be met, however far capacity may fall.`
        : `--never-below ${unmet.asked} cannot be met as long as --never-above stays as it is: capacity falls to ${unmet.possible} %, which is ${unmet.asked - unmet.possible} too low.`;
    case "neverAbove":
      return unmet.possible === undefined
        ? `--never-above ${unmet.asked} is not what is in the way: --never-below cannot be met by growing.`
        : `--never-above ${unmet.asked} cannot be met as long as --never-below stays as it is: capacity has to grow to ${unmet.possible} %, which is ${unmet.possible - unmet.asked} too high.`;
    case "checkpoints":
      return `--checkpoints ${unmet.asked} cannot be met: the group is so small that it has room for ${unmet.possible}.`;
    case "success":
      return `The refresh would fail, whatever its percentages: ${unmet.reason}`;
  }
}
