/** The commands, as a person or a pipeline uses them, against both emulated clouds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lifecycleOf } from "../../src/app/lifecycles";
import { registerCancel } from "../../src/cli/cancel";
import { registerForecast } from "../../src/cli/forecast";
import { registerPicture } from "../../src/cli/picture";
import { registerResume } from "../../src/cli/resume";
import { registerRollback } from "../../src/cli/rollback";
import { registerStatus } from "../../src/cli/status";
import { registerSuspend } from "../../src/cli/suspend";
import { registerWatch } from "../../src/cli/watch";
import type { CloudKey } from "../../src/clouds";
import type { Arguments } from "../../src/core/cloud";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";
import { worseningService } from "../pulumi/worseningService";
import { run } from "./runCommand";

const HOUR = 3_600_000;
const MINUTE = 60_000;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatedGroups();
});
afterEach(() => emulator.close());

async function start(cloud: CloudKey, more: Arguments = {}): Promise<string> {
  const api = await (await lifecycleOf(cloud)).cloud.connect(settingsFor(emulator));
  const id = await api.start({ ...newVersions[cloud], ...more }, `token ${emulator.requests.length}`);
  if (id === undefined) throw new Error("nothing was started");
  return id;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function analysisFile(content: unknown): string {
  const file = join(folder, "analysis.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** An hour at half of the group: nothing ends before it is measured, however busy the machine is. */
const pauses: Readonly<Record<CloudKey, Arguments>> = {
  ess: { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 60 },
  autoscaling: { preferences: { checkpointPercentages: [50, 100], checkpointDelay: 3600 } },
};

const acted = () => emulator.requests.map(({ operation }) => operation).filter((name) => !name.startsWith("Describe"));

