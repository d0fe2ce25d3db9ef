import { z } from "zod";
import type { World } from "../world";
import { createAutoScalingGroup } from "./groupShapes";
import { makeGroup } from "./makeGroup";
import type { Parameter, Parameters } from "./query";
import { readRequest } from "./readRequest";
import { awsRegion } from "./region";

const versions = z.array(z.record(z.string(), z.json())).default([]);
const parameters = z.record(z.string(), z.json());

/**
 * Makes a group of a groups file, its instances in service: the parameters of CreateAutoScalingGroup, and as
 * `LaunchTemplateVersions` the data of each version of the launch template that it, or its mixed instances policy, names. The
 * template is made where there is none.
 *
 * @throws Error that says what is wrong with it
 */
export function createGroupOfFile(specification: unknown, world: World): void {
  const { LaunchTemplateVersions, ...rest } = parameters.parse(specification);
  const zones = ["a", "b", "c"].map((zone) => world.region + zone);
  const request = readRequest(
    createAutoScalingGroup,
    written(
      { ...(rest.VPCZoneIdentifier === undefined && { AvailabilityZones: zones }), ...rest },
      "member",
    ) as Parameters,
  );
  const region = awsRegion(world);
  const { launchTemplates } = region;
  const mixed = request.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  const name = (request.LaunchTemplate ?? mixed)?.LaunchTemplateName;
  if (name !== undefined && !launchTemplates.all().some((template) => template.name === name)) {
    const [first = {}, ...others] = versions.parse(LaunchTemplateVersions).map((data) => written(data) as Parameters);
    const template = launchTemplates.create(name, undefined, first, []);
    for (const data of others) launchTemplates.addVersion(template, undefined, data);
  }
  makeGroup(request, region, true);
}

/** JSON as the tree that a request is read into: everything is text, and lists are numbered. */
function written(value: z.core.util.JSONType, list?: string): Parameter {
  if (Array.isArray(value)) {
    const numbered = Object.fromEntries(value.map((item, index) => [String(index + 1), written(item, list)]));
    return list === undefined ? numbered : { [list]: numbered };
  }
  if (typeof value !== "object" || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, written(member, list)]));
}
