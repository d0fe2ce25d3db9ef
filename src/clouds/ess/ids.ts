/** Ids of refreshes: `ir-…`, with the group or the region before it where somebody wrote them there. */

const ID = /^(?:([a-z][a-z0-9-]+)\/)?(?:asg-[^:/]+:)?(ir-[^:/]+)$/;

/** Reads any accepted form; undefined when it is none. */
export function parseId(id: string): { id: string; region?: string } | undefined {
  const [, region, task] = ID.exec(id) ?? [];
  return task ? { id: task, ...(region ? { region } : {}) } : undefined;
}
