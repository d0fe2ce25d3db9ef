/** The options of the command line in the names of the resource. */
import { type Arguments, OptionError, type RefreshOptions } from "../../core/cloud";

/** @throws OptionError when an option is not for this cloud */
export function argumentsOf(group: string, args: Arguments, options: RefreshOptions): Arguments {
  if (options.image !== undefined) throw new OptionError("--image is not for groups of AWS.");
  if (options.scalingConfiguration !== undefined)
    throw new OptionError("--scaling-configuration is not for groups of AWS.");
  const { launchTemplate: template, launchTemplateVersion: version } = options;
  const named = template && /^lt-[0-9a-f]+$/.test(template) ? { id: template } : { name: template };
  const preferences = {
    ...(args.preferences as Arguments | undefined),
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
    ...args,
    autoscalingGroupName: group,
    ...(template ? { desiredConfiguration: { launchTemplate: defined({ ...named, version }) } } : {}),
    ...(Object.keys(preferences).length > 0 ? { preferences } : {}),
  };
}

function defined(values: Arguments): Arguments {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
