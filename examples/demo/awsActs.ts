/** The acts on Amazon EC2 Auto Scaling. */
import type { TestCloud } from "../../tests/clouds/testCloud";
import { lowestDuring } from "./capacity";
import type { Stage } from "./stage";
import { act, check, tell } from "./story";

const INSTANCES = 8;
/** What the program asks for, in the words of the API: a colleague starts a refresh with the same. */
const PREFERENCES = {
  "Preferences.MinHealthyPercentage": "100",
  "Preferences.MaxHealthyPercentage": "125",
  "Preferences.InstanceWarmup": "60",
  "Preferences.CheckpointPercentages.member.1": "25",
  "Preferences.CheckpointPercentages.member.2": "100",
  "Preferences.CheckpointDelay": "600",
  "Preferences.AutoRollback": "true",
};

/**
 * @param slow simulated seconds in a real one where the next command has to find a refresh that still runs
 * @returns the group, which runs version 5 of its launch template
 */
export async function awsActs(
  stage: Stage,
  cloud: TestCloud,
  { fast, slow }: { fast: number; slow: number },
): Promise<string> {
  const group = await cloud.createGroup(INSTANCES);
  tell(`\nThe Auto Scaling group ${group} holds ${INSTANCES} instances of version 1 of its launch template.`);
  const newest = async () => (await cloud.refreshes(group))[0] ?? { id: "none", status: "none", reason: undefined };
  const versionOf = async (image: string) => {
    const { desiredConfiguration } = await cloud.argumentsFor(group, image);
    return (desiredConfiguration as { launchTemplate: { version: string } }).launchTemplate.version;
  };

  act("7. AWS: a new version of the launch template goes out in steps");
  await stage.pulumi("stack", "init", "demo");
  await stage.configure({ autoscalingGroupName: group, launchTemplate: group, version: await versionOf("second") });
  const { result: first, lowest } = await lowestDuring(
    () => cloud.inService(group),
    () => stage.up(),
  );
  check("`pulumi up` succeeds", first.code === 0);
  check("the refresh is Successful in the cloud", (await newest()).status === "Successful");
  check("the group has saved version 2", (await cloud.launches(group)) === `${group} version 2`);
  check("never fewer than 100 % were in service", lowest >= INSTANCES, `at least ${lowest} of ${INSTANCES}`);

  act("8. AWS: a bad version is rolled back by the cloud, and that is a failure");
  await stage.configure({ version: await versionOf("unhealthy") });
  const bad = await stage.up();
  const rolledBack = await newest();
  check("`pulumi up` fails", bad.code !== 0, `exit code ${bad.code}`);
  check("the cloud has rolled it back", rolledBack.status === "RollbackSuccessful", rolledBack.reason);
  check("the group still launches version 2", (await cloud.launches(group)) === `${group} version 2`);

  act("9. AWS: cancelled by `status`, and a colleague's refresh adopted by its id");
  stage.runAt(slow);
  await stage.configure({ version: await versionOf("third"), waitForCompletion: "false" });
  await stage.up();
  await stage.configure({ status: "Cancelled" });
  const cancelled = await stage.up();
  check(
    "with status: Cancelled it is cancelled, and was waited for",
    cancelled.code === 0 && (await newest()).status === "Cancelled",
  );
  stage.runAt(fast);
  await stage.pulumi("destroy", "--yes", "--skip-preview");
  const colleagues = await cloud.startElsewhere(group, "fourth", PREFERENCES);
  tell(`A colleague starts ${colleagues}.\n`);
  await stage.configure({
    version: await versionOf("fourth"),
    waitForCompletion: "true",
    takeOver: colleagues,
    status: undefined,
  });
  const adopted = await stage.up();
  check("`pulumi up` follows it to its end", adopted.code === 0 && (await newest()).status === "Successful");
  check("its id is in the state", (await stage.recordedId()) === colleagues, colleagues);
  return group;
}
