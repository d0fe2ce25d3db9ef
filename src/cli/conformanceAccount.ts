/** The account that scenarios are played on, and the texts of it that must not be written down. */
import { hostname, userInfo } from "node:os";
import { createInterface } from "node:readline/promises";
import type { Bench } from "../conformance/bench";
import { vendorApiOf } from "../conformance/replay";
import type { Known } from "../conformance/sanitise";
import { isWord } from "../conformance/words";
import { adjustableClock, type Clock } from "../core/clock";
import type { VendorApi } from "../core/cloud";
import type { ConformanceOptions } from "./conformanceOptions";
import { settingsOf } from "./connection";
import { UsageError } from "./exitCodes";

export interface Account {
  readonly api: VendorApi;
  readonly id: string | undefined;
  readonly clock: Clock;
}

export async function accountOf(bench: Bench, options: ConformanceOptions): Promise<Account> {
  const api = await vendorApiOf(bench, settingsOf({ ...options, cloud: bench.cloud }));
  const clock = adjustableClock();
  clock.setSpeed(options.speed ?? 1);
  return { api, id: await api.account(), clock };
}

/** Plain words are left alone: they would be taken out of the service's texts. */
export function knownTexts({ api, id }: Account, options: ConformanceOptions, run: string): Known[] {
  const { endpoint = "", profile = "", role = "", image = "", subnet = "", securityGroup = "" } = options;
  const own = [
    ["account", id],
    ["region", api.region],
    ["run", run],
    ["image", image],
    ["subnet", subnet],
    ["sg", securityGroup],
    ["profile", profile],
    ["role", role],
    ["host", endpoint],
    ["host", hostname()],
    ["user", userInfo().username],
    ["key", process.env.AWS_ACCESS_KEY_ID],
    ["key", process.env.AWS_SECRET_ACCESS_KEY],
    ["key", process.env.ALIBABA_CLOUD_ACCESS_KEY_ID],
    ["key", process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET],
  ] as const;
  return own.flatMap(([kind, text]) => (text && !isWord(text) ? [{ kind, text }] : []));
}

/** @throws UsageError when nobody can be asked */
export async function confirmed(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError("There is nobody to ask: say --yes, or look first with --dry-run.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
