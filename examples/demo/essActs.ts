/** The acts on Alibaba Cloud ESS. */
import type { TestCloud } from "../../tests/clouds/testCloud";
import { lowestDuring } from "./capacity";
import type { Stage } from "./stage";
import { act, check, tell } from "./story";

const INSTANCES = 20;
const MIN_HEALTHY_PERCENTAGE = 90;
/** What the program asks for, in the words of the API: a colleague starts a refresh with the same. */
const PREFERENCES = {
  MinHealthyPercentage: MIN_HEALTHY_PERCENTAGE,
  MaxHealthyPercentage: 120,
  Checkpoints: [{ Percentage: 20 }, { Percentage: 60 }, { Percentage: 100 }],
  CheckpointPauseTime: 10,
};
const RUNNING = ["Pending", "InProgress", "CheckpointPause"];

/**
 * @param slow simulated seconds in a real one where the next command has to find a refresh that still runs
 * @returns the group, which runs m-sixth
 */
export async function essActs(
  stage: Stage,
  cloud: TestCloud,
  { fast, slow }: { fast: number; slow: number },
): Promise<string> {
  const group = await cloud.createGroup(INSTANCES);
  tell(`\nThe ESS scaling group ${group} holds ${INSTANCES} instances of the image m-first.`);
  const newest = async () => (await cloud.refreshes(group))[0] ?? { id: "none", status: "none", reason: undefined };
  const started = async () => (await cloud.refreshes(group)).length;

  act("1. A new image goes out in steps");
  await stage.pulumi("stack", "init", "demo");
  await stage.configure({ scalingGroupId: group, imageId: "m-second" });
  const preview = await stage.pulumi("preview");
  check("preview shows one refresh to be created, and starts nothing", preview.code === 0 && (await started()) === 0);
  const old = await cloud.instances(group);
  const { result: first, lowest } = await lowestDuring(
    () => cloud.inService(group),
    () => stage.up(),
  );
  check("`pulumi up` succeeds", first.code === 0);
  check("its progress was shown while it ran", /(InProgress|CheckpointPause), [1-9]\d? %/.test(first.output));
  check("the refresh is Successful in the cloud", (await newest()).status === "Successful");
  check("the group launches m-second", (await cloud.launches(group)) === "m-second");
  check(
    "no machine of before is left",
    (await cloud.instances(group)).every((id) => !old.includes(id)),
  );
  check(
    `never fewer than ${MIN_HEALTHY_PERCENTAGE} % were in service`,
    lowest * 100 >= INSTANCES * MIN_HEALTHY_PERCENTAGE,
    `at least ${lowest} of ${INSTANCES}`,
  );

  act("2. An image whose instances never become healthy");
  await stage.configure({ imageId: "m-unhealthy" });
  const bad = await stage.up();
  const failed = await newest();
  check("`pulumi up` fails", bad.code !== 0, `exit code ${bad.code}`);
  check(
    "it says the cloud's reason",
    failed.reason !== undefined && bad.output.includes(failed.reason.replace(/\.$/, "")),
    failed.reason,
  );
  check(
    "it says the id, how far it got, and what to do next",
    [failed.id, "It got to", "Next:"].every((part) => bad.output.includes(part)),
  );
  check("the id is in the state", (await stage.recordedId()) === failed.id, failed.id);

  act("3. What failed stays failed, and no machine is touched");
  // The group replaces what the failed refresh left unhealthy, as it does with any machine.
  while ((await cloud.inService(group)) < INSTANCES) await new Promise((resolve) => setTimeout(resolve, 100));
  const machines = (await cloud.instances(group)).join();
  const refreshed = await stage.pulumi("refresh", "--yes", "--skip-preview");
  check("`pulumi refresh` succeeds", refreshed.code === 0);
  const again = await stage.up();
  check("`pulumi up` fails again, with the same id", again.code !== 0 && again.output.includes(failed.id));
  check("no machine was touched", (await cloud.instances(group)).join() === machines);
  check("no refresh was started", (await started()) === 2);

  act("4. A good image replaces it");
  await stage.configure({ imageId: "m-third" });
  const good = await stage.up();
  check("`pulumi up` succeeds", good.code === 0);
  check("the group launches m-third", (await cloud.launches(group)) === "m-third");
  const drift = await stage.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  check("`pulumi refresh` shows no drift", drift.code === 0);

  act("5. Cancelled, and rolled back, by `status`");
  stage.runAt(slow);
  await stage.configure({ imageId: "m-fourth", waitForCompletion: "false" });
  await stage.up();
  const { status } = await newest();
  check("`pulumi up` is done while the refresh still runs", RUNNING.includes(status), status);
  await stage.configure({ status: "Cancelled" });
  const cancelled = await stage.up();
  check(
    "with status: Cancelled it is cancelled, and was waited for",
    cancelled.code === 0 && (await newest()).status === "Cancelled",
  );
  await stage.configure({ imageId: "m-fifth", status: undefined });
  await stage.up();
  await stage.configure({ status: "RollbackSuccessful" });
  const back = await stage.up();
  check(
    "with status: RollbackSuccessful it is rolled back, and was waited for",
    back.code === 0 && (await newest()).status === "RollbackSuccessful",
  );
  check("the group launches m-third as before", (await cloud.launches(group)) === "m-third");

  act("6. Destroyed, and a colleague's refresh adopted by its id");
  stage.runAt(fast);
  const before = await started();
  const destroyed = await stage.pulumi("destroy", "--yes", "--skip-preview");
  check(
    "`pulumi destroy` leaves the cloud alone",
    destroyed.code === 0 && (await started()) === before && (await newest()).status === "RollbackSuccessful",
  );
  const colleagues = await cloud.startElsewhere(group, "sixth", PREFERENCES);
  tell(`A colleague starts ${colleagues} in the console: the image m-sixth.\n`);
  await stage.configure({ imageId: "m-sixth", waitForCompletion: "true", takeOver: colleagues, status: undefined });
  const adopted = await stage.up();
  check("`pulumi up` follows it to its end", adopted.code === 0 && (await newest()).status === "Successful");
  check("it starts none of its own", (await started()) === before + 1);
  check("its id is in the state", (await stage.recordedId()) === colleagues, colleagues);
  return group;
}
