/** Whatever a call ends with, no secret is in a message, in a log, or given to the engine. */
import { inspect, isDeepStrictEqual } from "node:util";
import Credential from "@alicloud/credentials";
import Core, { $OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import { autoscaling } from "../../../src/clouds/autoscaling/module";
import { Secrets } from "../../../src/clouds/common/secrets";
import { ess } from "../../../src/clouds/ess/module";
import type { Arguments, CloudModule } from "../../../src/core/cloud";
import { ARGUMENTS, IDENTITIES, OPERATIONS, SECRETS, writeProcessProfile } from "./cases";
import { ENDINGS, type HostileServer, hostileServer } from "./hostileServer";
import { leaksIn, marked } from "./spellings";

const CLOUDS: Readonly<Record<string, CloudModule>> = { ess, autoscaling };
/** Operations that are played with every source of keys; all others with the first only. */
const TYPICAL = ["describe", "start", "up, preview", "up, create"];

let server: HostileServer;
let printed: string[];
const before = { ...process.env };
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^(AWS|ALI)/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
  });
  server = await hostileServer();
  printed = [];
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  for (const level of ["log", "info", "warn", "error", "debug"] as const)
    jest.spyOn(console, level).mockImplementation((...values) => void printed.push(inspect(values, { depth: 9 })));
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...before };
  await server.close();
});

/** Without what the program gave, at its own place, and what is wrapped as a secret: these are the engine's to keep. */
function withoutOwn(value: unknown, args: Arguments): unknown {
  if (value === null || typeof value !== "object") return value;
  if ("4dabf18193072939515e22adb298388d" in value) return "[secret]";
  if (Array.isArray(value)) return value.map((each) => withoutOwn(each, args));
  if (value instanceof Map) return withoutOwn([...value], args);
  const isOwn = (key: string, each: unknown) => key in args && isDeepStrictEqual(each, args[key]);
  const others = Object.entries(value).filter(([key, each]) => !isOwn(key, each));
  return Object.fromEntries(others.map(([key, each]) => [key, withoutOwn(each, args)]));
}

/** All that an error says, and all that hangs on it. */
function saidBy(error: Error, args: Arguments): string {
  const { message, stack, cause } = error;
  const rest = inspect(withoutOwn({ ...error }, args), { depth: 9, showHidden: true });
  return `${message} ${stack} ${rest} ${cause instanceof Error ? saidBy(cause, args) : inspect(cause, { depth: 9 })}`;
}

let cases = 0;

/** Plays the operations side by side; what leaked, with its case. */
async function play(name: string, identity: string, ending: string, operations: readonly string[]): Promise<string[]> {
  server.ending = ending;
  const found: string[] = [];
  await Promise.all(
    operations.map(async (operation) => {
      cases++;
      const id = `id-${cases}`;
      const { settings, environment } = IDENTITIES[name]?.[identity] ?? {};
      if (environment) {
        Object.assign(process.env, environment);
        writeProcessProfile(id);
      }
      const said = { lines: [] as unknown[] };
      const outcome = await (async () =>
        OPERATIONS[operation]?.(CLOUDS[name] as CloudModule, settings?.(server.url, id) ?? {}, said))().then(
        (value) => JSON.stringify(withoutOwn(value, ARGUMENTS[name] ?? {})) ?? "",
        (error: Error) => saidBy(error, ARGUMENTS[name] ?? {}),
      );
      const everything = `${outcome} ${inspect(said.lines)} ${said.lines.join("\n")}`;
      const leaks = leaksIn(everything, Object.values(SECRETS));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
      if (/[\u0007\u001b\u009b\u202e]/.test(outcome.replaceAll("\\u001b", ""))) leaks.push("control characters");
      found.push(...leaks.map((leak) => `${name}, ${identity}, ${operation}, ${ending}: ${leak}`));
    }),
  );
  return [...found, ...leaksIn(printed.join("\n"), Object.values(SECRETS))];
}

const identities = Object.entries(IDENTITIES).flatMap(([name, all]) =>
  Object.keys(all).map((identity, index) => [name, identity, index === 0] as const),
);

test.each(identities)(
  "%s, keys from %s: however a call ends, no message holds a secret",
  async (name, identity, isFirst) => {
    const found: string[] = [];
    for (const ending of Object.keys(ENDINGS))
      found.push(...(await play(name, identity, ending, isFirst ? Object.keys(OPERATIONS) : TYPICAL)));
    expect(found).toEqual([]);
  },
);

test("at least 2,000 cases were played", () => {
  expect(cases).toBeGreaterThanOrEqual(2_000);
});

describe("the search finds", () => {
  test("what a refusal echoes, when nothing is taken out of it", async () => {
    jest.spyOn(Secrets.prototype, "scrub").mockImplementation((text) => text);
    const found = await play("ess", "host", "a refusal that echoes the values", ["start"]);
    expect(found.join("\n")).toContain(SECRETS.variable);
    expect(found.join("\n")).toContain(SECRETS.command);
  });

  test("the request that the vendor's core puts into an error", async () => {
    server.ending = "cut before an answer";
    const credential = new Credential(null, {
      getProviderName: () => "test",
      getCredentials: async () => ({ accessKeyId: "id", accessKeySecret: SECRETS.key, securityToken: "" }),
    });
    const core = new Core(
      new $OpenApiUtil.Config({ endpoint: new URL(server.url).host, protocol: "HTTP", credential }),
    );
    const params = { action: "StartInstanceRefresh", version: "2022-02-22", pathname: "/", method: "POST" };
    const call = new $OpenApiUtil.Params({ ...params, authType: "AK", style: "RPC", bodyType: "json" });
    const request = new $OpenApiUtil.OpenApiRequest({ query: { Value: SECRETS.variable } });
    const error: Error = await core.callApi(call, request, new RuntimeOptions({})).catch((thrown) => thrown);
    expect(leaksIn(error.message, [SECRETS.variable])).not.toEqual([]);
  });

  test("the signed request that the vendor's provider of credentials puts into an error", async () => {
    // Its own way to send, as it is before a connection replaces it.
    await jest.isolateModulesAsync(async () => {
      const vendor = await import("@alicloud/credentials");
      const base = vendor.StaticAKCredentialsProvider.builder()
        .withAccessKeyId(marked("id"))
        .withAccessKeySecret("s")
        .build();
      const role = vendor.RAMRoleARNCredentialsProvider.builder()
        .withCredentialsProvider(base)
        .withRoleArn("acs:ram::1:role/a")
        .withStsEndpoint("127.0.0.1:1")
        .build();
      const error: Error = await role.getCredentials().catch((thrown) => thrown);
      expect(leaksIn(error.message, [marked("id")])).not.toEqual([]);
      expect(error.message).toContain("Signature=");
    });
  });
});
