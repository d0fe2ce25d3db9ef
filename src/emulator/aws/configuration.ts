import type { Configuration, Instance } from "../../simulation/model";
import { type Launch, launchesOf } from "./launch";
import { completed, type LaunchCatalog, type LaunchSource } from "./launchSource";

/** A configuration of the model, and what it was made from. */
export interface ResolvedConfiguration extends Configuration {
  readonly details: { readonly source: LaunchSource; readonly launches: readonly Launch[] };
}

/** Part of an image's id that makes every instance launched from it fail its health checks. */
const unhealthyMark = "unhealthy";

/** Part of an image's id that says how many seconds a launch takes, at least and at most. */
const slowMark = /slow-(\d+)(?:to(\d+))?/;

/** Not documented: long enough to be seen. */
const defaultLaunchSeconds = [30, 60] as const;

/**
 * Follows a source to what its machines are launched from now: `$Latest` and `$Default` become numbers.
 *
 * @throws AwsError `ValidationError` when something that it names is not there
 */
export function resolveConfiguration(source: LaunchSource, catalog: LaunchCatalog): ResolvedConfiguration {
  const launches = launchesOf(source, catalog);
  const images = launches.map(({ imageId }) => imageId).join(" ");
  const [, least, most = least] = slowMark.exec(images) ?? [];
  return {
    // Skip matching compares template, version, image and instance types, wherever they are written down.
    key: JSON.stringify(
      launches.map(({ template, imageId, name }) => [
        template ? `${template.LaunchTemplateId}:${template.Version}` : source.LaunchConfigurationName,
        imageId,
        name,
      ]),
    ),
    healthy: !images.includes(unhealthyMark),
    launchSeconds: least ? [Number(least), Number(most)] : defaultLaunchSeconds,
    instanceTypes: launches,
    details: { source: completed(source, catalog), launches },
  };
}

/** What an instance was launched from. */
export function launchOf({ configuration, type }: Instance): Launch | undefined {
  const { launches } = (configuration as ResolvedConfiguration).details;
  // An instance whose root volume was replaced has the type that it had, but another configuration.
  return launches.find((launch) => launch === type) ?? launches.find(({ name }) => name === type.name);
}
