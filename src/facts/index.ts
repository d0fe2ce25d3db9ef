import { awsFacts } from "./aws";
import { essFacts } from "./ess";
import type { Fact } from "./fact";
import { validated } from "./validated";

/** Everything that simulation and emulator hold true of the clouds. */
export const facts: readonly Fact[] = [...awsFacts, ...essFacts].map((fact) => {
  const day = validated[fact.id];
  return day === undefined ? fact : { ...fact, kind: "validated", validated: day };
});
