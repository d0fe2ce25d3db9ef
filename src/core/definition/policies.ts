/** The policies of a refresh, typed, with their defaults: each default is written once, in the definition. */
import type { z } from "zod";
import type { Arguments, CloudModule } from "../cloud";
import { type AnalysisArguments, analysisRollsBack } from "./analysisArguments";
import { definitionOf } from "./arguments";

export interface Policies {
  readonly startOn: "anyChange" | "configurationChange";
  /** Whether the refresh is followed to its end where it is started; false also when its wave waits for it. */
  readonly waitForCompletion: boolean;
  readonly onTimeout: "leave" | "cancel" | "rollback";
  readonly onConflict: "wait" | "fail" | "cancel" | "rollback";
  readonly onDelete: "retain" | "cancel" | "rollback";
  readonly hold: boolean;
  /** As it was given: `analysisOf` fills in its defaults. Undefined when nothing is measured. */
  readonly analysis: AnalysisArguments | undefined;
  /** Undefined when the refresh is not part of a rollout. */
  readonly rollout:
    | {
        readonly name: string;
        readonly onFailure: "leave" | "cancel" | "rollback";
        readonly wave?: number;
        readonly maxConcurrent?: number;
        readonly startOnly: boolean;
      }
    | undefined;
}

/** @param args checked before */
export function policiesOf(cloud: CloudModule, args: Arguments): Policies {
  const value = (name: string) => args[name] ?? policyDefault(cloud, name);
  const rollout = args.rollout as Policies["rollout"];
  const startOnly = rollout?.startOnly === true;
  return {
    startOn: value("startOn"),
    waitForCompletion: value("waitForCompletion") && !startOnly,
    onTimeout: value("onTimeout"),
    onConflict: value("onConflict"),
    onDelete: value("onDelete"),
    hold: value("hold"),
    analysis: args.analysis,
    rollout: rollout && { ...rollout, onFailure: rollout.onFailure ?? "leave", startOnly },
  } as Policies;
}

/** What this library assumes when the argument is left out. */
export function policyDefault(cloud: CloudModule, name: string): unknown {
  const schema = cloud.definition.arguments.shape[name];
  return schema && definitionOf(schema as z.ZodType).about?.default;
}

/** The common arguments that ask for a rollback of this refresh, by path and value. */
export function* rollbackAsked(args: Arguments): Iterable<[string, unknown]> {
  const { status, onTimeout, onDelete, rollout } = args;
  if (status === "RollbackSuccessful") yield ["status", status];
  if (onTimeout === "rollback") yield ["onTimeout", onTimeout];
  if (onDelete === "rollback") yield ["onDelete", onDelete];
  const { onFailure } = (rollout ?? {}) as { onFailure?: unknown };
  if (onFailure === "rollback") yield ["rollout.onFailure", onFailure];
  if (analysisRollsBack(args)) yield ["analysis.onFailure", "rollback"];
}
