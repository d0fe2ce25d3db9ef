/** Groups that a command line names: one that has begun nothing yet, one that does not exist, and several at once. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lifecycleOf } from "../../src/app/lifecycles";
import { registerHistory } from "../../src/cli/history";
import { registerPicture } from "../../src/cli/picture";
import { registerStatus } from "../../src/cli/status";
import { registerWatch } from "../../src/cli/watch";
import type { CloudKey } from "../../src/clouds";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";
import { run } from "./runCommand";

const HOUR = 3_600_000;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatedGroups();
});
afterEach(() => emulator.close());

async function start(cloud: CloudKey): Promise<string | undefined> {
  const api = await (await lifecycleOf(cloud)).cloud.connect(settingsFor(emulator));
  return api.start(newVersions[cloud], `token ${emulator.requests.length}`);
}

describe.each<[CloudKey, group: string, missing: string]>([
  ["ess", "asg-web", "asg-nope"],
  ["autoscaling", "web", "nope"],
])("%s", (cloud, group, missing) => {
  test("watch waits for a refresh to begin, and ends with 3 when none does in time", async () => {
    const { out, err, code } = await run(registerWatch, emulator, "watch", "--group", group, "--timeout", "10ms");
    expect(out).toContain("has no instance refresh yet: this command waits for one to begin");
    expect(err).toContain(`group ${group}: no instance refresh began in time.`);
    expect(code).toBe(3);
  });

  test("watch --next leaves out what has ended", async () => {
    await start(cloud);
    emulator.clock.advance(6 * HOUR);
    const { out, err, code } = await run(
      registerWatch,
      emulator,
      "watch",
      "--group",
      group,
      "--next",
      "--timeout",
      "9ms",
    );
    expect(out).toMatch(/^\S+ {2}Group .* has no instance refresh yet: this command waits for one to begin\n$/);
    expect(err).toContain("no instance refresh began in time");
    expect(code).toBe(3);
  });

  test.each([
    [registerWatch, "watch"],
    [registerStatus, "status"],
  ])("%p says of a group that does not exist that it does not", async (register, command) => {
    const { err, code } = await run(register, emulator, command, "--group", missing);
    expect(err).toMatch(new RegExp(`Group ${missing} \\(.*\\) does not exist\\. Check its name, --region`));
    expect(code).toBe(2);
  });

  test("a group with a problem hides no other", async () => {
    const id = await start(cloud);
    emulator.clock.advance(6 * HOUR);
    const named = ["--group", missing, "--group", group];
    const status = await run(registerStatus, emulator, "status", ...named);
    expect(status).toMatchObject({ out: expect.stringContaining("Successful"), code: 3 });
    expect(status.err).toMatch(new RegExp(`^Group ${missing} \\(.*\\) does not exist`));
    const watch = await run(registerWatch, emulator, "watch", ...named);
    expect(watch).toMatchObject({ out: expect.stringContaining(`${id}`), code: 3 });
    expect(watch.err).toMatch(new RegExp(`^Group ${missing} \\(.*\\) does not exist`));
    // Before the end of the others, too.
    expect(watch.out).toMatch(new RegExp(`Group ${missing} \\(.*\\) does not exist`));
  });

  test("history lists what ran, how it ended, for how long and to what, the newest first", async () => {
    const none = await run(registerHistory, emulator, "history", group);
    expect(none).toMatchObject({ out: expect.stringContaining("has no instance refresh."), code: 0 });
    const first = await start(cloud);
    emulator.clock.advance(6 * HOUR);
    const { out } = await run(registerHistory, emulator, "history", group);
    expect(out).toMatch(new RegExp(`^2026-01-01 00:00:\\d\\d  Successful  .*min.*  ${first}\\n`));
    expect(out).toContain(cloud === "ess" ? "m-2" : "2");
    const json = await run(registerHistory, emulator, "history", group, "--json");
    expect(JSON.parse(json.out)).toMatchObject({ id: first, status: "Successful", seconds: expect.any(Number) });
  });

  test("picture says which file it wrote", async () => {
    await start(cloud);
    emulator.clock.advance(HOUR);
    const file = join(mkdtempSync(join(tmpdir(), "picture-")), "web.svg");
    const { out } = await run(registerPicture, emulator, "picture", "--group", group, file);
    expect(out).toBe(`wrote ${file}\n`);
    expect(readFileSync(file, "utf8")).toContain("<svg");
    rmSync(dirname(file), { recursive: true });
  });

  test("picture wants an id and a file, or a group and a file", async () => {
    const { err, code } = await run(registerPicture, emulator, "picture", "a.svg");
    expect(err).toContain("or a file and --group");
    expect(code).toBe(2);
  });
});

test.each([
  ["localhost:8643", "Write http://localhost:8643"],
  ["127.0.0.1:8643", "Write http://127.0.0.1:8643"],
  ["https://a b", "It must be an address"],
])("--endpoint %s is refused with what would be right", async (endpoint, said) => {
  const { err, code } = await run(registerStatus, emulator, "status", "ir-1", "--endpoint", endpoint);
  expect(err).toContain(said);
  expect(code).toBe(2);
});
