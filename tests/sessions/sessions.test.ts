/** The engine speaks to a later version as it did to the one that was recorded, and is answered the same. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PluginProtocol } from "../provider/pluginProtocol";
import { versionsOf } from "./cloudOfSession";
import { isRecorded, type RecordedCall, recorded, requestOf, type Session } from "./recordedCall";

const files = readdirSync(__dirname).filter((file) => file.endsWith(".json"));
const sessionsOf = (file: string): Session[] => JSON.parse(readFileSync(join(__dirname, file), "utf8"));
const cases = files.flatMap((file) => sessionsOf(file).map(({ cloud, calls }) => [file, cloud, calls] as const));

/** Texts may get better, and times depend on how often the cloud is asked. */
function compared(value: unknown, name = ""): unknown {
  if (name === "rest" || /time$/i.test(name)) return typeof value;
  if (Array.isArray(value)) return value.map((each) => compared(each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, compared(each, key)]));
}

/** The kind of a failure: its first words, without ids. */
const failureKind = (text: string | undefined) => text?.split(/[.:(]/)[0];

test.each(cases)("%s, %s: each call of the engine is answered as it was", async (_, cloud, calls) => {
  const plugin = await PluginProtocol.start(cloud, 4);
  await versionsOf(plugin);
  const shown = (text: string) => text.replaceAll(plugin.emulator.url, "EMULATOR");
  const meant = (text: string) => text.replaceAll("EMULATOR", plugin.emulator.url);
  try {
    for (const [index, call] of calls.entries()) {
      const request = requestOf(call, meant);
      (request as { setEngineAddress?(address: string): void }).setEngineAddress?.(plugin.engine.address);
      (request as { setAddress?(address: string): void }).setAddress?.(plugin.engine.address);
      const now: Partial<RecordedCall> = await plugin
        .call<Parameters<typeof recorded>[0]>(call.method as never, request)
        .then((answer) => ({ answer: recorded(answer, shown) }))
        .catch((error: Error) => ({ failure: shown(error.message) }));
      const place = `call ${index}, ${call.method}`;
      expect([place, compared(now.answer), failureKind(now.failure)]).toEqual([
        place,
        compared(call.answer),
        failureKind(call.failure),
      ]);
    }
  } finally {
    await plugin.close();
  }
});

test("the sessions have every call that the engine makes for a resource, and hold nothing of the machine", () => {
  for (const { calls } of sessionsOf("sessions-0.1.json")) {
    const methods = new Set(calls.map(({ method }) => method));
    for (const method of ["configure", "check", "diff", "create", "read", "update", "delete"])
      expect([method, methods.has(method), isRecorded(method)]).toEqual([method, true, true]);
    expect(calls.some(({ failure }) => failure)).toBe(true);
  }
  const text = readFileSync(join(__dirname, "sessions-0.1.json"), "utf8");
  const bytes = text.matchAll(/"rest": "([^"]*)"/g);
  const plain = [text, ...[...bytes].map(([, base64 = ""]) => Buffer.from(base64, "base64").toString("latin1"))].join(
    "\n",
  );
  expect(plain).not.toMatch(/127\.0\.0\.1|localhost|\/tmp\/|\/home\/|\/work\/|emulator-secret-key/);
});
