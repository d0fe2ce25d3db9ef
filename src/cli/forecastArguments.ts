/** The arguments of a refresh from the options of a command line, in the names of the resource. */
import { readFileSync } from "node:fs";
import type { CloudName } from "../app/lifecycles";
import { UsageError } from "./exitCodes";

export interface RefreshOptions {
  /** A file of JSON, or `-`: arguments of the resource, over which the other options are laid. */
  readonly arguments?: string;
  readonly min?: number;
  readonly max?: number;
  readonly checkpoints?: readonly number[];
  /** Seconds. */
  readonly pause?: number;
  readonly warmup?: number;
  readonly bake?: number;
  readonly skipMatching?: boolean;
  readonly image?: string;
  readonly scalingConfiguration?: string;
  readonly launchTemplate?: string;
  readonly launchTemplateVersion?: string;
}

type Values = Record<string, unknown>;

export function argumentsFrom(cloud: CloudName, group: string, options: RefreshOptions): Values {
  const given = readArguments(options.arguments);
  return cloud === "ess" ? ofEss(group, given, options) : ofAutoScaling(group, given, options);
}

function ofEss(group: string, given: Values, options: RefreshOptions): Values {
  refuse("Alibaba Cloud ESS", { warmup: options.warmup, bake: options.bake });
  return {
    ...given,
    ...defined({
      scalingGroupId: group,
      minHealthyPercentage: options.min,
      maxHealthyPercentage: options.max,
      skipMatching: options.skipMatching,
      checkpoints: options.checkpoints?.map((percentage) => ({ percentage })),
      checkpointPauseTime: options.pause === undefined ? undefined : options.pause / 60,
      desiredConfigurationImageId: options.image,
      desiredConfigurationScalingConfigurationId: options.scalingConfiguration,
      desiredConfigurationLaunchTemplateId: options.launchTemplate,
      desiredConfigurationLaunchTemplateVersion: options.launchTemplateVersion,
    }),
  };
}

function ofAutoScaling(group: string, given: Values, options: RefreshOptions): Values {
  refuse("AWS", { image: options.image, "scaling-configuration": options.scalingConfiguration });
  const { launchTemplate: template, launchTemplateVersion: version } = options;
  const named = template && /^lt-[0-9a-f]+$/.test(template) ? { id: template } : { name: template };
  const preferences = {
    ...(given.preferences as Values | undefined),
    ...defined({
      minHealthyPercentage: options.min,
      maxHealthyPercentage: options.max,
      checkpointPercentages: options.checkpoints,
      checkpointDelay: options.pause,
      instanceWarmup: options.warmup,
      bakeTime: options.bake,
      skipMatching: options.skipMatching,
    }),
  };
  return {
    ...given,
    autoscalingGroupName: group,
    ...(template ? { desiredConfiguration: { launchTemplate: defined({ ...named, version }) } } : {}),
    ...(Object.keys(preferences).length > 0 ? { preferences } : {}),
  };
}

function refuse(cloud: string, options: Values): void {
  const [wrong] = Object.keys(defined(options));
  if (wrong) throw new UsageError(`--${wrong} is not for groups of ${cloud}.`);
}

function readArguments(file: string | undefined): Values {
  if (file === undefined) return {};
  try {
    return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")) as Values;
  } catch (error) {
    throw new UsageError(`--arguments ${file}: ${(error as Error).message}`);
  }
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
