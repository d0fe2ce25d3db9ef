/** What a cloud accepts, asked twice: of this package's check, and of the emulator, which shares none of its code. */
import fc from "fast-check";
import { z } from "zod";
import { requestArguments as awsArguments } from "../../src/clouds/autoscaling/arguments";
import { requestArguments as essArguments } from "../../src/clouds/ess/arguments";
import type { CloudApi, CloudModule } from "../../src/core/cloud";
import { CloudError } from "../../src/core/cloud";
import { checkArguments } from "../../src/core/definition/arguments";
import { createEmulator, type Emulator } from "../../src/emulator";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import type { CloudName } from "../provider/pluginProtocol";
import { arbitraryOf, type Named } from "./arbitraries";
import type { Properties } from "./host";

const HOUR_MS = 3_600_000;

/** What the two said of many arguments. */
export interface Differential {
  generated: number;
  /** Accepted by check, and so sent to the emulator. */
  accepted: number;
  /** Accepted by check and refused by the emulator: by the refusal, arguments of an example. */
  disagreements: Map<string, Properties>;
  /** What check answered that it must not: an exception, or a fault without a path. */
  broken: Map<string, Properties>;
}

export const ESS = {
  region: "cn-hangzhou",
  group: "asg-web",
  containers: "asg-containers",
  configuration: "asc-web",
};
export const AWS = { region: "eu-west-1", group: "web", template: "web-template" };

export const ALARMS = ["cpu", "errors", "ü"];

const CONFIGURATIONS = ["ImageId", "ScalingConfigurationId", "LaunchTemplateId", "Containers"];

/** Puts many arguments to both, the same ones for the same seed. */
export async function runDifferential(cloud: CloudName, generated: number, seed: number): Promise<Differential> {
  const differential: Differential = { generated, accepted: 0, disagreements: new Map(), broken: new Map() };
  let groups = await EmulatedGroups.create(cloud);
  try {
    for (const inputs of fc.sample(drawnArguments(cloud), { numRuns: generated, seed })) {
      const { definition } = groups.cloud.cloud;
      if (!isAccepted(definition, inputs, differential)) continue;
      differential.accepted++;
      const { args } = checkArguments<Properties>(definition, inputs);
      const refusal = await groups.refusal(args);
      if (refusal !== undefined) differential.disagreements.set(refusal, args);
      if (!groups.changed) continue;
      await groups.emulator.close();
      groups = await EmulatedGroups.create(cloud);
    }
    return differential;
  } finally {
    await groups.emulator.close();
  }
}

/** The emulator with its groups as they were made: what one refresh has left there must not decide about the next. */
class EmulatedGroups {
  changed = false;
  #requests = 0;

  private constructor(
    readonly emulator: Emulator,
    readonly cloud: TestCloud,
    readonly api: CloudApi,
  ) {}

  static async create(name: CloudName): Promise<EmulatedGroups> {
    const emulator = await createEmulator({
      speed: 0,
      seed: "differential",
      groups: name === "ess" ? essGroups() : awsGroups(),
    });
    const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
    return new EmulatedGroups(emulator, cloud, await cloud.cloud.connect(cloud.settings));
  }

  /** Starts a refresh, and ends it again; why it was refused, without what changes from case to case. */
  async refusal(args: Properties): Promise<string | undefined> {
    try {
      const id = await this.api.start(args, `token-${this.#requests++}`);
      if (id !== undefined) await this.#end(String(args[this.cloud.cloud.groupArgument]), id);
      return undefined;
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      return error.message.replace(/, request [^)]*/, "").replace(/\d+/g, "N");
    }
  }

  async #end(group: string, id: string): Promise<void> {
    const { groups } = this.emulator.world(this.cloud.settings.region as string);
    // One that had nothing to replace is successful at once, and its configuration is the group's from now on.
    this.changed = groups.get(`${this.cloud.service}/${group}`)?.refreshes.at(-1)?.endTime !== undefined;
    if (this.changed) return;
    await this.cloud.cancelElsewhere(group, id);
    this.emulator.clock.advance(HOUR_MS);
  }
}

/** Whether check accepts them. Whatever is thrown at it, it answers, and each fault says where it is. */
function isAccepted(definition: CloudModule["definition"], inputs: Properties, differential: Differential): boolean {
  try {
    const { failures } = checkArguments(definition, inputs);
    const bad = failures.find(({ property, reason }) => !reason.startsWith(`\`${property}\``));
    if (bad) differential.broken.set(`a fault without its path: ${bad.reason}`, inputs);
    return failures.length === 0;
  } catch (error) {
    differential.broken.set(`an exception: ${(error as Error).message}`, inputs);
    return false;
  }
}

