/**
 * The demo: the real Pulumi engine over the program beside this file, against the emulator, with time running fast. Every
 * act checks what it claims through the cloud's API.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "pulumi-instance-refresh/emulator";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { EssGroup } from "./essGroup";
import { act, check, type Ran, run, tell, theEnd } from "./story";

const ROOT = join(__dirname, "../..");
/** Simulated seconds in a real one. */
const SPEED = 900;
const REGION = "cn-hangzhou";
const INSTANCES = 20;
const MIN_HEALTHY_PERCENTAGE = 90;
/** What the program asks for, in the words of the API. */
const PREFERENCES = {
  MinHealthyPercentage: MIN_HEALTHY_PERCENTAGE,
  MaxHealthyPercentage: 120,
  Checkpoints: [{ Percentage: 20 }, { Percentage: 60 }, { Percentage: 100 }],
  CheckpointPauseTime: 10,
};
const RUNNING = ["Pending", "InProgress", "CheckpointPause"];

async function main(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), "instance-refresh-demo-"));
  const emulator = await createEmulator({ speed: SPEED, seed: "demo" });
  const env = {
    ...process.env,
    ...pulumiEnvironment(home),
    ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.secretAccessKey,
    ALIBABA_CLOUD_ENDPOINT_ESS: emulator.url,
    ALIBABA_CLOUD_REGION_ID: REGION,
  };
  const pulumi = (...args: string[]): Promise<Ran> => run("pulumi", [...args, "--non-interactive"], { cwd: ROOT, env });
  const configure = async (settings: Record<string, string>) => {
    const pairs = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    await pulumi("config", "set-all", ...pairs);
  };
  const output = async (name: string) =>
    (await run("pulumi", ["stack", "output", name], { cwd: ROOT, env })).output.trim();

  try {
    tell(
      `An emulator of Alibaba Cloud ESS listens at ${emulator.url}. Its clock runs ${SPEED} times as fast as yours.`,
    );
    const group = await EssGroup.create(emulator, REGION, INSTANCES, "m-first");
    tell(`Its scaling group ${group.id} holds ${INSTANCES} instances of the image m-first.`);

    act("1. A new image goes out in steps");
    await pulumi("stack", "init", "demo");
    await configure({ scalingGroupId: group.id, imageId: "m-second" });
    const preview = await pulumi("preview");
    check(
      "preview shows one refresh to be created, and starts nothing",
      preview.code === 0 && (await group.refreshes()).length === 0,
    );
    const old = await group.instanceIds();
    const capacity = group.watchCapacity();
    const first = await pulumi("up", "--yes", "--skip-preview");
    const lowest = await capacity.stop();
    check("`pulumi up` succeeds", first.code === 0);
    check("its progress was shown while it ran", /InProgress, \d+ %/.test(first.output));
    check("the refresh is Successful in the cloud", (await group.newest()).Status === "Successful");
    check("the group launches m-second", (await group.image()) === "m-second");
    check(
      "no machine of before is left",
      (await group.instanceIds()).every((id) => !old.includes(id)),
    );
    check(
      `never fewer than ${MIN_HEALTHY_PERCENTAGE} % were in service`,
      lowest * 100 >= INSTANCES * MIN_HEALTHY_PERCENTAGE,
      `at least ${lowest} of ${INSTANCES}`,
    );

    act("2. An image whose instances never become healthy");
    await configure({ imageId: "m-unhealthy" });
    const bad = await pulumi("up", "--yes", "--skip-preview");
    const failed = await group.newest();
    check("`pulumi up` fails", bad.code !== 0, `exit code ${bad.code}`);
    check(
      "it says the cloud's reason",
      failed.Detail !== undefined && bad.output.includes(failed.Detail.replace(/\.$/, "")),
      failed.Detail,
    );
    check(
      "it says the id, how far it got, and what to do next",
      [failed.InstanceRefreshTaskId, "It got to", "Next:"].every((part) => bad.output.includes(part)),
    );
    check(
      "the id is in the state",
      (await output("id")) === failed.InstanceRefreshTaskId,
      failed.InstanceRefreshTaskId,
    );

    act("3. What failed stays failed, and no machine is touched");
    const machines = await group.instanceIds();
    const refreshed = await pulumi("refresh", "--yes", "--skip-preview");
    check("`pulumi refresh` succeeds", refreshed.code === 0);
    const again = await pulumi("up", "--yes", "--skip-preview");
    check(
      "`pulumi up` fails again, with the same id",
      again.code !== 0 && again.output.includes(failed.InstanceRefreshTaskId),
    );
    check("no machine was touched", (await group.instanceIds()).join() === machines.join());
    check("no refresh was started", (await group.refreshes()).length === 2);

    act("4. A good image replaces it");
    await configure({ imageId: "m-third" });
    const good = await pulumi("up", "--yes", "--skip-preview");
    check("`pulumi up` succeeds", good.code === 0);
    check("the group launches m-third", (await group.image()) === "m-third");
    const drift = await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    check("`pulumi refresh` shows no drift", drift.code === 0);

    act("5. Cancelled, and rolled back, by `status`");
    await configure({ imageId: "m-fourth", waitForCompletion: "false" });
    await pulumi("up", "--yes", "--skip-preview");
    check(
      "`pulumi up` is done while the refresh still runs",
      RUNNING.includes((await group.newest()).Status),
      (await group.newest()).Status,
    );
    await configure({ status: "Cancelled" });
    const cancelled = await pulumi("up", "--yes", "--skip-preview");
    check(
      "with status: Cancelled it is cancelled, and was waited for",
      cancelled.code === 0 && (await group.newest()).Status === "Cancelled",
    );
    await pulumi("config", "rm", "status");
    await configure({ imageId: "m-fifth" });
    await pulumi("up", "--yes", "--skip-preview");
    await configure({ status: "RollbackSuccessful" });
    const back = await pulumi("up", "--yes", "--skip-preview");
    check(
      "with status: RollbackSuccessful it is rolled back, and was waited for",
      back.code === 0 && (await group.newest()).Status === "RollbackSuccessful",
    );
    check("the group launches m-third as before", (await group.image()) === "m-third");

    act("6. A refresh that a colleague started is adopted by its id");
    const before = (await group.refreshes()).length;
    await pulumi("destroy", "--yes", "--skip-preview");
    check(
      "`pulumi destroy` leaves the cloud alone",
      (await group.refreshes()).length === before && (await group.newest()).Status === "RollbackSuccessful",
    );
    const colleagues = await group.start("m-sixth", PREFERENCES);
    tell(`A colleague starts ${colleagues} in the console: the image m-sixth.\n`);
    await pulumi("config", "rm", "status");
    await configure({ imageId: "m-sixth", waitForCompletion: "true", takeOver: colleagues });
    const adopted = await pulumi("up", "--yes", "--skip-preview");
    check("`pulumi up` follows it to its end", adopted.code === 0 && (await group.newest()).Status === "Successful");
    check("it starts none of its own", (await group.newest()).InstanceRefreshTaskId === colleagues);
    check("its id is in the state", (await output("id")) === colleagues, colleagues);
    return theEnd();
  } finally {
    await emulator.close();
    rmSync(home, { recursive: true, force: true });
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
