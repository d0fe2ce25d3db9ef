/** Injects the fault of a case during a run of the CLI. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./cases";
import type { Host } from "./host";
import type { Operation, Prepared } from "./operations";
import { type CaseSetup, FAULTY_RUN_S } from "./runCase";

/** How long the answer is held back while something is done to the host or its engine. */
const HELD_BACK_MS = 150;
/** As long as nobody waits: the host of a killed engine has ended before there is an answer. */
const NEVER_MS = 60_000;
/** A fault that goes on to the end of the run is over after this time: a read or a delete may retry for half a day. */
const LONGEST_FAULT_MS = 10_000;
/** So late that a client that follows a refresh gives the answer up: a minute in the emulator's time. */
const SLOW_MS = 1_000;

/** What was wrong already during the run with the fault: nothing, in most cases, as it may fail. */
export async function injectFault(
  setup: CaseSetup,
  operation: Operation,
  prepared: Prepared,
  unusable: Set<Host>,
): Promise<string[]> {
  const { fault, moment, cloud } = setup.asked;
  const operations = [`${cloud}:${moment.operation}`];
  const { faultInjection } = setup.emulator;
  if ("count" in fault) {
    const { kind, count } = fault;
    faultInjection.add({
      operations,
      kind,
      skip: moment.skip,
      delayMilliseconds: SLOW_MS,
      ...(count ? { count } : {}),
    });
    const over = setTimeout(() => faultInjection.clear(), LONGEST_FAULT_MS);
    await operation.run(setup, prepared, { timeout: FAULTY_RUN_S }).finally(() => clearTimeout(over));
    return [];
  }
  if (fault.kind === "LostWrite") {
    const { recorded } = setup.resource;
    await operation.run(setup, prepared, {});
    setup.resource.recorded = recorded;
    return [];
  }
  const delayMilliseconds = fault.kind === "KillEngine" ? NEVER_MS : HELD_BACK_MS;
  faultInjection.add({ operations, kind: "Slow", skip: moment.skip, count: 1, delayMilliseconds });
  unusable.add(setup.host);
  let isOver = false;
  const run = operation.run(setup, prepared, { timeout: FAULTY_RUN_S }).finally(() => {
    isOver = true;
  });
  while (!isOver && faultInjection.list()[0]?.hit === 0) await sleep(2);
  return isOver ? [] : interfere(setup, fault, run);
}

async function interfere(setup: CaseSetup, fault: Fault, run: Promise<string | undefined>): Promise<string[]> {
  const { host, emulator } = setup;
  if (fault.kind === "KillHost") await host.kill();
  if (fault.kind === "Interrupt") await host.cancel();
  if (fault.kind !== "KillEngine") {
    await run;
    return [];
  }
  const calls = emulator.requests.length;
  host.engine.kill();
  const failure = await run;
  const wrong = failure === undefined ? ["the run of a killed engine ended well"] : [];
  await host.exited();
  if (emulator.requests.length > calls) wrong.push("a host whose engine was killed went on calling");
  return wrong;
}
