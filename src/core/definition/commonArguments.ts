/** The arguments that refreshes of every cloud have: when one is started, how long it is followed, and what is done in its way. */
import { z } from "zod";
import { outsideWindows, startFreezes, startWindows } from "../windows/arguments";
import { analysis } from "./analysisArguments";
import { argument } from "./arguments";

const policy = <T extends z.ZodType>(schema: T, text: string, fallback?: string | boolean) =>
  argument(schema, { text, kind: "policy", ...(fallback === undefined ? {} : { default: fallback }) });

/** How the cloud is reached. Nothing in it is secret: credentials come from the environment or the SDK's own files. */
const connection = z.strictObject({
  region: argument(z.string().min(1), {
    text: "Region of the group. Else the region of the stack's or the provider's configuration, else of the environment.",
  }).optional(),
  profile: argument(z.string().min(1), {
    text: "Name of a profile in the cloud's own configuration files.",
  }).optional(),
  endpoint: argument(z.string().min(1), {
    text: "Address of the API, a host or a URL; for private endpoints and emulators.",
  }).optional(),
  role: argument(z.string().min(1), { text: "ARN of a role to assume with the credentials found." }).optional(),
});

/** What several refreshes share that fail together. */
const rollout = z
  .strictObject({
    name: argument(z.string().min(1), { text: "The same for all refreshes of the rollout." }),
    onFailure: argument(z.enum(["leave", "cancel", "rollback"]), {
      text: "What happens to this refresh when it runs while another one of the rollout fails: it is followed to its end, cancelled or rolled back.",
      default: "leave",
    }).optional(),
    wave: argument(z.int().min(0), {
      text: "Number of its wave, from 0 on. While a refresh of an earlier wave is held by its windows or freezes, this one is held too.",
      default: 0,
    }).optional(),
    maxConcurrent: argument(z.int().min(1), {
      text: "While so many refreshes of the rollout run that this deployment follows, this one waits. Default: any number.",
    }).optional(),
    startOnly: argument(z.boolean(), {
      text: "Start the refresh and do not wait for its end: the wave of the rollout waits for all of its refreshes together. Not with `maxConcurrent`.",
      default: false,
    }).optional(),
  })
  .superRefine(({ maxConcurrent, startOnly }, context) => {
    // Who counts how many run has to follow them.
    if (startOnly && maxConcurrent !== undefined)
      context.addIssue({
        code: "custom",
        path: ["startOnly"],
        message: "it must be false or left out beside `maxConcurrent`, which waits for the ends",
      });
  });

/** Builds the common arguments; only the default of `startOn` depends on the cloud. */
export function commonArguments(startOn: "anyChange" | "configurationChange") {
  return {
    status: argument(z.enum(["Cancelled", "RollbackSuccessful"]), {
      kind: "status",
      text: "`Cancelled` cancels the running refresh, `RollbackSuccessful` rolls it back; the deployment waits until that is done. When left out, it follows the cloud.",
    }).optional(),
    triggers: argument(z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]), {
      kind: "trigger",
      sensitive: true,
      text: "Any values. A change starts a new refresh, also of the same configuration.",
    }).optional(),
    startOn: policy(
      z.enum(["anyChange", "configurationChange"]),
      "What starts a new refresh: a change of any argument of the API (`anyChange`), or only of the group, the desired configuration and `triggers` (`configurationChange`); changed preferences then apply to the next one.",
      startOn,
    ).optional(),
    waitForCompletion: policy(
      z.boolean(),
      "Follow the refresh to its end, and fail when it ends badly. Turned on while one runs, it attaches to that one; `false` accepts any outcome.",
      true,
    ).optional(),
    onTimeout: policy(
      z.enum(["leave", "cancel", "rollback"]),
      "What happens to the refresh when `customTimeouts` run out: it is left running, cancelled or rolled back. The deployment fails in each case. A refresh of somebody else is never touched.",
      "leave",
    ).optional(),
    onConflict: policy(
      z.enum(["wait", "fail", "cancel", "rollback"]),
      "What to do when another refresh runs on the group: wait for its end, fail, cancel it (what it has replaced stays, the group is mixed until the new one ends) or roll it back, and then start. At a replacement the predecessor is such another.",
      "wait",
    ).optional(),
    onDelete: policy(
      z.enum(["retain", "cancel", "rollback"]),
      "What happens to the refresh when the resource is destroyed while it runs: it is left running, cancelled or rolled back.",
      "retain",
    ).optional(),
    hold: policy(
      z.boolean(),
      "Start nothing: what would start a new refresh waits until this is lifted. A refresh that runs already is followed all the same. For rollouts that a person approves.",
      false,
    ).optional(),
    windows: policy(
      startWindows,
      "When a refresh may start, as schedules in cron syntax with a duration and a time zone. When left out: at any time.",
    ).optional(),
    freezes: policy(
      startFreezes,
      "When no refresh may start, whatever `windows` says: from when until when, and why.",
    ).optional(),
    mustFit: policy(
      z.boolean(),
      "With `windows` or `freezes`: a refresh starts only when the longest duration of its forecast ends before the window closes and before a freeze begins.",
      true,
    ).optional(),
    outsideWindows: policy(
      outsideWindows,
      "What happens when the refresh may not start now: it is recorded as held, the deployment succeeds, and the next one tries again (`hold`); the deployment waits for the next window that is long enough (`wait`); or it fails (`fail`). A refresh that runs already is followed in each case.",
      "hold",
    ).optional(),
    rollout: policy(
      rollout,
      "The rollout that the refresh is part of. When another refresh of it fails in the same deployment, this one is not started any more.",
    ).optional(),
    analysis: policy(
      analysis,
      "What is measured from the first replaced instance until the refresh has ended, and what a bad result does to it.",
    ).optional(),
    connection: policy(
      connection,
      "How the cloud is reached. Never a secret; a change never starts a refresh.",
    ).optional(),
  };
}
