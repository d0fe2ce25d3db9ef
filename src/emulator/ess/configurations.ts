import type { Configuration, InstanceType } from "../../simulation/model";
import type { Container, EssState, ScalingConfiguration, Source } from "./state";

// fact: ess-launch-seconds
const defaultLaunchSeconds = [20, 40] as const;
const templateInstanceType: InstanceType = {
  name: "ecs.g7.large", // fact: ess-template-type
  weight: 1, // fact: ess-template-type
};

export function sourceFrom(configuration: ScalingConfiguration): Source {
  return {
    scalingConfigurationId: configuration.id,
    imageId: configuration.imageId,
    containers: configuration.containers,
    matching: configuration.matching,
  };
}

/** What a refresh to an image or to containers makes of a configuration, for skip matching to compare. */
export function matchingOf(imageId: string | undefined, containers: readonly Container[]): string {
  return JSON.stringify([imageId, containers]);
}

/**
 * What the model launches from. Its key is what skip matching compares: the id of the scaling configuration, with what a
 * refresh made of it.
 */
export function configurationFrom(state: EssState, source: Source): Configuration {
  if ("launchTemplateId" in source) {
    const { launchTemplateId, launchTemplateVersion, overrides } = source;
    const types = overrides.map(({ instanceType, weight }) => ({
      name: instanceType ?? templateInstanceType.name,
      weight,
    }));
    return {
      key: JSON.stringify([launchTemplateId, launchTemplateVersion, types]),
      ...behaviour([launchTemplateId]),
      instanceTypes: types.length > 0 ? types : [templateInstanceType],
      details: source,
    };
  }
  const configuration = state.configurations.get(source.scalingConfigurationId);
  const images = [source.imageId ?? "", ...source.containers.map(({ image = "" }) => image)];
  return {
    key: JSON.stringify([source.scalingConfigurationId, source.matching]),
    ...behaviour([...images, configuration?.name ?? ""]),
    instanceTypes: configuration?.instanceTypes ?? [templateInstanceType],
    details: source,
  };
}

/**
 * The convention by which instances misbehave: `unhealthy` in the id of an image or a launch template, or in the name of
 * a scaling configuration; `slow-N` there makes a launch take N seconds, `slow-NtoM` between N and M.
 */
function behaviour(names: readonly string[]): Pick<Configuration, "healthy" | "launchSeconds"> {
  const text = names.join(" ");
  const [, least, most = least] = /slow-(\d+)(?:to(\d+))?/.exec(text) ?? [];
  return {
    healthy: !text.includes("unhealthy"),
    launchSeconds: least ? [Number(least), Number(most)] : defaultLaunchSeconds,
  };
}
