import type { Members } from "./answers";
import { answeredTemplate, answeredVersion, templateFilterValues, versionFilterValues } from "./ec2Answers";
import * as shapes from "./ec2Shapes";
import { followTemplates } from "./followTemplates";
import type { LaunchTemplateReference } from "./launchTemplates";
import { type Operation, operationsReadBy } from "./operation";
import { page } from "./paging";
import { missingParameter, readEc2Request } from "./readEc2Request";
import type { AwsRegion } from "./region";

const operation = operationsReadBy(readEc2Request);

/** The operations around launch templates, by name. */
export const ec2Operations: Readonly<Record<string, Operation<AwsRegion>>> = {
  CreateLaunchTemplate: operation(shapes.createLaunchTemplate, (request, region: AwsRegion) =>
    once(region, request.ClientToken, () => {
      const own = request.TagSpecification?.filter(({ ResourceType }) => ResourceType === "launch-template") ?? [];
      return {
        launchTemplate: answeredTemplate(
          region.launchTemplates.create(
            request.LaunchTemplateName,
            request.VersionDescription,
            request.LaunchTemplateData,
            own.flatMap(({ Tag }) => Tag ?? []),
          ),
          region,
        ),
      };
    }),
  ),

  CreateLaunchTemplateVersion: operation(shapes.createLaunchTemplateVersion, (request, region: AwsRegion) =>
    once(region, request.ClientToken, () => {
      const template = region.launchTemplates.find(named(request));
      const source = request.SourceVersion && region.launchTemplates.version(template, request.SourceVersion).data;
      const made = region.launchTemplates.addVersion(template, request.VersionDescription, {
        ...(source || {}),
        ...request.LaunchTemplateData,
      });
      followAll(region);
      return { launchTemplateVersion: answeredVersion(template, made, region) };
    }),
  ),

  ModifyLaunchTemplate: operation(shapes.modifyLaunchTemplate, (request, region: AwsRegion) => {
    const template = region.launchTemplates.find(named(request));
    if (request.SetDefaultVersion !== undefined)
      template.defaultVersion = region.launchTemplates.version(template, request.SetDefaultVersion).number;
    followAll(region);
    return { launchTemplate: answeredTemplate(template, region) };
  }),

  DeleteLaunchTemplate: operation(shapes.deleteLaunchTemplate, (request, region: AwsRegion) => {
    const template = region.launchTemplates.find(named(request));
    region.launchTemplates.delete(template);
    return { launchTemplate: answeredTemplate(template, region) };
  }),

  DescribeLaunchTemplates: operation(shapes.describeLaunchTemplates, (request, region: AwsRegion) => {
    const { launchTemplates } = region;
    const asked = [
      ...(request.LaunchTemplateId ?? []).map((LaunchTemplateId) => launchTemplates.find({ LaunchTemplateId })),
      ...(request.LaunchTemplateName ?? []).map((LaunchTemplateName) => launchTemplates.find({ LaunchTemplateName })),
    ];
    const all = request.LaunchTemplateId || request.LaunchTemplateName ? asked : launchTemplates.all();
    const found = all.filter((template) => passes(request.Filter, (filter) => templateFilterValues(template, filter)));
    const { items, nextToken } = page(found, ({ id }) => id, request.MaxResults ?? 200, request.NextToken);
    return { launchTemplates: items.map((template) => answeredTemplate(template, region)), nextToken };
  }),

  DescribeLaunchTemplateVersions: operation(shapes.describeLaunchTemplateVersions, (request, region: AwsRegion) => {
    const { launchTemplates } = region;
    const single = request.LaunchTemplateId !== undefined || request.LaunchTemplateName !== undefined;
    const { LaunchTemplateVersion: wanted } = request;
    // fact: aws-template-named
    if (!single && !wanted?.every((version) => version === "$Latest" || version === "$Default"))
      throw missingParameter("LaunchTemplateId or LaunchTemplateName");
    const found = (single ? [launchTemplates.find(named(request))] : launchTemplates.all())
      .flatMap((template) =>
        (wanted
          ? wanted.map((version) => launchTemplates.version(template, version))
          : template.versions.toReversed()
        ).map((version) => ({ template, version })),
      )
      .filter(
        ({ version: { number } }) => number >= (request.MinVersion ?? 1) && number <= (request.MaxVersion ?? number),
      )
      .filter(({ template, version }) =>
        passes(request.Filter, (filter) => versionFilterValues(template, version, filter)),
      );
    const key = ({ template, version }: (typeof found)[number]) => `${template.id}:${version.number}`;
    const { items, nextToken } = page(found, key, request.MaxResults ?? 200, request.NextToken);
    return {
      launchTemplateVersionSet: items.map(({ template, version }) => answeredVersion(template, version, region)),
      nextToken,
    };
  }),
};

function once(region: AwsRegion, clientToken: string | undefined, make: () => Members): Members {
  const before = clientToken === undefined ? undefined : region.answeredTokens.get(clientToken);
  if (before) return before;
  const made = make();
  if (clientToken !== undefined) region.answeredTokens.set(clientToken, made);
  return made;
}

function named(request: LaunchTemplateReference): LaunchTemplateReference {
  // fact: aws-template-named
  if (request.LaunchTemplateId === undefined && request.LaunchTemplateName === undefined)
    throw missingParameter("LaunchTemplateId or LaunchTemplateName");
  return request;
}

function passes(asked: readonly shapes.Filter[] | undefined, values: (filter: string) => readonly string[]): boolean {
  return (asked ?? []).every(({ Name, Value }) => values(Name).some((value) => Value.includes(value)));
}

function followAll(region: AwsRegion): void {
  for (const group of region.groups.values()) followTemplates(region, group);
}
