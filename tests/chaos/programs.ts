/** What a program can say about the configuration of a refresh, for each cloud, and the same in the words of the API. */
import type { TestCloud } from "../clouds/testCloud";
import type { CloudName } from "../provider/pluginProtocol";
import type { Properties } from "./host";

/** What a program says, on a group of its own. */
export interface Program {
  readonly group: string;
  /** The arguments, in the words of the program. */
  readonly args: Properties;
  /** Parameters of a Start that asks for exactly the same. */
  readonly equal: Properties;
  /** Parameters of a Start that asks for the same and for something more. */
  readonly superset: Properties;
  /** Parameters of a Start that asks for another configuration. */
  readonly different: Properties;
  /** Makes a new version of the launch template, which `$Latest` and `$Default` stand for from then on. */
  newVersion(): Promise<void>;
}

export interface ProgramKind {
  /** A version that the service resolves. */
  readonly floats: boolean;
  /** The configuration is named by a number or an id, and there are no `triggers`. */
  readonly isExplicit: boolean;
  prepare(cloud: TestCloud): Promise<Program>;
}

/** A pause at the half, in the words of each API, for two days: the refresh runs until the clock is moved. */
const LONG = {
  ess: {
    program: { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 2880 },
    api: {
      Checkpoints: [{ Percentage: 50 }, { Percentage: 100 }],
      CheckpointPauseTime: 2880,
    },
  },
  autoscaling: {
    program: { preferences: { checkpointPercentages: [50, 100], checkpointDelay: 172_800 } },
    api: {
      "Preferences.CheckpointPercentages.member.1": "50",
      "Preferences.CheckpointPercentages.member.2": "100",
      "Preferences.CheckpointDelay": "172800",
    },
  },
} as const;

const INSTANCES = 2;
const POLICY = "DesiredConfiguration.MixedInstancesPolicy.LaunchTemplate";

/** A mixed instances policy with one override, in the words of the program and of the API. */
const MIXED = {
  program: (group: string, version: string | undefined) => ({
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateName: group, version },
        overrides: [{ instanceType: "t3.large" }],
      },
    },
  }),
  api: (group: string, version: string | undefined) => ({
    [`${POLICY}.LaunchTemplateSpecification.LaunchTemplateName`]: group,
    [`${POLICY}.LaunchTemplateSpecification.Version`]: version,
    [`${POLICY}.Overrides.member.1.InstanceType`]: "t3.large",
  }),
};

function awsProgram(version: string | undefined, desires = true, more: Properties = {}, isMixed = false) {
  return async (cloud: TestCloud): Promise<Program> => {
    const group = await cloud.createGroup(INSTANCES);
    const newVersion = async (image: string) => {
      const { launchTemplateVersion } = await cloud.call("CreateLaunchTemplateVersion", {
        LaunchTemplateName: group,
        "LaunchTemplateData.ImageId": `ami-${image}`,
      });
      const { versionNumber } = launchTemplateVersion as unknown as { versionNumber: number };
      await cloud.call("ModifyLaunchTemplate", { LaunchTemplateName: group, SetDefaultVersion: String(versionNumber) });
    };
    await newVersion("second");
    const template = (asked: string | undefined) => ({
      "DesiredConfiguration.LaunchTemplate.LaunchTemplateName": group,
      ...(asked !== undefined && { "DesiredConfiguration.LaunchTemplate.Version": asked }),
    });
    const desired = isMixed ? MIXED.api(group, version) : template(version);
    const equal = { AutoScalingGroupName: group, ...LONG.autoscaling.api, ...(desires && desired) };
    const desiredConfiguration = isMixed
      ? MIXED.program(group, version)
      : { launchTemplate: { name: group, ...(version !== undefined && { version }) } };
    return {
      group,
      args: {
        autoscalingGroupName: group,
        ...LONG.autoscaling.program,
        ...(desires && { desiredConfiguration }),
        ...more,
      },
      equal,
      superset: { ...equal, "Preferences.InstanceWarmup": "1" },
      different: { AutoScalingGroupName: group, ...LONG.autoscaling.api, ...template("1") },
      newVersion: () => newVersion("third"),
    };
  };
}

type Call = TestCloud["call"];

/** A group of container instances; its id. */
export async function containerGroup(call: Call, advance: () => Promise<void>): Promise<string> {
  const size = { MinSize: 0, MaxSize: INSTANCES * 3, DesiredCapacity: INSTANCES };
  const made = await call("CreateScalingGroup", { GroupType: "ECI", MultiAZPolicy: "PRIORITY", ...size });
  const { ScalingGroupId } = made as unknown as { ScalingGroupId: string };
  const { ScalingConfigurationId } = await call("CreateEciScalingConfiguration", {
    ScalingGroupId,
    Containers: [{ Name: "web", Image: "web:first" }],
  });
  await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
  await advance();
  return ScalingGroupId;
}

