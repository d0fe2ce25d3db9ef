import type { World } from "../world";
import type { Members } from "./answers";
import { invalidParameter, missingParameter } from "./errors";
import type { Operation } from "./operation";
import type { Parameters } from "./parameters";
import { essState, findGroup, type ScalingGroup } from "./state";

const resourceType = "scalinggroup";

export function readTags(parameters: Parameters): Map<string, string> {
  const tags = parameters
    .objects("Tags")
    .map((tag) => [tag.requiredText("Key", { most: 128 }), tag.text("Value", { most: 128 }) ?? ""] as const);
  if (tags.length > 20) throw invalidParameter("Tags", "there may be at most 20"); // fact: ess-tags-limits
  return new Map(tags);
}

/** The groups that a request names. Only they have tags here: those of other resources are not modelled. */
function readGroups(parameters: Parameters, world: World): ScalingGroup[] {
  const type = parameters.requiredText("ResourceType");
  if (type !== resourceType) throw invalidParameter("ResourceType", `only ${resourceType} is emulated`); // fact: ess-tags-of-groups
  const ids = parameters.texts("ResourceIds");
  if (ids.length > 50) throw invalidParameter("ResourceIds", "there may be at most 50"); // fact: ess-tags-limits
  return ids.map((id) => findGroup(world, id));
}

function requiredGroups(parameters: Parameters, world: World): ScalingGroup[] {
  const groups = readGroups(parameters, world);
  if (groups.length === 0) throw missingParameter("ResourceIds");
  return groups;
}

/** Without ids, those of every group; with tags, those that have one of the keys and, where it is given, the value. */
function listTags(parameters: Parameters, world: World): Members[] {
  const named = readGroups(parameters, world);
  const filters = [...readTags(parameters)];
  return (named.length > 0 ? named : [...essState(world).groups.values()])
    .flatMap(tagResources)
    .filter(
      ({ TagKey, TagValue }) =>
        filters.length === 0 || filters.some(([key, value]) => key === TagKey && (value === "" || value === TagValue)),
    );
}

function tagResources({ id, tags }: ScalingGroup): Members[] {
  return [...tags].map(([key, value]) => ({
    ResourceType: resourceType,
    ResourceId: id,
    TagKey: key,
    TagValue: value,
  }));
}

export const tagOperations: Readonly<Record<string, Operation>> = {
  TagResources: {
    // fact: ess-region-required
    needsRegion: true,
    run: (parameters, world) => {
      const tags = readTags(parameters);
      if (tags.size === 0) throw missingParameter("Tags");
      for (const group of requiredGroups(parameters, world))
        for (const [key, value] of tags) group.tags.set(key, value);
      return {};
    },
  },

  UntagResources: {
    // fact: ess-region-required
    needsRegion: true,
    run: (parameters, world) => {
      const keys = parameters.texts("TagKeys");
      for (const { tags } of requiredGroups(parameters, world)) {
        const removed = keys.length === 0 && parameters.boolean("All") ? [...tags.keys()] : keys;
        for (const key of removed) tags.delete(key);
      }
      return {};
    },
  },

  /** Of a group; those of other resources are not modelled. */
  ChangeResourceGroup: {
    // fact: ess-region-required
    needsRegion: true,
    run: (parameters, world) => {
      const type = parameters.requiredText("ResourceType").toLowerCase();
      if (type !== resourceType) throw invalidParameter("ResourceType", `only ${resourceType} is emulated`); // fact: ess-tags-of-groups
      const group = findGroup(world, parameters.requiredText("ResourceId"));
      group.settings = { ...group.settings, ResourceGroupId: parameters.requiredText("NewResourceGroupId") };
      return {};
    },
  },

  ListTagResources: {
    // fact: ess-region-required
    needsRegion: true,
    run: (parameters, world) => ({
      TagResources: listTags(parameters, world),
      NextToken: "",
    }),
  },
};
