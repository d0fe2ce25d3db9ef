/** What a group is attached to: taken and described. Nothing here sends anything to a load balancer or a database. */
import type { Member, Members } from "./answers";
import { attachmentShape } from "./groupShape";
import type { Operation } from "./operation";
import type { Parameters } from "./parameters";
import { readSettings } from "./settings";
import { findGroup, newId, type ScalingGroup } from "./state";

type Change = (group: ScalingGroup, parameters: Parameters) => void;

function changing(change: Change, answers: "activity" | "nothing" = "activity"): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      change(findGroup(world, parameters.requiredText("ScalingGroupId")), parameters);
      return answers === "activity" ? { ScalingActivityId: newId(world, "asa") } : {};
    },
  };
}

type ListName = "AlbServerGroups" | "ServerGroups" | "VServerGroups";

/** Elements are the same when these members are. */
const identities: Readonly<Record<ListName, readonly string[]>> = {
  AlbServerGroups: ["AlbServerGroupId", "Port"],
  ServerGroups: ["ServerGroupId", "Port"],
  VServerGroups: ["LoadBalancerId"],
};

function listOf(group: ScalingGroup, name: ListName): readonly Members[] {
  return (group.settings[name] as readonly Members[] | undefined) ?? [];
}

function listChange(name: ListName, isAttached: boolean): Change {
  return (group, parameters) => {
    const shape = attachmentShape[name];
    const given = (shape ? readSettings(parameters, { [name]: shape })[name] : undefined) as
      | readonly Members[]
      | undefined;
    const identity = (each: Members) => JSON.stringify(identities[name].map((member): Member => each[member]));
    const changed = new Set((given ?? []).map(identity));
    const others = listOf(group, name).filter((each) => !changed.has(identity(each)));
    group.settings = { ...group.settings, [name]: isAttached ? [...others, ...(given ?? [])] : others };
  };
}

function idChange(field: "loadBalancerIds" | "dbInstanceIds", name: string, isAttached: boolean): Change {
  return (group, parameters) => {
    const given = parameters.texts(name);
    const others = group[field].filter((id) => !given.includes(id));
    group[field] = isAttached ? [...others, ...given] : others;
  };
}

/** The processes that a user may suspend. */
function suspending(isSuspended: boolean): Change {
  return (group, parameters) => {
    for (const process of parameters.texts("Processes")) {
      if (isSuspended) group.suspendedProcesses.add(process);
      else group.suspendedProcesses.delete(process);
    }
  };
}

export const attachmentOperations: Readonly<Record<string, Operation>> = {
  AttachAlbServerGroups: changing(listChange("AlbServerGroups", true)),
  DetachAlbServerGroups: changing(listChange("AlbServerGroups", false)),
  AttachServerGroups: changing(listChange("ServerGroups", true)),
  DetachServerGroups: changing(listChange("ServerGroups", false)),
  AttachVServerGroups: changing(listChange("VServerGroups", true), "nothing"),
  DetachVServerGroups: changing(listChange("VServerGroups", false), "nothing"),
  AttachLoadBalancers: changing(idChange("loadBalancerIds", "LoadBalancers", true)),
  DetachLoadBalancers: changing(idChange("loadBalancerIds", "LoadBalancers", false)),
  AttachDBInstances: changing(idChange("dbInstanceIds", "DBInstances", true), "nothing"),
  DetachDBInstances: changing(idChange("dbInstanceIds", "DBInstances", false), "nothing"),
  SuspendProcesses: changing(suspending(true), "nothing"),
  ResumeProcesses: changing(suspending(false), "nothing"),
  SetGroupDeletionProtection: changing((group, parameters) => {
    group.settings = {
      ...group.settings,
      GroupDeletionProtection: parameters.boolean("GroupDeletionProtection") ?? false,
    };
  }, "nothing"),
};