describe.each<[CloudKey, group: string]>([
  ["ess", "asg-web"],
  ["autoscaling", "web"],
])("%s", (cloud, group) => {
  test("watch ends with 0 when the refresh was successful, and shows its last state", async () => {
    const id = await start(cloud);
    emulator.clock.advance(6 * HOUR);
    const { out, code } = await run(registerWatch, emulator, "watch", id);
    expect(out).toMatch(/Successful {2}100 %/);
    expect(code).toBe(0);
  });

  test("watch ends with 1 when one of several ended badly", async () => {
    const first = await start(cloud);
    emulator.clock.advance(6 * HOUR);
    await start(cloud);
    emulator.clock.advance(MINUTE);
    await run(registerCancel, emulator, "cancel", "--group", group, "--no-wait");
    emulator.clock.advance(HOUR);
    const { out, code } = await run(registerWatch, emulator, "watch", first, "--group", group);
    expect(out).toContain("Cancelled");
    expect(out).toContain("Successful");
    expect(code).toBe(1);
  });

  test("watch ends with 3 when the time to wait is over", async () => {
    const id = await start(cloud);
    const { err, code } = await run(registerWatch, emulator, "watch", id, "--timeout", "10ms");
    expect(err).toContain("the time to wait is over");
    expect(err).toMatch(
      new RegExp(`Next: go on waiting: npx pulumi-instance-refresh watch ${id} --timeout 10ms --endpoint`),
    );
    expect(code).toBe(3);
  });

  test.each([
    ["rollback", "rolled back, and ended RollbackSuccessful", "RollbackInstanceRefresh"],
    ["cancel", "cancelled, and ended Cancelled", "CancelInstanceRefresh"],
  ])("watch --analysis --on-failure %s stops what somebody else started", async (onFailure, said, operation) => {
    const id = await start(cloud, pauses[cloud]);
    emulator.clock.advance(5 * MINUTE);
    emulator.clock.speed = 300;
    const service = await worseningService(1);
    const file = analysisFile({ checks: [service.check] });
    const words = ["watch", id, "--analysis", file, "--on-failure", onFailure];
    const { out, err, code } = await run(registerWatch, emulator, ...words);
    service.close();
    expect(out).toContain("health HTTP 200 passed");
    expect(err).toMatch(/check health failed 2 times.*HTTP 503 \(failed\)/);
    expect(err).toContain(said);
    expect(out + err).not.toContain(service.token);
    expect(acted()).toEqual(["StartInstanceRefresh", operation]);
    expect(code).toBe(1);
  });

  test("watch --analysis ends with 0 when the refresh was successful", async () => {
    const id = await start(cloud);
    emulator.clock.advance(3 * MINUTE);
    emulator.clock.speed = 1_000;
    const service = await worseningService(Number.POSITIVE_INFINITY);
    const { err, code } = await run(
      registerWatch,
      emulator,
      "watch",
      id,
      "--analysis",
      analysisFile({ checks: [service.check] }),
    );
    service.close();
    expect([err, code]).toEqual(["", 0]);
  });

  test("status says how the refresh of a group stands, also for machines", async () => {
    const id = await start(cloud);
    emulator.clock.advance(2 * MINUTE);
    const line = await run(registerStatus, emulator, "status", "--group", group);
    expect(line.out).toContain(id);
    expect(line.out).toContain("InProgress");
    const json = await run(registerStatus, emulator, "status", id, "--json");
    expect(JSON.parse(json.out)).toMatchObject({ id, status: "InProgress", ended: false });
    expect(json.code).toBe(0);
  });

  test("rollback asks for it once, and says so with 0 when it is so already", async () => {
    const id = await start(cloud);
    emulator.clock.advance(2 * MINUTE);
    const asked = await run(registerRollback, emulator, "rollback", id, "--no-wait");
    expect(asked.code).toBe(0);
    const reached = `--endpoint ${emulator.url} --region ${emulator.region}`;
    expect(asked.err).toContain(`Next: npx pulumi-instance-refresh watch ${id} ${reached}\n`);
    emulator.clock.advance(6 * HOUR);
    const again = await run(registerRollback, emulator, "rollback", id);
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining("RollbackSuccessful") });
    expect(acted().filter((name) => name === "RollbackInstanceRefresh")).toHaveLength(1);
  });

  test("cancel sends nothing during a rollback", async () => {
    const id = await start(cloud);
    emulator.clock.advance(2 * MINUTE);
    await run(registerRollback, emulator, "rollback", id, "--no-wait");
    const { err } = await run(registerCancel, emulator, "cancel", id, "--no-wait");
    expect(err).toContain("RollbackInProgress already: this command sends nothing");
    expect(acted()).not.toContain("CancelInstanceRefresh");
  });

  test("cancel in an emergency does not wait for instances in transition, where the cloud has that choice", async () => {
    const id = await start(cloud);
    emulator.clock.advance(MINUTE);
    await run(registerCancel, emulator, "cancel", id, "--no-wait", "--no-wait-for-transitioning-instances");
    const [request] = emulator.requests.filter(({ operation }) => operation === "CancelInstanceRefresh");
    const waits = cloud === "autoscaling" ? "false" : undefined;
    expect(request?.parameters.WaitForTransitioningInstances).toBe(waits);
  });

  test("cancel ends with 1 when the refresh has ended otherwise", async () => {
    const id = await start(cloud);
    emulator.clock.advance(6 * HOUR);
    const { err, code } = await run(registerCancel, emulator, "cancel", id);
    expect(err).toContain("has ended: it is Successful");
    expect(code).toBe(1);
  });

  test("forecast says what would happen, in lines and as JSON", async () => {
    const words = [
      "forecast",
      group,
      "--min",
      "80",
      "--max",
      "100",
      "--checkpoints",
      "20,50,100",
      "--pause",
      "10m",
      "--no-skip-matching",
    ];
    const lines = await run(registerForecast, emulator, ...words);
    expect(lines.out).toContain("replaces 10 of 10 instances in batches of 2, 2, 1, 2, 2, 1");
    const json = await run(registerForecast, emulator, ...words, "--json");
    expect(JSON.parse(json.out)).toMatchObject({ lowestReady: 8, highestTotal: 10, outcome: "Successful" });
    expect(acted()).toEqual([]);
  });

  test("forecast goes on without the permission to describe refreshes, and says that it could not ask", async () => {
    emulator.faultInjection.add({ operations: [`${cloud}:DescribeInstanceRefreshes`], kind: "AccessDenied" });
    const { out, err } = await run(registerForecast, emulator, "forecast", group, "--no-skip-matching");
    expect(out).toContain("replaces 10 of 10 instances");
    expect(err).toMatch(/^Warning: The group could not be described\..*DescribeInstanceRefreshes/);
  });

  test("pictures show a forecast, and a refresh that has ended", async () => {
    const folder = mkdtempSync(join(tmpdir(), "instance-refresh-pictures-"));
    const [before, after] = [join(folder, "forecast.svg"), join(folder, "refresh.svg")];
    await run(registerForecast, emulator, "forecast", group, "--no-skip-matching", "--picture", before);
    expect(readFileSync(before, "utf8")).toContain("at least");
    const id = await start(cloud);
    emulator.clock.advance(6 * HOUR);
    expect(await run(registerPicture, emulator, "picture", id, after)).toMatchObject({ err: "", code: 0 });
    const drawn = readFileSync(after, "utf8");
    expect(drawn).toContain(`${group}: Successful`);
    expect(drawn).toContain("at least 8");
    rmSync(folder, { recursive: true });
  });

  test.each([
    [["--min", "101"], "minHealthyPercentage"],
    [["--min", "many"], "whole number"],
    [["--checkpoints", "50,20"], "above the one before it, 50"],
  ])("forecast refuses %j with 2", async (words, said) => {
    const { err, code } = await run(registerForecast, emulator, "forecast", group, ...words);
    expect(err).toContain(said);
    expect(code).toBe(2);
  });
});