/** Arguments of a request, many of which a service would take. */
export function drawnArguments(cloud: CloudName): fc.Arbitrary<Properties> {
  const [shape, named, likely] =
    cloud === "ess" ? [essArguments, essNamed, likelyEss] : [awsArguments, awsNamed, likelyAws];
  // Among many values one that is wrong is likely: every other time none is.
  const [right, wrong] = [0, 2].map((share) => arbitraryOf(z.strictObject(shape), { named, wrong: share }));
  const anything = fc.dictionary(fc.string(), fc.jsonValue());
  const drawn = fc
    .oneof(
      { weight: 10, arbitrary: right as fc.Arbitrary<unknown> },
      { weight: 10, arbitrary: wrong as fc.Arbitrary<unknown> },
      { weight: 1, arbitrary: anything },
    )
    .filter(isRecord);
  return fc.tuple(drawn, fc.nat()).map(([inputs, chance]) => (chance % 10 === 0 ? inputs : likely(inputs, chance)));
}

function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Nearly everything that is drawn at random breaks a rule between arguments, and would be refused for that alone.

function likelyEss(inputs: Properties, chance: number): Properties {
  const choice = CONFIGURATIONS[chance % CONFIGURATIONS.length] as string;
  const chosen = Object.entries(inputs).filter(([name]) => {
    const kind = name.replace(/^desiredConfiguration/, "");
    return kind === name || kind === choice || (choice === "LaunchTemplateId" && kind.startsWith("LaunchTemplate"));
  });
  return { ...Object.fromEntries(chosen), ...(choice === "Containers" ? { scalingGroupId: ESS.containers } : {}) };
}

function likelyAws(inputs: Properties, chance: number): Properties {
  const { desiredConfiguration, preferences, ...others } = inputs;
  if (isRecord(desiredConfiguration)) {
    const { launchTemplate, mixedInstancesPolicy } = desiredConfiguration;
    const isMixed = chance % 3 > 0 && mixedInstancesPolicy !== undefined;
    others.desiredConfiguration = isMixed ? { mixedInstancesPolicy } : { launchTemplate };
  }
  if (isRecord(preferences)) {
    const { checkpointDelay, maxHealthyPercentage, ...rest } = preferences;
    others.preferences = {
      ...rest,
      ...(rest.checkpointPercentages === undefined ? {} : { checkpointDelay }),
      ...(rest.minHealthyPercentage === undefined ? {} : { maxHealthyPercentage }),
    };
  }
  return others;
}

const essNamed: Named = {
  scalingGroupId: fc.constant(ESS.group),
  desiredConfigurationScalingConfigurationId: fc.constant(ESS.configuration),
  // One of the shapes in which the service takes any: ascending percentages that end at 100.
  checkpoints: fc
    .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 5 }), fc.integer({ min: 0, max: 9 }))
    .map(([found, chance]) => {
      const ascending = [...found].sort((a, b) => a - b);
      if (chance > 0 && ascending.at(-1) !== 100) ascending.push(100);
      return ascending.map((percentage) => ({ percentage }));
    }),
};

const price = fc.oneof(fc.constantFrom("", "0.001", "1", ".5", "12.25", "0", "1e3", "-1", "0.0001", "1."), fc.string());
const seconds = fc.oneof(
  fc.integer({ min: -1, max: 172_801 }),
  fc.constantFrom(0, 172_800, "0", "172800", "172801", "007", "", " 1", "1.5"),
);
const version = fc.constantFrom(1, 2, "1", "2", "$Latest", "$Default");
const awsNamed: Named = {
  autoscalingGroupName: fc.constant(AWS.group),
  // Templates have to exist, and so do their versions.
  "desiredConfiguration.launchTemplate": fc.oneof(
    fc.record({ name: fc.constant(AWS.template), version }, { requiredKeys: ["name"] }),
    fc.constantFrom({}, { version: "1" }, { id: "lt-1", name: AWS.template }),
  ),
  launchTemplateSpecification: fc.record(
    { launchTemplateName: fc.constant(AWS.template), version },
    { requiredKeys: ["launchTemplateName"] },
  ),
  spotMaxPrice: price,
  checkpointDelay: seconds,
  bakeTime: seconds,
  instanceWarmup: seconds,
  checkpointPercentages: fc
    .uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 5 })
    .map((found) => [...found].sort((a, b) => a - b)),
  alarms: fc.array(fc.constantFrom(...ALARMS), { maxLength: 12 }),
};

function essGroups() {
  const common = { service: "ess", region: ESS.region, DesiredCapacity: 1, MultiAZPolicy: "PRIORITY" } as const;
  return [
    {
      ...common,
      ScalingGroupId: ESS.group,
      ScalingConfiguration: {
        ScalingConfigurationId: ESS.configuration,
        ImageId: "m-0",
        InstanceType: "ecs.g7.large",
      },
    },
    {
      ...common,
      ScalingGroupId: ESS.containers,
      GroupType: "ECI",
      ScalingConfiguration: { Containers: [{ Name: "web", Image: "nginx:1" }] },
    },
  ];
}

function awsGroups() {
  return [
    {
      service: "autoscaling",
      region: AWS.region,
      AutoScalingGroupName: AWS.group,
      MinSize: 0,
      MaxSize: 3,
      DesiredCapacity: 1,
      LaunchTemplate: { LaunchTemplateName: AWS.template, Version: "1" },
      LaunchTemplateVersions: [{ ImageId: "ami-1" }, { ImageId: "ami-2" }],
    },
  ] as const;
}
