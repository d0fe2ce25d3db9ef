/** What each operation of the matrix is: what comes before it, the run with the fault, and how it must end. */
import type { CloudName } from "../provider/pluginProtocol";
import type { OperationName } from "./cases";
import type { UpOptions } from "./engineResource";
import type { Properties } from "./host";
import type { Stage } from "./runCase";

/** What a run needs to know of its preparation. */
export interface Prepared {
  args: Properties;
  import?: string;
}

export interface Operation {
  prepare(stage: Stage): Promise<Prepared>;
  /** The run of the CLI; the message of its failure, if it failed. The next run is the same once more. */
  run(stage: Stage, prepared: Prepared, options: UpOptions): Promise<string | undefined>;
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

const up: Operation["run"] = (stage, { args, import: taken }, options) =>
  stage.up(args, { ...options, ...(taken === undefined ? {} : { import: taken }) });

/** Declares a refresh and does not wait for it; the arguments that declared it. */
async function declared(stage: Stage, more: Properties): Promise<Properties> {
  const args = await stage.argumentsFor("second", more);
  const failure = await stage.up({ ...args, waitForCompletion: false });
  if (failure !== undefined) throw new Error(`the preparation failed: ${failure}`);
  await stage.nextRun();
  return args;
}

async function stopped(stage: Stage, status: string): Promise<Prepared> {
  return { args: { ...(await declared(stage, stage.long())), status } };
}

const alone = { starts: 0, endsRecorded: true } as const;

export const operations: Readonly<Record<OperationName, Operation>> = {
  create: {
    prepare: async (stage) => ({ args: await stage.argumentsFor("second") }),
    run: up,
    statuses: ["Successful"],
    starts: 1,
    endsRecorded: true,
  },
  attach: {
    prepare: async (stage) => ({ args: await declared(stage, {}) }),
    run: up,
    statuses: ["Successful"],
    ...alone,
  },
  cancel: { prepare: (stage) => stopped(stage, "Cancelled"), run: up, statuses: ["Cancelled"], ...alone },
  rollback: {
    prepare: (stage) => stopped(stage, "RollbackSuccessful"),
    run: up,
    statuses: ["RollbackSuccessful"],
    ...alone,
  },
  read: {
    prepare: async (stage) => ({ args: await declared(stage, {}) }),
    // A refresh that is followed by an up: what was read must neither be lost nor rolled again.
    run: async (stage, { args }, options) => (await stage.resource.refresh(stage.host)) ?? stage.up(args, options),
    statuses: ["Successful"],
    ...alone,
  },
  delete: {
    prepare: async (stage) => ({ args: await declared(stage, { ...stage.long(), onDelete: "cancel" }) }),
    run: (stage) => stage.resource.destroy(stage.host),
    statuses: ["Cancelled"],
    starts: 0,
    endsRecorded: false,
  },
  replace: {
    prepare: async (stage) => {
      await declared(stage, stage.long());
      return { args: await stage.argumentsFor("third", { onConflict: "cancel" }) };
    },
    run: up,
    statuses: ["Cancelled", "Successful"],
    starts: 1,
    endsRecorded: true,
  },
  conflict: {
    prepare: async (stage) => {
      await stage.startElsewhere("second");
      return { args: await stage.argumentsFor("third", { onConflict: "rollback" }) };
    },
    run: up,
    statuses: ["RollbackSuccessful", "Successful"],
    starts: 1,
    endsRecorded: true,
  },
  adopt: {
    prepare: async (stage) => {
      const taken = await stage.cloud.startElsewhere(stage.group, "second");
      return { args: await stage.argumentsFor("second"), import: taken };
    },
    run: up,
    statuses: ["Successful"],
    ...alone,
  },
};
