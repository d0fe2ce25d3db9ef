/** A rollout of hours outlives credentials of an hour, wherever they come from: one Start, and nobody touched it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RAMRoleARNCredentialsProvider, StaticAKCredentialsProvider } from "@alicloud/credentials";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { ConnectionSettings } from "../../../src/core/cloud";
import { LifecycleHarness } from "../lifecycleHarness";

const HOUR_S = 3_600;
/** Whoever puts keys into a file does it before the old ones expire. */
const ROTATION_MS = 50 * 60_000;

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

let folder: string;
let harness: LifecycleHarness;
let server: Server | undefined;
const before = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "renewal-"));
  for (const name of Object.keys(process.env)) if (/^(AWS|ALI)/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    HOME: folder,
  });
});
afterEach(async () => {
  await harness.close();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
  process.env = { ...before };
});

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Keys that hold for an hour, as STS gives them. */
async function freshKeys(name: string): Promise<Keys> {
  const { url, accessKeyId, secretAccessKey } = harness.emulator;
  if (name === "autoscaling") {
    const found = await fromTemporaryCredentials({
      masterCredentials: { accessKeyId, secretAccessKey },
      params: { RoleArn: "arn:aws:iam::123456789012:role/deployer", DurationSeconds: HOUR_S },
      clientConfig: { region: "eu-west-1", endpoint: url },
    })();
    return { ...found, sessionToken: found.sessionToken ?? "" };
  }
  const keys = StaticAKCredentialsProvider.builder()
    .withAccessKeyId(accessKeyId)
    .withAccessKeySecret(secretAccessKey)
    .build();
  const found = await RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(keys)
    .withRoleArn("acs:ram::123456789012:role/deployer")
    .withStsEndpoint(url)
    .build()
    .getCredentials();
  return {
    accessKeyId: found.accessKeyId,
    secretAccessKey: found.accessKeySecret,
    sessionToken: found.securityToken,
  };
}

const aliyun = (profile: object) => JSON.stringify({ current: "web", profiles: [{ name: "web", ...profile }] });

interface Source {
  /** Settings beside region and endpoint. */
  settings(): ConnectionSettings;
  /** Puts keys where the source has them. */
  write?(keys: Keys): void;
  /** A server that hands out keys. */
  serve?(keys: Keys): object;
}

const SOURCES: Readonly<Record<string, Readonly<Record<string, Source>>>> = {
  ess: {
    "a role that is assumed": {
      settings: () => ({
        bridged: {
          accessKey: harness.emulator.accessKeyId,
          secretKey: harness.emulator.secretAccessKey,
          assumeRole: { roleArn: "acs:ram::123456789012:role/deployer" },
          endpoints: [{ sts: harness.emulator.url }],
        },
      }),
    },
    "a token of an identity provider": {
      settings: () => ({
        bridged: {
          assumeRoleWithOidc: {
            roleArn: "acs:ram::123456789012:role/deployer",
            oidcProviderArn: "acs:ram::123456789012:oidc-provider/ci",
            oidcTokenFile: file("token", `e30.${Buffer.from("{}").toString("base64url")}.s`),
          },
          endpoints: [{ sts: harness.emulator.url }],
        },
      }),
    },
    "a credentials URI": {
      settings: () => ({ bridged: { credentialsUri: `${harness.emulator.url}/ram/credentials` } }),
    },
    "a profile that somebody rotates": {
      settings: () => ({ bridged: { sharedCredentialsFile: join(folder, "aliyun.json"), profile: "web" } }),
      write: (keys) =>
        file(
          "aliyun.json",
          aliyun({
            mode: "StsToken",
            access_key_id: keys.accessKeyId,
            access_key_secret: keys.secretAccessKey,
            sts_token: keys.sessionToken,
          }),
        ),
    },
    "a profile's process": {
      settings: () => ({ bridged: { sharedCredentialsFile: join(folder, "aliyun.json"), profile: "web" } }),
      write: (keys) => {
        const { accessKeyId: access_key_id, secretAccessKey: access_key_secret, sessionToken: sts_token } = keys;
        const path = file("keys", JSON.stringify({ mode: "StsToken", access_key_id, access_key_secret, sts_token }));
        file("aliyun.json", aliyun({ mode: "External", process_command: `/bin/cat ${path}` }));
      },
    },
  },
  autoscaling: {
    "a role that is assumed": {
      settings: () => ({
        bridged: {
          accessKey: harness.emulator.accessKeyId,
          secretKey: harness.emulator.secretAccessKey,
          assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/deployer", duration: "1h" }],
          endpoints: [{ sts: harness.emulator.url }],
        },
      }),
    },
    "a profile that somebody rotates": {
      settings: () => ({ profile: "web" }),
      write: ({ accessKeyId, secretAccessKey, sessionToken }) =>
        file(
          "credentials",
          `[web]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`,
        ),
    },
    "a process that tells no expiration": {
      settings: () => ({ profile: "web" }),
      write: ({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }) => {
        const path = file("keys", JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken }));
        file("config", `[profile web]\ncredential_process = /bin/cat ${path}\n`);
      },
    },
    "a container's credentials": {
      settings: () => ({}),
      serve: ({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token }) => ({
        AccessKeyId,
        SecretAccessKey,
        Token,
        Expiration: new Date(Date.now() + HOUR_S * 1000).toISOString(),
      }),
    },
  },
};