test("a suspended refresh of ESS stands still until it is resumed", async () => {
  const id = await start("ess");
  emulator.clock.advance(2 * MINUTE);
  expect((await run(registerSuspend, emulator, "suspend", id)).out).toContain("is suspended");
  const { out } = await run(registerStatus, emulator, "status", id);
  expect(out).toContain("Paused");
  expect(out).toContain(`goes on when somebody resumes it: npx pulumi-instance-refresh resume ${id}`);
  emulator.clock.advance(6 * HOUR);
  expect((await run(registerStatus, emulator, "status", id)).out).toContain("Paused");
  await run(registerSuspend, emulator, "suspend", id);
  expect((await run(registerResume, emulator, "resume", id)).out).toContain("goes on");
  emulator.clock.advance(6 * HOUR);
  expect((await run(registerStatus, emulator, "status", id)).out).toContain("Successful");
  expect(acted()).toEqual(["StartInstanceRefresh", "SuspendInstanceRefresh", "ResumeInstanceRefresh"]);
});

test.each([
  [registerSuspend, "suspend"],
  [registerResume, "resume"],
])("%p is refused where the cloud has no such thing", async (register, word) => {
  const id = await start("autoscaling");
  const { err, code } = await run(register, emulator, word, id);
  expect(err).toContain("cannot suspend or resume");
  expect(code).toBe(2);
});

test.each([
  [["watch"], "Name the ids"],
  [["watch", "nonsense"], "`ir-…`, `asg-…:ir-…` or `region/ir-…`"],
  [["watch", "--timeout", "soon"], "duration"],
])("%j is refused with 2", async (words, said) => {
  const { err, code } = await run(registerWatch, emulator, ...words);
  expect(err).toContain(said);
  expect(code).toBe(2);
});

test("watch says to correct a setting that is wrong, and not to wait on", async () => {
  const endpoint = "https://me:canary@127.0.0.1";
  const { err, code } = await run(registerWatch, { ...emulator, url: endpoint } as Emulator, "watch", "ir-1");
  expect(err).toContain("`--endpoint` holds a user or a password");
  expect(err).toMatch(/Next: correct the settings\.\n$/);
  expect(err).not.toMatch(/canary.*holds|go on waiting/);
  expect([code, emulator.requests.length]).toEqual([3, 0]);
});

const HEADERS = { authorization: "Bearer canary" };
test.each([
  ["{ Bearer canary", [], "it is not JSON"],
  [[], [], "it must be an object of `checks`"],
  [{ checks: [] }, [], "it must be a list of at least 1 entries"],
  [{ checks: [{ name: "a", http: { url: "web", headers: HEADERS } }] }, [], "`analysis.checks[0].http.url` is"],
  [{ checks: [{ name: "a", http: { url: "http://web", headers: "Bearer canary" } }] }, [], "its value is not shown"],
  [{ checks: [{ name: "a" }] }, [], "has none of"],
  [undefined, ["--on-failure", "cancel"], "needs --analysis"],
  [{ checks: [{ name: "a", http: { url: "http://web" } }] }, ["--on-failure", "explode"], "Allowed choices are"],
])("an analysis of %j with %j is refused with 2, before any call", async (content, more, said) => {
  const given = content === undefined ? [] : ["--analysis", analysisFile(content)];
  const { err, code } = await run(registerWatch, emulator, "watch", "--group", "web", ...given, ...more);
  expect(err).toContain(said);
  expect(err).not.toContain("canary");
  expect([code, emulator.requests.length]).toEqual([2, 0]);
});

test("an analysis that could not roll back what runs, or not suspend it, is refused with 2", async () => {
  const api = await (await lifecycleOf("autoscaling")).cloud.connect(settingsFor(emulator));
  const id = (await api.start({ autoscalingGroupName: "web" }, "token")) as string;
  const checks = [{ name: "a", http: { url: "http://127.0.0.1:1" } }];
  const watch = (analysis: object) => run(registerWatch, emulator, "watch", id, "--analysis", analysisFile(analysis));
  const rollback = await watch({ checks });
  expect([rollback.err, rollback.code]).toEqual([expect.stringContaining("can be rolled back: set one"), 2]);
  const pause = await watch({ checks, onFailure: "cancel", onInconclusive: "pause" });
  expect([pause.err, pause.code]).toEqual([expect.stringContaining("cannot suspend a refresh"), 2]);
});
