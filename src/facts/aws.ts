/** What is known of EC2 Auto Scaling, and what of it is ours. */
import { factsOf } from "./fact";

const howItWorks = "EC2 Auto Scaling User Guide, How an instance refresh works";
const examples = "tests/simulation/workedExamples.test.ts";
const exceptions = "tests/simulation/exceptions.test.ts";
const lifecycle = "tests/simulation/lifecycle.test.ts";
const checkpoints = "tests/simulation/checkpoints.test.ts";

export const awsFacts = factsOf("aws", [
  [
    "aws-default-min-healthy",
    "documented",
    "Without a setting, 90 % of the desired capacity stay ready.",
    "API reference, RefreshPreferences, MinHealthyPercentage",
    `${examples}: AWS: by default 90 percent, and an instance is terminated when its replacement is launched`,
  ],
  [
    "aws-default-max-healthy",
    "documented",
    "Without a maximum, a replacement is launched when its predecessor is terminated, and the group never grows.",
    "API reference, RefreshPreferences, MaxHealthyPercentage",
    `${examples}: AWS: by default 90 percent, and an instance is terminated when its replacement is launched`,
  ],
  [
    "aws-default-skip-matching",
    "documented",
    "Without a setting, instances that match already are replaced too.",
    "EC2 Auto Scaling User Guide, Understand the default values for an instance refresh",
    `${lifecycle}: skips what matches already, and replaces it where skipping is off`,
  ],
  [
    "aws-default-protected",
    "documented",
    "Without a setting, a refresh waits for instances that are protected from scale in.",
    "API reference, RefreshPreferences, ScaleInProtectedInstances",
    `${exceptions}: AWS waits an hour for protected instances, says so, and fails`,
  ],
  [
    "aws-default-standby",
    "documented",
    "Without a setting, a refresh waits for instances in standby.",
    "API reference, RefreshPreferences, StandbyInstances",
    `${exceptions}: AWS waits for instances in standby, and goes on when they return`,
  ],
  [
    "aws-attached-instances",
    "decided",
    "Instances that were attached by hand are replaced like the others: the pages name no exception.",
    "Not documented",
    "tests/emulator/aws/refreshes.test.ts: a refresh is Pending, InProgress and Successful, and leaves the new version on the group",
  ],
  [
    "aws-nothing-to-replace",
    "documented",
    "A refresh that finds every instance up to date is Successful at once.",
    "EC2 Auto Scaling User Guide, Use an instance refresh with skip matching",
    `${lifecycle}: with nothing to replace is successful at once in AWS, and refused in ESS`,
  ],
  [
    "aws-cancel-of-rollback",
    "documented",
    "A rollback can be cancelled, which leaves a mixed group behind.",
    "API reference, CancelInstanceRefresh",
    `${lifecycle}: can be cancelled in AWS, which leaves a mixed group, and not in ESS`,
  ],
  [
    "aws-last-checkpoint-no-pause",
    "documented",
    "A last checkpoint of 100 % does not pause.",
    "EC2 Auto Scaling User Guide, Add checkpoints to an instance refresh",
    `${checkpoints}: a refresh pauses at each checkpoint for as long as was asked, and AWS does not pause at the last`,
  ],
  [
    "aws-large-weight",
    "documented",
    "A weight that is no less than the desired capacity lets every instance be replaced at once.",
    howItWorks,
    `${examples}: AWS: a weight that is no less than the desired capacity lets every instance be replaced at once`,
  ],
  [
    "aws-time-limit",
    "documented",
    "A refresh replaces instances for at most 14 days.",
    howItWorks,
    `${lifecycle}: fails by the time limit: 14 days of replacing in AWS`,
  ],
  [
    "aws-time-limit-of-replacing",
    "documented",
    "The 14 days count the time in which instances are actively replaced, not pauses.",
    howItWorks,
    `${checkpoints}: the 14 days of AWS are counted on both sides of a pause`,
  ],
  [
    "aws-blocked-for-an-hour",
    "documented",
    "A refresh that cannot go on keeps trying for an hour, then fails.",
    howItWorks,
    `${exceptions}: AWS waits an hour for protected instances, says so, and fails`,
  ],
  [
    "aws-remembered-six-weeks",
    "documented",
    "An ended refresh is listed for six weeks.",
    "API reference, DescribeInstanceRefreshes",
    `${lifecycle}: AWS forgets a refresh six weeks after its end, and lists the newest first`,
  ],
]);
