/** Operations and identities, each with a marked secret wherever one may be. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Arguments, CloudApi, CloudModule, ConnectionSettings, Refresh } from "../../../src/core/cloud";
import { Lifecycle } from "../../../src/core/lifecycle/lifecycle";
import { Scheduler } from "../../../src/core/polling/scheduler";
import { handlersOf } from "../../../src/pulumi/handlers";
import { marked } from "./spellings";

export const SECRETS = {
  key: marked("key"),
  token: marked("token"),
  command: marked("command"),
  argument: marked("argument"),
  variable: marked("variable"),
  trigger: marked("trigger"),
  external: marked("external"),
  file: marked("file"),
  process: marked("process"),
  uri: marked("uri"),
};

export const ARGUMENTS: Readonly<Record<string, Arguments>> = {
  ess: {
    scalingGroupId: "asg-web",
    triggers: [SECRETS.trigger],
    desiredConfigurationContainers: [
      {
        name: "web",
        commands: ["run", SECRETS.command],
        args: [SECRETS.argument],
        environmentVars: [{ key: "PASSWORD", value: SECRETS.variable }],
      },
    ],
  },
  autoscaling: {
    autoscalingGroupName: "web",
    triggers: { password: SECRETS.trigger },
    desiredConfiguration: { launchTemplate: { id: "lt-1", version: "7" } },
  },
};

export const IDS: Readonly<Record<string, string>> = {
  ess: "ir-1",
  autoscaling: "web/00000000-0000-4000-8000-000000000001",
};

const folder = mkdtempSync(join(tmpdir(), "leaks-"));
const fileOf = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const aliyun = (profile: object) => JSON.stringify({ current: "web", profiles: [{ name: "web", ...profile }] });
/** A word of a command line. */
const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

export interface Identity {
  settings(url: string, id: string): ConnectionSettings;
  environment?: Readonly<Record<string, string>>;
}

/** Where keys come from, by cloud; `id` is another one in each case, so that no connection is shared. */
export const IDENTITIES: Readonly<Record<string, Readonly<Record<string, Identity>>>> = {
  ess: {
    host: {
      settings: (endpoint, id) => ({
        endpoint,
        region: "cn-hangzhou",
        credentials: { accessKeyId: id, secretAccessKey: SECRETS.key, sessionToken: SECRETS.token },
      }),
    },
    stack: {
      settings: (endpoint, id) => ({
        endpoint,
        bridged: { region: "cn-hangzhou", accessKey: id, secretKey: SECRETS.key, securityToken: SECRETS.token },
      }),
    },
    role: {
      settings: (endpoint, id) => ({
        endpoint,
        region: "cn-hangzhou",
        bridged: {
          accessKey: id,
          secretKey: SECRETS.key,
          securityToken: SECRETS.token,
          assumeRole: { roleArn: "acs:ram::1:role/a", externalId: SECRETS.external },
          endpoints: [{ sts: endpoint }],
        },
      }),
    },
    "credentials URI": {
      settings: (endpoint, id) => ({
        endpoint,
        region: "cn-hangzhou",
        bridged: { credentialsUri: `${endpoint}/${id}?token=${encodeURIComponent(SECRETS.uri)}` },
      }),
    },
    OIDC: {
      settings: (endpoint, id) => ({
        endpoint,
        region: "cn-hangzhou",
        bridged: {
          assumeRoleWithOidc: {
            roleArn: `acs:ram::1:role/${id}`,
            oidcProviderArn: "acs:ram::1:oidc-provider/ci",
            oidcTokenFile: fileOf("token", SECRETS.file),
          },
          endpoints: [{ sts: endpoint }],
        },
      }),
    },
    profile: {
      settings: (endpoint, id) => ({
        endpoint,
        region: "cn-hangzhou",
        bridged: {
          sharedCredentialsFile: fileOf(
            `${id}.json`,
            aliyun({ mode: "StsToken", access_key_id: id, access_key_secret: SECRETS.key, sts_token: SECRETS.token }),
          ),
        },
      }),
    },
    "a profile's process": {
      settings: (endpoint, id) => ({
        endpoint,
        region: "cn-hangzhou",
        bridged: {
          sharedCredentialsFile: fileOf(
            `${id}.json`,
            aliyun({ mode: "External", process_command: `/bin/false ${quoted(SECRETS.process)}` }),
          ),
        },
      }),
    },
    "a profile that is not JSON": {
      settings: (endpoint, id) => ({
        endpoint,
        region: "cn-hangzhou",
        bridged: { sharedCredentialsFile: fileOf(`${id}.json`, `{"secret": ${JSON.stringify(SECRETS.file)}`) },
      }),
    },
  },
  autoscaling: {
    host: {
      settings: (endpoint, id) => ({
        endpoint,
        region: "eu-west-1",
        credentials: { accessKeyId: id, secretAccessKey: SECRETS.key, sessionToken: SECRETS.token },
      }),
    },
    stack: {
      settings: (endpoint, id) => ({
        endpoint,
        bridged: { region: "eu-west-1", accessKey: id, secretKey: SECRETS.key, token: SECRETS.token },
      }),
    },
    role: {
      settings: (endpoint, id) => ({
        endpoint,
        region: "eu-west-1",
        bridged: {
          accessKey: id,
          secretKey: SECRETS.key,
          token: SECRETS.token,
          assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/a", externalId: SECRETS.external }],
          endpoints: [{ sts: endpoint }],
        },
      }),
    },
    "web identity": {
      settings: (endpoint, id) => ({
        endpoint,
        region: "eu-west-1",
        bridged: {
          assumeRoleWithWebIdentity: {
            roleArn: `arn:aws:iam::123456789012:role/${id}`,
            webIdentityTokenFile: fileOf("token", SECRETS.file),
          },
          endpoints: [{ sts: endpoint }],
        },
      }),
    },
    "a profile's process": {
      settings: (endpoint, id) => ({ endpoint, region: "eu-west-1", profile: id }),
      environment: {
        AWS_CONFIG_FILE: fileOf("config", ""),
      },
    },
  },
};

