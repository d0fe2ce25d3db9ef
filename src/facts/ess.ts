/** What is known of Alibaba Cloud ESS, and what of it is ours. */
import { factsOf } from "./fact";

export const essFacts = factsOf("ess", [
  [
    "ess-default-min-healthy",
    "documented",
    "Without a setting, 80 % of the desired capacity stay ready.",
    "API reference, StartInstanceRefresh, MinHealthyPercentage",
    "tests/simulation/workedExamples.test.ts: ESS: by default 80 and 120 percent",
  ],
]);
