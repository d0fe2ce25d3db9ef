import type { Members } from "./answers";
import { validationError } from "./errors";
import { findGroup } from "./findGroup";
import { answeredTags } from "./groupAnswers";
import { changeTags, describeTags, type Filter, type Tag } from "./groupShapes";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import type { AutoScalingGroup, AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

/** The operations on the tags of groups, by name. */
export const tagOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  CreateOrUpdateTags: operation(changeTags, (request, region: AwsRegion) => {
    for (const tag of request.Tags) groupOf(tag, region).tags.set(tag.Key, tag);
    return undefined;
  }),

  DeleteTags: operation(changeTags, (request, region: AwsRegion) => {
    for (const tag of request.Tags) groupOf(tag, region).tags.delete(tag.Key);
    return undefined;
  }),

  DescribeTags: operation(describeTags, (request, region: AwsRegion) => {
    const filters = request.Filters ?? [];
    const found = [...region.groups.values()]
      .flatMap(answeredTags)
      .filter((tag) => filters.every(({ Name, Values = [] }) => Values.includes(filteredValue(tag, Name))));
    const key = (tag: Members) => JSON.stringify([tag.ResourceId, tag.Key]);
    const { items, nextToken } = page(found, key, pageSize(request.MaxRecords, 50, 100), request.NextToken);
    return { Tags: items, NextToken: nextToken };
  }),
};

/** Whether a group passes the filters of DescribeAutoScalingGroups. */
export function passes(group: AutoScalingGroup, filters: readonly Filter[]): boolean {
  const tags = [...group.tags.values()];
  return filters.every(({ Name, Values = [] }) => {
    if (Name === "tag-key") return tags.some(({ Key }) => Values.includes(Key));
    if (Name === "tag-value") return tags.some(({ Value }) => Values.includes(Value ?? ""));
    if (Name.startsWith("tag:"))
      return tags.some(({ Key, Value }) => Name === `tag:${Key}` && Values.includes(Value ?? ""));
    // fact: aws-filter-unknown
    throw validationError(
      `Filter type ${Name} is not correct. Allowed filter types are: tag-key, tag-value, tag:<key>`,
    );
  });
}

function filteredValue(tag: Members, filter: string): string {
  const member = {
    "auto-scaling-group": "ResourceId",
    key: "Key",
    value: "Value",
    "propagate-at-launch": "PropagateAtLaunch",
  }[filter];
  // fact: aws-filter-unknown
  if (!member) throw validationError(`Filter type ${filter} is not correct.`);
  return String(tag[member]);
}

function groupOf(
  { ResourceId: name, ResourceType: type = "auto-scaling-group" }: Tag,
  region: AwsRegion,
): AutoScalingGroup {
  // fact: aws-tags
  if (name === undefined || type !== "auto-scaling-group")
    throw validationError("A tag needs a ResourceId and the ResourceType auto-scaling-group.");
  return findGroup(region, name);
}
