import { benches } from "../conformance";
import type { Bench } from "../conformance/bench";
import { facts } from "../facts";
import { UsageError } from "./exitCodes";

/** How the account is reached, and the files of the command. */
export interface ConformanceOptions {
  readonly cloud: Bench["cloud"];
  readonly region?: string;
  readonly profile?: string;
  readonly role?: string;
  readonly endpoint?: string;
  readonly image?: string;
  readonly subnet?: string;
  readonly securityGroup?: string;
  readonly machine?: string;
  readonly only?: readonly string[];
  readonly atOnce: number;
  readonly budget?: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly resume?: boolean;
  readonly out?: string;
  readonly origin?: string;
  readonly replay?: string;
  readonly calibrate?: boolean;
  readonly json?: boolean;
  readonly speed: number;
}

/** @throws UsageError when no cloud is named */
export function benchOf({ cloud }: Pick<ConformanceOptions, "cloud">): Bench {
  const bench = benches[cloud];
  if (!bench) throw new UsageError("Name the cloud by --cloud aws or --cloud ess.");
  return bench;
}

export function factsOf({ cloud }: Bench) {
  return facts.filter((fact) => fact.cloud === cloud);
}
