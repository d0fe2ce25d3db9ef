/** Nothing that a run leaves behind holds a key: neither the state, nor messages and output, nor the suite's snapshots. */
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../src/emulator";
import { type BuiltPackage, copyOfBuild } from "../chaos/builtPackage";
import { EngineResource } from "../chaos/engineResource";
import { Host, type HostName } from "../chaos/host";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import type { CloudName } from "../provider/pluginProtocol";

const KEYS = {
  accessKeyId: "CANARYKEYID0000",
  secretAccessKey: "canary-secret-access-key",
  securityToken: "canary-session-token",
};
const VARIABLE = "canary-value-of-a-variable";

let built: BuiltPackage;
beforeAll(() => {
  built = copyOfBuild();
});
afterAll(() => built.remove());

function environmentOf(emulator: Emulator): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: emulator.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    AWS_SESSION_TOKEN: KEYS.securityToken,
    ALIBABA_CLOUD_ENDPOINT_ESS: emulator.url,
    ALIBABA_CLOUD_REGION_ID: "cn-hangzhou",
    ALIBABA_CLOUD_ACCESS_KEY_ID: KEYS.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEYS.secretAccessKey,
    ALIBABA_CLOUD_SECURITY_TOKEN: KEYS.securityToken,
  };
}

const hosts: [CloudName, HostName][] = (["ess", "autoscaling"] as const).flatMap((cloud) =>
  (["plugin", "dynamic"] as const).map((host): [CloudName, HostName] => [cloud, host]),
);

test.each(hosts)(
  "%s, %s: no key in the state, in messages or in the output, however the runs end",
  async (name, hostName) => {
    const emulator = await createEmulator({ speed: 300, credentials: [KEYS] });
    const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
    const group = await cloud.createGroup(2);
    const host = await Host.open(hostName, { built, speed: 300, environment: environmentOf(emulator) });
    const resource = new EngineResource(hostName, name, "web");
    const left: unknown[] = [];
    const args = await cloud.argumentsFor(group, "second");
    const up = async (more: object = {}) => {
      const failure = await resource.up(host, { ...args, ...more }, { timeout: 600 });
      left.push(failure, resource.recorded);
      return failure;
    };
    try {
      for (const kind of ["ExpiredToken", "NotParsable"] as const) {
        emulator.faultInjection.add({ operations: ["*"], kind });
        expect(await up()).toBeDefined();
        emulator.faultInjection.clear();
      }
      if (name === "ess") {
        const environmentVars = [{ key: "0 is not first", value: VARIABLE.repeat(20) }];
        const failure = await up({ desiredConfigurationContainers: [{ name: "web", environmentVars }] });
        expect(failure).toContain("environmentVars[0].value");
        expect(JSON.stringify(left)).not.toContain(VARIABLE);
      }
      expect(await up()).toBeUndefined();
      expect(resource.recorded?.outputs.status).toBe("Successful");
      const said = JSON.stringify([host.engine.lines, host.printed, left.filter((each) => typeof each === "string")]);
      expect(said).not.toContain("__provider");
      for (const key of Object.values(KEYS)) expect(said + JSON.stringify(left)).not.toContain(key);
      expect(emulator.requests.some(({ accessKeyId }) => accessKeyId === KEYS.accessKeyId)).toBe(true);
    } finally {
      await host.kill();
      await emulator.close();
    }
  },
);

test("no snapshot of the suite holds a key of the emulator", () => {
  const tests = join(__dirname, "..");
  const snapshots = readdirSync(tests, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".snap"));
  expect(snapshots.length).toBeGreaterThan(0);
  for (const file of snapshots) expect(readFileSync(join(tests, file), "utf8")).not.toContain("emulator-secret-key");
});

/** Whether something answers at a port of an address. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (answered: boolean) => () => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}

test("emulator and plugin listen on 127.0.0.1 and on no other address", async () => {
  const emulator = await createEmulator();
  const host = await Host.open("plugin", { built, speed: 1, environment: {} });
  try {
    for (const port of [Number(new URL(emulator.url).port), host.port]) {
      expect(await answers("127.0.0.1", port)).toBe(true);
      // Another address of the same machine: it answers where somebody listens on all of them.
      expect(await answers("127.0.0.2", port)).toBe(false);
    }
  } finally {
    await host.kill();
    await emulator.close();
  }
});
