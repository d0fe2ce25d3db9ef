/** Pages of Amazon, and projects that wrote an answer of the service down. */

const guide = (page: string) => `EC2 Auto Scaling User Guide, ${page}`;

export const sources = {
  api: (page: string) => `EC2 Auto Scaling API Reference, ${page}`,
  cli: (command: string) => `AWS CLI Command Reference, example of ${command}`,
  overview: guide("How an instance refresh works"),
  defaults: guide("Understand the default values for an instance refresh"),
  checkpoints: guide("Add checkpoints to an instance refresh"),
  rollback: guide("Undo changes with a rollback"),
  skipMatching: guide("Use an instance refresh with skip matching"),
  rootVolume: guide("Replace root volumes during instance refresh"),
  suspending: guide("Suspend and resume processes"),
  hooks: guide("Amazon EC2 Auto Scaling lifecycle hooks"),
  warmPools: guide("Decrease latency for applications with warm pools"),
  describing: guide("Monitor an instance refresh"),
  model: (shape: string) => `botocore, model of autoscaling, ${shape}`,
  modelOf: (service: string, shape: string) => `botocore, model of ${service}, ${shape}`,
  /** Console log of a rolling deployment. */
  harness: "harness/developer-hub, log of a rolling deployment of an Auto Scaling group",
  eks: "gnosia93/get-started-eks, output of describe-instance-refreshes of January 2026",
  ansible: "ansible-collections/community.aws, documented answer of autoscaling_instance_refresh_info",
  undocumented: "Not documented",
} as const;
