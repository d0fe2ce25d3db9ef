/** What each operation of the matrix is: what comes before it, the run with the fault, and how it must end. */
import type { CloudName } from "../provider/pluginProtocol";
import type { OperationName } from "./cases";
import type { UpOptions } from "./engineResource";
import type { Properties } from "./host";
import type { CaseSetup } from "./runCase";

/** What a run needs to know of its preparation. */
export interface Prepared {
  args: Properties;
  import?: string;
}

export interface Operation {
  prepare(setup: CaseSetup): Promise<Prepared>;
  /** The run of the CLI; the message of its failure, if it failed. The next run is the same once more. */
  run(setup: CaseSetup, prepared: Prepared, options: UpOptions): Promise<string | undefined>;
  /** Statuses that the cloud must show of the group's refreshes at the end, oldest first. */
  statuses: readonly string[];
  /** How many refreshes the run asks for. */
  starts: 0 | 1;
  /** Whether the state must hold the newest refresh at the end, or none. */
  endsRecorded: boolean;
}

/** Arguments of a refresh that pauses half-way for two days. */
export const LONG: Readonly<Record<CloudName, Properties>> = {
  ess: { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 2880 },
  autoscaling: { preferences: { checkpointPercentages: [50, 100], checkpointDelay: 172_800 } },
};

/** The same in the words of the API. */
export const LONG_ELSEWHERE: Readonly<Record<CloudName, Properties>> = {
  ess: { Checkpoints: [{ Percentage: 50 }, { Percentage: 100 }], CheckpointPauseTime: 2880 },
  autoscaling: {
    "Preferences.CheckpointPercentages.member.1": "50",
    "Preferences.CheckpointPercentages.member.2": "100",
    "Preferences.CheckpointDelay": "172800",
  },
};

const up: Operation["run"] = (setup, { args, import: importId }, options) =>
  setup.up(args, { ...options, ...(importId === undefined ? {} : { import: importId }) });

/** Declares a refresh and does not wait for it; the arguments that declared it. */
async function declared(setup: CaseSetup, more: Properties): Promise<Properties> {
  const args = await setup.argumentsFor("second", more);
  const failure = await setup.up({ ...args, waitForCompletion: false });
  if (failure !== undefined) throw new Error(`the preparation failed: ${failure}`);
  await setup.nextRun();
  return args;
}

async function stopped(setup: CaseSetup, status: string): Promise<Prepared> {
  return { args: { ...(await declared(setup, setup.long())), status } };
}

const alone = { starts: 0, endsRecorded: true } as const;

export const operations: Readonly<Record<OperationName, Operation>> = {
  create: {
    prepare: async (setup) => ({ args: await setup.argumentsFor("second") }),
    run: up,
    statuses: ["Successful"],
    starts: 1,
    endsRecorded: true,
  },
  attach: {
    prepare: async (setup) => ({ args: await declared(setup, {}) }),
    run: up,
    statuses: ["Successful"],
    ...alone,
  },
  cancel: { prepare: (setup) => stopped(setup, "Cancelled"), run: up, statuses: ["Cancelled"], ...alone },
  rollback: {
    prepare: (setup) => stopped(setup, "RollbackSuccessful"),
    run: up,
    statuses: ["RollbackSuccessful"],
    ...alone,
  },
  read: {
    prepare: async (setup) => ({ args: await declared(setup, {}) }),
    // A refresh that is followed by an up: what was read must neither be lost nor rolled again.
    run: async (setup, { args }, options) => (await setup.resource.refresh(setup.host)) ?? setup.up(args, options),
    statuses: ["Successful"],
    ...alone,
  },
  delete: {
    prepare: async (setup) => ({ args: await declared(setup, { ...setup.long(), onDelete: "cancel" }) }),
    run: (setup) => setup.resource.destroy(setup.host),
    statuses: ["Cancelled"],
    starts: 0,
    endsRecorded: false,
  },
  replace: {
    prepare: async (setup) => {
      await declared(setup, setup.long());
      return { args: await setup.argumentsFor("third", { onConflict: "cancel" }) };
    },
    run: up,
    statuses: ["Cancelled", "Successful"],
    starts: 1,
    endsRecorded: true,
  },
  conflict: {
    prepare: async (setup) => {
      await setup.startElsewhere("second", "rollback", setup.longElsewhere());
      return { args: await setup.argumentsFor("third", { onConflict: "rollback" }) };
    },
    run: up,
    statuses: ["RollbackSuccessful", "Successful"],
    starts: 1,
    endsRecorded: true,
  },
  wait: {
    prepare: async (setup) => {
      await setup.startElsewhere("second", "nothing");
      return { args: await setup.argumentsFor("third") };
    },
    run: up,
    statuses: ["Successful", "Successful"],
    starts: 1,
    endsRecorded: true,
  },
  adopt: {
    prepare: async (setup) => {
      const importId = await setup.startElsewhere("second", "adopt");
      return { args: await setup.argumentsFor("second"), import: importId };
    },
    run: up,
    statuses: ["Successful"],
    ...alone,
  },
};