/**
 * Keys in files are replaced when it is time. Those of ESS expire by the emulator's clock; those of AWS by real time, so
 * that each hour a call is refused as one with expired keys is.
 */
function followClock(name: string, rotate: (() => Promise<void>) | undefined): void {
  const { clock, emulator } = harness;
  let [rotated, refused] = [emulator.clock.now(), emulator.clock.now()];
  clock.now = () => {
    const time = emulator.clock.now();
    if (rotate && time - rotated >= ROTATION_MS && !clock.onSleep) {
      rotated = time;
      clock.onSleep = rotate;
    }
    if (name === "autoscaling" && time - refused >= HOUR_S * 1000) {
      refused = time;
      emulator.faultInjection.add({ operations: ["autoscaling:*"], kind: "ExpiredToken", count: 1 });
    }
    return time;
  };
}

async function serving(answer: (keys: Keys) => object): Promise<string> {
  server = createServer(async (_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer(await freshKeys("autoscaling"))));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
}

const cases = Object.entries(SOURCES).flatMap(([name, sources]) =>
  Object.keys(sources).map((source) => [name, source]),
);

test.each(cases)(
  "%s: three hours with keys of an hour from %s",
  async (name, source) => {
    harness = await LifecycleHarness.start(name as string, 4);
    const { settings, write, serve } = (SOURCES[name as string] as Record<string, Source>)[source as string] as Source;
    if (serve) process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = await serving(serve);
    const rotate = write && (async () => write(await freshKeys(name as string)));
    await rotate?.();
    followClock(name as string, rotate);
    const start = harness.emulator.clock.now();
    const { region, endpoint } = harness.cloud.settings;
    const pauses =
      name === "ess"
        ? { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 90 }
        : { preferences: { checkpointPercentages: [25, 75, 100], checkpointDelay: 5_400 } };
    const args = { ...(await harness.cloud.argumentsFor(harness.group, "second")), ...pauses };
    const call = { ...harness.call(), settings: { region, endpoint, ...settings() } as ConnectionSettings };
    const { properties } = await harness.lifecycle.create(args, call);
    expect(properties.status).toBe("Successful");
    expect(harness.emulator.clock.now() - start).toBeGreaterThan(2.5 * HOUR_S * 1000);
    expect(harness.count("StartInstanceRefresh")).toBe(1);
    const users = new Set(harness.emulator.requests.map(({ accessKeyId }) => accessKeyId));
    expect(users.size).toBeGreaterThan(2);
  },
  30_000,
);
