import { awsFacts } from "./aws";
import { essFacts } from "./ess";
import type { Fact } from "./fact";

/** Everything that simulation and emulator hold true of the clouds. */
export const facts: readonly Fact[] = [...awsFacts, ...essFacts];
