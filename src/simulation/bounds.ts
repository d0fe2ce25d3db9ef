import type { Configuration, Group, Preferences } from "./model";

export interface Bounds {
  /** Units that stay ready while instances are replaced: rounded up. */
  readonly least: number;
  /** Units that may be in service and pending together: rounded down. */
  readonly most: number;
  /** Replacements are launched when their predecessors are terminated, even where that breaks the minimum. */
  readonly terminatesFirst: boolean;
}

/**
 * How far capacity may go from what is desired. The AWS pages disagree on 100 percent at least with no maximum given:
 * the API's reference, the newest of them, is followed, by which a maximum left out terminates and launches at once.
 */
export function bounds(group: Group, preferences: Preferences, target: Configuration): Bounds {
  const desired = group.desiredCapacity;
  const minimum = preferences.minHealthyPercentage ?? group.rules.minHealthyPercentage;
  const maximum = preferences.maxHealthyPercentage ?? group.rules.maxHealthyPercentage;
  const allAtOnce = group.rules.replacesAllWhenWeightIsLarge && heaviest(target) > 1 && heaviest(target) >= desired;
  return {
    least: allAtOnce ? 0 : Math.ceil(portion(desired, minimum)),
    most: Math.floor(portion(desired, maximum ?? 100)),
    terminatesFirst: maximum === undefined,
  };
}

export function heaviest(configuration: Configuration): number {
  return Math.max(...configuration.instanceTypes.map((type) => type.weight));
}

/** Multiplied first: 1.1 times 100 is more than 110 in binary fractions. */
export function portion(whole: number, percentage: number): number {
  return (whole * percentage) / 100;
}
