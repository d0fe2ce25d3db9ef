/** The clouds that can be played. */
import { aws } from "./aws/bench";
import type { Bench } from "./bench";
import { ess } from "./ess/bench";

export const benches: Readonly<Record<Bench["cloud"], Bench>> = { aws, ess };