interface EssSays {
  args: Properties;
  DesiredConfiguration?: Properties;
  different: Properties;
  more?: Properties;
}

function essProgram(says: (group: string, cloud: TestCloud) => EssSays | Promise<EssSays>, containers = false) {
  return async (cloud: TestCloud): Promise<Program> => {
    const group = containers
      ? await containerGroup(cloud.call, () => cloud.pass(3_600_000))
      : await cloud.createGroup(INSTANCES);
    const { args, DesiredConfiguration, different, more = {} } = await says(group, cloud);
    const equal = {
      ScalingGroupId: group,
      SkipMatching: false,
      ...LONG.ess.api,
      ...(DesiredConfiguration && { DesiredConfiguration }),
    };
    return {
      group,
      args: { scalingGroupId: group, skipMatching: false, ...LONG.ess.program, ...args, ...more },
      equal,
      superset: { ...equal, MinHealthyPercentage: 50 },
      different: { ...equal, DesiredConfiguration: different },
      // The emulator does not keep the versions of ESS's launch templates apart.
      newVersion: async () => {},
    };
  };
}

const image = { DesiredConfiguration: { ImageId: "m-second" }, different: { ImageId: "m-third" } };
const template = (version?: string) => ({
  args: {
    desiredConfigurationLaunchTemplateId: "lt-second",
    ...(version !== undefined && { desiredConfigurationLaunchTemplateVersion: version }),
  },
  DesiredConfiguration: {
    LaunchTemplateId: "lt-second",
    ...(version !== undefined && { LaunchTemplateVersion: version }),
  },
  different: { LaunchTemplateId: "lt-third", LaunchTemplateVersion: "1" },
});

export const PROGRAMS: Readonly<Record<CloudName, Readonly<Record<string, ProgramKind>>>> = {
  autoscaling: {
    "a numbered version": { floats: false, isExplicit: true, prepare: awsProgram("2") },
    "a mixed instances policy": { floats: false, isExplicit: true, prepare: awsProgram("2", true, {}, true) },
    $Latest: { floats: true, isExplicit: false, prepare: awsProgram("$Latest") },
    $Default: { floats: true, isExplicit: false, prepare: awsProgram("$Default") },
    "no version": { floats: true, isExplicit: false, prepare: awsProgram(undefined) },
    "no configuration": { floats: false, isExplicit: false, prepare: awsProgram(undefined, false) },
    "triggers only": { floats: false, isExplicit: false, prepare: awsProgram(undefined, false, { triggers: ["1"] }) },
  },
  ess: {
    "an image": {
      floats: false,
      isExplicit: true,
      prepare: essProgram(() => ({ ...image, args: { desiredConfigurationImageId: "m-second" } })),
    },
    "a scaling configuration": {
      floats: false,
      isExplicit: true,
      prepare: essProgram(async (group, cloud) => {
        const make = async (ImageId: string) => {
          const asked = { ScalingGroupId: group, ImageId, InstanceType: "ecs.g7.large" };
          const made = await cloud.call("CreateScalingConfiguration", asked);
          return (made as unknown as { ScalingConfigurationId: string }).ScalingConfigurationId;
        };
        const [second, third] = [await make("m-second"), await make("m-third")];
        return {
          args: { desiredConfigurationScalingConfigurationId: second },
          DesiredConfiguration: { ScalingConfigurationId: second },
          different: { ScalingConfigurationId: third },
        };
      }),
    },
    "a numbered template": { floats: false, isExplicit: true, prepare: essProgram(() => template("2")) },
    "a template, Latest": { floats: true, isExplicit: false, prepare: essProgram(() => template("Latest")) },
    "a template, no version": { floats: true, isExplicit: false, prepare: essProgram(() => template()) },
    containers: {
      floats: false,
      isExplicit: true,
      prepare: essProgram(
        () => ({
          args: { desiredConfigurationContainers: [{ name: "web", image: "web:second" }] },
          DesiredConfiguration: { Containers: [{ Name: "web", Image: "web:second" }] },
          different: { Containers: [{ Name: "web", Image: "web:third" }] },
        }),
        true,
      ),
    },
    "no configuration": {
      floats: false,
      isExplicit: false,
      prepare: essProgram(() => ({ args: {}, different: image.different })),
    },
    "triggers only": {
      floats: false,
      isExplicit: false,
      prepare: essProgram(() => ({ args: {}, different: image.different, more: { triggers: ["1"] } })),
    },
  },
};