/** Writes the profile that the last identity names. */
export function writeProcessProfile(id: string): void {
  fileOf("config", `[profile ${id}]\ncredential_process = /bin/false ${quoted(SECRETS.process)}\n`);
}

/** What went out of the process, or would go into the state. */
interface Said {
  readonly lines: unknown[];
}

export type OperationCase = (cloud: CloudModule, settings: ConnectionSettings, said: Said) => Promise<unknown>;

const api =
  (call: (api: CloudApi, args: Arguments, refresh: Refresh) => Promise<unknown> | undefined): OperationCase =>
  async (cloud, settings) => {
    const args = ARGUMENTS[cloud.key] as Arguments;
    const [id, group] = [IDS[cloud.key] as string, String(args[cloud.groupArgument])];
    const refresh = { id, group, stage: "running", arguments: args, outputs: {}, startTime: "2026-01-01T00:00:00Z" };
    return call(await cloud.connect(settings), args, refresh as unknown as Refresh);
  };

/** A clock that runs as fast as anybody waits. */
function hastyTools() {
  let now = Date.UTC(2026, 0, 1);
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += Math.max(milliseconds, 1);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  return { scheduler: new Scheduler({ clock, random: () => 0.5 }), clock, random: () => 0.5 };
}

const URN = "urn:pulumi:test::project::instance-refresh:InstanceRefresh::web";

const host =
  (call: (handlers: ReturnType<typeof handlersOf>, args: Arguments, id: string) => unknown): OperationCase =>
  async (cloud, settings, said) => {
    const say = (urn: string, line: string) => void said.lines.push(urn, line);
    const handlers = handlersOf(new Lifecycle(cloud, hastyTools()), {
      settingsOf: () => settings,
      signal: () => new AbortController().signal,
      engine: () => ({ progress: say, notice: say, warn: say, error: say }),
    });
    return call(handlers, ARGUMENTS[cloud.key] as Arguments, IDS[cloud.key] as string);
  };

const operation = { urn: URN, timeoutSeconds: 20 };

export const OPERATIONS: Readonly<Record<string, OperationCase>> = {
  account: api((cloud) => cloud.account()),
  group: api((cloud, args) => cloud.group(args)),
  refreshes: api((cloud, _, { group }) => cloud.refreshes(group)),
  describe: api((cloud, _, { id }) => cloud.source.describe([id], new AbortController().signal)),
  start: api((cloud, args) => cloud.start(args, "token")),
  cancel: api((cloud, _, refresh) => cloud.cancel(refresh)),
  rollback: api((cloud, _, refresh) => cloud.rollback(refresh)),
  suspend: api((cloud, _, refresh) => cloud.suspend?.(refresh)),
  resume: api((cloud, _, refresh) => cloud.resume?.(refresh)),
  snapshot: api((cloud, args) => cloud.snapshot(args)),
  activities: api((cloud, _, refresh) => cloud.activities(refresh)),
  "up, preview": host((handlers, args) => handlers.previewCreate(operation, { ...args })),
  "up, create": host((handlers, args) => handlers.create(operation, { ...args })),
  "up, update": host((handlers, args, id) =>
    handlers.update(operation, id, { ...args, status: "InProgress" }, { ...args }),
  ),
  "up, import": host((handlers, args, id) => handlers.create(operation, { ...args }, id)),
  refresh: host((handlers, args, id) => handlers.read(operation, id, { ...args, status: "InProgress" }, {})),
  destroy: host((handlers, args, id) =>
    handlers.delete(operation, id, { ...args, onDelete: "cancel", status: "InProgress" }),
  ),
};
