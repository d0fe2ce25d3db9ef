/** Components for programs: groups that are wired for refreshes, and rollouts in waves. */
import "../requireNode";

export type { Outcome } from "../pulumi/outcome";
export * as autoscaling from "./autoscaling";
export * as ess from "./ess";
export { Rollout, type RolloutArgs, type Wave } from "./rollout";
