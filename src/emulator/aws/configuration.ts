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

/** Part of an image's id that says how many seconds after InService the health of an instance is known. */
const healthMark = /health-(\d+)(?:to(\d+))?/;

// fact: aws-launch-takes
const defaultLaunchSeconds = [30, 60] as const;
// fact: aws-health-takes
const defaultHealthSeconds = [50, 140] as const;

/** Parts of an image's id that make every launch from it fail, and what EC2 says then. */
const failingMarks: Readonly<Record<string, (launch: Launch) => string>> = {
  "no-capacity": ({ name }) =>
    // fact: aws-launch-no-capacity
    `We currently do not have sufficient ${name} capacity in the Availability Zone you requested. Our system will be working on provisioning additional capacity. Launching EC2 instance failed.`,
  "over-quota": () =>
    // fact: aws-launch-over-quota
    "You have requested more instances than your current instance limit allows for the specified instance type. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit. Launching EC2 instance failed.",
  "not-found": ({ imageId }) =>
    // fact: aws-launch-no-image
    `The image id '[${imageId}]' does not exist. Launching EC2 instance failed.`,
  "not-authorized": () =>
    // fact: aws-launch-not-authorized
    "Authentication Failure. Launching EC2 instance failed.",
};

/**
 * Follows a source to what its machines are launched from now: `$Latest` and `$Default` become numbers.
 *
 * @throws AwsError `ValidationError` when something that it names is not there
 */
export function resolveConfiguration(source: LaunchSource, catalog: LaunchCatalog): ResolvedConfiguration {
  const launches = launchesOf(source, catalog);
  const images = launches.map(({ imageId }) => imageId).join(" ");
  return {
    // Skip matching compares template, version, image and instance types, wherever they are written down.
    key: JSON.stringify(
      launches.map(({ template, imageId, name }) => [
        template ? `${template.LaunchTemplateId}:${template.Version}` : source.LaunchConfigurationName,
        imageId,
        name,
      ]),
    ),
    healthy: !images.includes(unhealthyMark) && !launches.some(({ powersOff }) => powersOff),
    launchSeconds: secondsIn(images, slowMark) ?? defaultLaunchSeconds,
    healthSeconds: secondsIn(images, healthMark) ?? defaultHealthSeconds,
    launchFailure: failureOf(launches),
    instanceTypes: launches,
    details: { source: completed(source, catalog), launches },
  };
}

function secondsIn(images: string, mark: RegExp): readonly [number, number] | undefined {
  const [, least, most = least] = mark.exec(images) ?? [];
  return least === undefined ? undefined : [Number(least), Number(most)];
}

function failureOf(launches: readonly Launch[]): string | undefined {
  for (const launch of launches) {
    const mark = Object.keys(failingMarks).find((each) => launch.imageId.includes(each));
    if (mark !== undefined) return failingMarks[mark]?.(launch);
  }
  return undefined;
}

/** What an instance was launched from. */
export function launchOf({ configuration, type }: Instance): Launch | undefined {
  const { launches } = (configuration as ResolvedConfiguration).details;
  // An instance whose root volume was replaced has the type that it had, but another configuration.
  return launches.find((launch) => launch === type) ?? launches.find(({ name }) => name === type.name);
}

/** Of an instance that somebody else has launched: it matches no other, and may be of any image. */
// fact: aws-attached-instances
export function attachedConfiguration(group: ResolvedConfiguration): ResolvedConfiguration {
  const [launch] = group.details.launches;
  const launches = launch ? [{ ...launch, weight: 1, weightedCapacity: undefined, template: undefined }] : [];
  return { ...group, key: "attached", instanceTypes: launches, details: { source: {}, launches } };
}
