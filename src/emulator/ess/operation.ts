import type { World } from "../world";
import type { Members } from "./answers";
import type { Parameters } from "./parameters";

/** What an operation does: throws an EssError to refuse. */
export interface Operation {
  /** Whether RegionId must be given. */
  readonly needsRegion: boolean;
  run(parameters: Parameters, world: World): Members;
}

/** Times to the second, or to the minute where the vendor gives no more. */
export function seconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export function minutes(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}

/** Pages by number, as the older list operations do. */
export function page<T>(
  parameters: Parameters,
  items: readonly T[],
  most = 100,
): { readonly items: readonly T[]; readonly paging: Members } {
  const number = parameters.integer("PageNumber", 1, Number.MAX_SAFE_INTEGER) ?? 1;
  const size = parameters.integer("PageSize", 1, most) ?? 10;
  return {
    items: items.slice((number - 1) * size, number * size),
    paging: { TotalCount: items.length, PageNumber: number, PageSize: size },
  };
}
