/** Ids of refreshes: `group/refresh-id`. The name of a group may hold slashes and any word, so no region goes before it. */

const ID = /^(.+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/su;

/** The id of the resource. */
export function idOf(group: string, refreshId: string): string {
  return `${group}/${refreshId}`;
}

/** Group and refresh of an id; undefined when it does not end in the id of a refresh. */
export function parseId(id: string): { group: string; refreshId: string } | undefined {
  const [, group, refreshId] = ID.exec(id) ?? [];
  return group !== undefined && refreshId !== undefined ? { group, refreshId } : undefined;
}
