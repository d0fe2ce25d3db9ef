/** Components for programs: groups that are wired for refreshes. */
export * as autoscaling from "./autoscaling";
export * as ess from "./ess";
