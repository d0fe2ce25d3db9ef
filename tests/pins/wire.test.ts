/**
 * What a Start sends over HTTP, for every member that it has, as it is today. Moving or renaming code changes none of it.
 */
import { cloudModule } from "../../src/clouds";
import { checkArguments } from "../../src/core/definition/arguments";
import { type RecordingServer, recordingServer } from "./recordingServer";
import { everything, leavesOf } from "./values";

type Properties = Record<string, unknown>;

const GROUP = "asg-web";

/** Arguments as programs have them. */
const PROGRAMS: Readonly<Record<string, Record<string, Properties>>> = {
  ess: {
    "an image, with checkpoints": {
      desiredConfigurationImageId: "m-1",
      minHealthyPercentage: 0,
      maxHealthyPercentage: 150,
      skipMatching: false,
      checkpoints: [{ percentage: 20 }, { percentage: 100 }],
      checkpointPauseTime: 30,
    },
    "a launch template with overrides": {
      desiredConfigurationLaunchTemplateId: "lt-1",
      desiredConfigurationLaunchTemplateVersion: "7",
      desiredConfigurationLaunchTemplateOverrides: [
        { instanceType: "ecs.g7.large" },
        { instanceType: "ecs.g7.xlarge" },
      ],
    },
    containers: {
      desiredConfigurationContainers: [
        {
          name: "web",
          image: "web:2",
          commands: ["sh", "-c"],
          args: ["run & wait = 1", "Grüße"],
          environmentVars: [
            { key: "A", value: "1" },
            { key: "B", value: "" },
          ],
        },
        { name: "log", image: "log:1", commands: [], environmentVars: [] },
      ],
    },
    "nothing but the group": {},
  },
  autoscaling: {
    "a launch template": {
      desiredConfiguration: { launchTemplate: { id: "lt-1", version: 7 } },
      preferences: {
        minHealthyPercentage: 0,
        maxHealthyPercentage: 100,
        instanceWarmup: "30",
        checkpointPercentages: [20, 100],
        checkpointDelay: 60,
        skipMatching: false,
        autoRollback: true,
        alarmSpecification: { alarms: ["too many errors & more", "Grüße"] },
      },
    },
    "a mixed instances policy": {
      strategy: "Rolling",
      desiredConfiguration: {
        mixedInstancesPolicy: {
          launchTemplate: {
            launchTemplateSpecification: { launchTemplateName: "web", version: "$Latest" },
            overrides: [
              { instanceType: "c6i.large", weightedCapacity: 1 },
              {
                instanceType: "c6g.large",
                weightedCapacity: "2",
                launchTemplateSpecification: { launchTemplateId: "lt-2", version: "3" },
              },
            ],
          },
          instancesDistribution: { onDemandBaseCapacity: 0, spotInstancePools: 0, spotMaxPrice: "" },
        },
      },
    },
    "what says nothing": {
      preferences: { checkpointPercentages: [], alarmSpecification: { alarms: [] } },
    },
    "nothing but the group": {},
  },
};

let server: RecordingServer;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());

describe.each(Object.keys(PROGRAMS))("a Start of %s", (key) => {
  /** What arrives, less the group, which is the same in all. */
  async function sent(args: Properties): Promise<Record<string, string>> {
    const cloud = await cloudModule(key);
    const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
    const api = await cloud.connect({ region: "eu-central-1", endpoint: server.url, credentials });
    await api.start({ [cloud.groupArgument]: GROUP, ...args }, "token");
    return server.starts.at(-1) as Record<string, string>;
  }

  test("sends each member by its name, in each of its values", async () => {
    const { definition } = await cloudModule(key);
    const always = await sent({});
    const rows: [string, string][] = [];
    for (const { path, values, build } of leavesOf(definition.arguments)) {
      for (const value of values) {
        const added = Object.entries(await sent(build(value))).filter(([name, text]) => always[name] !== text);
        rows.push([
          `${path}: ${JSON.stringify(value)}`,
          added.map(([name, text]) => `${name}=${text}`).join(" & ") || "-",
        ]);
      }
    }
    expect(Object.fromEntries(rows)).toMatchSnapshot();
  });

  test("sends all members at once", async () => {
    const { definition } = await cloudModule(key);
    expect(await sent(everything(leavesOf(definition.arguments), 0))).toMatchSnapshot();
  });

  test.each(Object.entries(PROGRAMS[key] ?? {}))("of a program: %s", async (_, args) => {
    const { definition, groupArgument } = await cloudModule(key);
    expect(checkArguments(definition, { [groupArgument]: GROUP, ...args }).failures).toEqual([]);
    expect(await sent(args)).toMatchSnapshot();
  });
});
