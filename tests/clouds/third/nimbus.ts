/** A third cloud, as small as one can be: what a package of somebody else would register. It lives in memory. */
import { z } from "zod";
import {
  type Arguments,
  type CloudApi,
  CloudError,
  type CloudModule,
  type Refresh,
  type Stage,
} from "../../../src/core/cloud";
import { argument } from "../../../src/core/definition/arguments";
import { commonArguments } from "../../../src/core/definition/commonArguments";
import { outcomeOutputs } from "../../../src/core/definition/outputs";
import { autoScalingRules } from "../../../src/simulation/rules";

const STATUSES: Readonly<Record<string, Stage>> = {
  Rolling: "running",
  Stopping: "cancelling",
  Done: "successful",
  Cancelled: "cancelled",
};

const definition = {
  arguments: z.strictObject({
    pool: argument(z.string().min(1), { kind: "group", text: "Name of the pool.", source: "Roll" }),
    image: argument(z.string().min(1), { kind: "configuration", text: "Image to run.", source: "Roll" }).optional(),
    parallel: argument(z.int().min(1).max(50), {
      kind: "preference",
      text: "Machines at a time.",
      serviceDefault: 1,
      source: "Roll",
    }).optional(),
    ...commonArguments("anyChange"),
  }),
  outputs: z.strictObject({
    ...outcomeOutputs,
    zone: argument(z.string(), { text: "Zone of the pool." }).optional(),
  }),
  rules: [
    {
      text: "`image` is not `latest`.",
      reads: ["image"],
      source: "Roll",
      *check({ image }: Arguments) {
        if (image === "latest")
          yield { property: "image", reason: '`image` is "latest"; name one that stays the same' };
      },
    },
  ],
};

interface Roll {
  id: string;
  pool: string;
  image: unknown;
  parallel: unknown;
  status: string;
  described: number;
}

/** What the cloud holds; a roll is done when it was described a few times. */
export class Nimbus {
  readonly rolls: Roll[] = [];
  readonly starts: Arguments[] = [];
  /** So often a roll is described before it is done. */
  length = 3;

  api(zone: string): CloudApi {
    const described = (roll: Roll): Refresh => {
      if (roll.status === "Rolling" && ++roll.described >= this.length) roll.status = "Done";
      if (roll.status === "Stopping") roll.status = "Cancelled";
      const stage = STATUSES[roll.status] ?? "unknown";
      return {
        id: roll.id,
        group: roll.pool,
        status: roll.status,
        stage,
        ended: stage !== "running" && stage !== "cancelling",
        fraction: Math.min(roll.described / this.length, 1),
        startTime: "2026-01-01T00:00:00Z",
        arguments: { pool: roll.pool, image: roll.image, parallel: roll.parallel },
        outputs: { zone, startTime: "2026-01-01T00:00:00Z" },
        plannedPauses: { checkpoints: [], checkpointSeconds: 0, bakeSeconds: 0, goal: 1 },
      };
    };
    return {
      region: zone,
      account: async () => undefined,
      group: async ({ pool }) =>
        pool === "gone"
          ? undefined
          : {
              obstacles: [],
              warnings: [],
              unchecked: [],
              capacity: { desired: 4, inService: 4, pending: 0 },
              launchesFrom: "image v1",
              runsDesired: async () => false,
            },
      currentArguments: async (pool) => (pool === "gone" ? undefined : { pool, image: "v1" }),
      refreshes: async (pool) =>
        this.rolls
          .filter((roll) => roll.pool === pool)
          .map(described)
          .reverse(),
      source: {
        key: `nimbus/${zone}`,
        batch: 5,
        describe: async (ids) =>
          new Map(this.rolls.filter(({ id }) => ids.includes(id)).map((roll) => [roll.id, described(roll)])),
        classify: (error) => (error instanceof CloudError ? error.kind : "final"),
      },
      start: async (args) => {
        this.starts.push(args);
        const { pool, image, parallel } = args;
        const roll = {
          id: `nb-${this.rolls.length + 1}`,
          pool: String(pool),
          image,
          parallel,
          status: "Rolling",
          described: 0,
        };
        this.rolls.push(roll);
        return roll.id;
      },
      cancel: async ({ id }) => {
        for (const roll of this.rolls) if (roll.id === id) roll.status = "Stopping";
      },
      rollback: async () => {
        throw new CloudError({ operation: "Unroll", code: "NoSuchThing", kind: "final", message: "rolls go on only" });
      },
      snapshot: async ({ pool }) => ({
        group: {
          rules: autoScalingRules,
          name: String(pool),
          minSize: 0,
          maxSize: 10,
          desiredCapacity: 4,
          instances: Array.from({ length: 4 }, () => ({
            matches: false,
            weight: 1,
            protected: false,
            standby: false,
            manual: false,
          })),
          newWeights: [1],
          warmupSeconds: 0,
          recentLaunches: [{ least: 59, most: 61 }],
        },
        refresh: { preferences: {} },
        limits: {},
      }),
      instances: async () => undefined,
      activities: async () => undefined,
    };
  }
}

export function nimbusModule(nimbus: Nimbus, seen: { settings?: object } = {}): CloudModule {
  return {
    key: "nimbus",
    schemaNamespace: "Nimbus",
    name: "Nimbus",
    resource: {
      text: "A roll of a pool of Nimbus.",
      example: 'new nimbus.InstanceRefresh("web", { pool: "web", image: "i-1" });',
      exampleId: "roll-1",
    },
    definition,
    groupArgument: "pool",
    startOnDefault: "anyChange",
    idempotentStart: false,
    alreadyRunningCodes: [],
    statuses: STATUSES,
    idForms: "`nb-…`",
    rules: autoScalingRules,
    configuration: {
      prefix: "nimbus",
      texts: { region: "Zone.", profile: "Profile.", role: "Role.", endpoint: "Address." },
    },
    parseId: (id) => (/^nb-\d+$/.test(id) ? { id } : undefined),
    isGroupId: (group) => group.startsWith("pool-"),
    groupNamesAreFree: false,
    isExplicit: ({ image }) => image !== undefined,
    homeOf: ({ zone }) => (typeof zone === "string" ? { region: zone } : {}),
    settingsOf: (config) => {
      const region = config("nimbus:zone");
      return region ? { region } : {};
    },
    argumentsOf: (pool, args, { image }) => ({ ...args, pool, ...(image ? { image } : {}) }),
    connect: async (settings) => {
      seen.settings = settings;
      return nimbus.api(settings.region ?? "z-1");
    },
  };
}
