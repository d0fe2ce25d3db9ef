/** What kind of change one property has, in the protocol's words. */
import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";

const { Kind } = PropertyDiff;

export function propertyDiff(old: unknown, asked: unknown, replaces: boolean): PropertyDiff {
  // No program asks for the status of a refresh that is followed again, or still to be started: only the output changes.
  if (old === undefined && asked === undefined)
    return new PropertyDiff().setKind(replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE);
  const diff = new PropertyDiff().setInputdiff(true);
  if (old === undefined) return diff.setKind(replaces ? Kind.ADD_REPLACE : Kind.ADD);
  if (asked === undefined) return diff.setKind(replaces ? Kind.DELETE_REPLACE : Kind.DELETE);
  return diff.setKind(replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE);
}
