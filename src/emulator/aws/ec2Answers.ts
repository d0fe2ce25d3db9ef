import { rootArn } from "./accessKeys";
import type { Members } from "./answers";
import { answeredLaunchTemplateData } from "./launchTemplateData";
import type { LaunchTemplate, LaunchTemplateVersion } from "./launchTemplates";
import type { AwsRegion } from "./region";

export function answeredTemplate(template: LaunchTemplate, region: AwsRegion): Members {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    createTime: template.createTime,
    createdBy: rootArn(region.world),
    defaultVersionNumber: template.defaultVersion,
    latestVersionNumber: template.versions.length,
    tagSet: template.tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
  };
}

export function answeredVersion(template: LaunchTemplate, version: LaunchTemplateVersion, region: AwsRegion): Members {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    versionNumber: version.number,
    versionDescription: version.description,
    createTime: version.createTime,
    createdBy: rootArn(region.world),
    defaultVersion: version.number === template.defaultVersion,
    launchTemplateData: answeredLaunchTemplateData(version.data),
  };
}

/** The values that a filter of DescribeLaunchTemplates looks at. */
export function templateFilterValues(template: LaunchTemplate, filter: string): readonly string[] {
  if (filter === "launch-template-name") return [template.name];
  if (filter === "tag-key") return template.tags.map(({ Key }) => Key);
  return template.tags.filter(({ Key }) => filter === `tag:${Key}`).map(({ Value }) => Value);
}

/** The values that a filter of DescribeLaunchTemplateVersions looks at. */
export function versionFilterValues(
  template: LaunchTemplate,
  version: LaunchTemplateVersion,
  filter: string,
): readonly string[] {
  if (filter === "is-default-version") return [String(version.number === template.defaultVersion)];
  const value = { "image-id": version.data.ImageId, "instance-type": version.data.InstanceType }[filter];
  return typeof value === "string" ? [value] : [];
}
