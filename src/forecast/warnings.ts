/** What is legal to ask for, and not what was meant. */

import { durationText } from "../core/durations";
import type { GroupSnapshot, Limits, PlannedRefresh } from "../core/snapshot";
import type { LeftAlone } from "./leftAlone";
import type { Pause } from "./pauses";
import type { SimulatedRefresh } from "./simulate";
import { unitsInService } from "./unitsInService";

export interface Warning {
  readonly name: string;
  /** What will happen, and what to do about it. */
  readonly text: string;
}

export interface Seen {
  readonly snapshot: GroupSnapshot;
  readonly refresh: PlannedRefresh;
  readonly limits: Limits;
  readonly usual: SimulatedRefresh;
  readonly forecast: Outlook;
}

/** What of a forecast is known before its warnings, as far as they read it. */
interface Outlook {
  readonly outcome: "Successful" | "Failed" | "NothingToReplace";
  readonly leftAlone: LeftAlone;
  readonly lowestReady: number;
  readonly highestTotal: number;
  readonly duration: { readonly least: number; readonly most: number; readonly refreshes: number };
  readonly pauses: readonly Pause[];
}

interface Row {
  readonly name: string;
  /** Undefined when there is nothing to warn of. */
  text(seen: Seen): string | undefined;
}

export function warningsOf(seen: Seen): Warning[] {
  return rows.flatMap(({ name, text }) => {
    const said = text(seen);
    return said === undefined ? [] : { name, text: said };
  });
}

const rows: readonly Row[] = [
  {
    name: "weights replace everything at once",
    text({ snapshot, usual }) {
      if (!replacesAll(snapshot) || usual.total === 0) return undefined;
      return `an instance may weigh ${Math.max(...snapshot.newWeights)} and the desired capacity is ${snapshot.desiredCapacity}: every instance may be replaced at once. Desire a capacity above the largest weight.`;
    },
  },
  {
    name: "nothing ready",
    text({ snapshot, refresh, forecast }) {
      if (forecast.lowestReady > 0 || snapshot.desiredCapacity === 0 || replacesAll(snapshot)) return undefined;
      if (launchesNothing(refresh) && snapshot.desiredCapacity === 1)
        return "the only instance is out of service while its root volume is replaced, and no other is launched.";
      return snapshot.desiredCapacity === 1
        ? "the only instance is taken out of service before its replacement is ready. Let the group grow meanwhile: a minimum of 100 and a maximum of 200 percent."
        : isFilling(snapshot)
          ? fillingText(snapshot)
          : Math.max(...snapshot.newWeights, ...snapshot.instances.map(({ weight }) => weight)) > 1
            ? "at some time no instance is ready, because one instance weighs so much of the capacity. Allow the group to grow: set a maximum healthy percentage."
            : "at some time no instance is ready. Raise the minimum healthy percentage.";
    },
  },
  {
    name: "all up to date",
    text({ snapshot, usual }) {
      const { instances } = snapshot;
      if (usual.total === 0 || instances.length === 0 || instances.some(({ matches }) => matches !== true))
        return undefined;
      if (instances.length === 1)
        return "The only instance runs this configuration already, and is replaced. Set skip matching to leave it alone.";
      return `${instances.length} of ${instances.length} instances run this configuration already, and all are replaced. Set skip matching to leave them alone.`;
    },
  },
  {
    name: "minimum cannot be kept",
    text({ refresh, usual, forecast }) {
      const { least, most } = usual.bounds;
      if (forecast.lowestReady === 0 || forecast.lowestReady >= least) return undefined;
      if (launchesNothing(refresh))
        return `at least ${least} should stay ready, but an instance is out of service while its root volume is replaced, and no other is launched: capacity falls to ${forecast.lowestReady}.`;
      return `at least ${least} should stay ready, but there is no room above ${most} to launch first: capacity falls to ${forecast.lowestReady}. Set a maximum healthy percentage above 100.`;
    },
  },
  {
    name: "pages disagree",
    text({ refresh: { preferences }, usual }) {
      const isUnclear = usual.bounds.terminatesFirst && preferences.minHealthyPercentage === 100;
      if (usual.total === 0 || !isUnclear) return undefined;
      return "the vendor's pages disagree on a minimum of 100 percent without a maximum: the reference has an instance terminated first, as forecast here, the overview has its replacement launched first, so that capacity grows by one. Set a maximum healthy percentage to be sure.";
    },
  },
  {
    name: "no room above",
    text({ snapshot, usual, forecast }) {
      const { most } = usual.bounds;
      if (snapshot.desiredCapacity !== 1 || forecast.highestTotal <= most || forecast.lowestReady === 0)
        return undefined;
      return `the only instance must stay, and a maximum of ${most} leaves no room for another: the group has to grow to ${forecast.highestTotal} all the same, or the refresh cannot go on. Set a maximum healthy percentage of 200.`;
    },
  },
  {
    name: "checkpoints skipped",
    text({ snapshot, refresh, forecast }) {
      const skipped = skippedCheckpoints(snapshot, refresh, forecast);
      if (skipped.length === 0) return undefined;
      const [verb, noun] = skipped.length === 1 ? ["is", "checkpoint"] : ["are", "checkpoints"];
      return `the ${noun} of ${skipped.join(" and ")} percent ${verb} skipped: the group is so small that one instance is more than the step to the next.`;
    },
  },
  {
    name: "replaces a part only",
    text({ refresh: { preferences }, usual }) {
      const last = preferences.checkpoints?.at(-1);
      if (last === undefined || last === 100 || usual.status !== "Successful") return undefined;
      return `the last checkpoint is ${last} percent: what is left then stays as it is.`;
    },
  },
  {
    name: "blocked",
    text({ snapshot, forecast: { leftAlone, outcome } }) {
      if (leftAlone.waitedFor === 0 || outcome !== "Failed") return undefined;
      const rules = snapshot.rules;
      const are = leftAlone.waitedFor === 1 ? "instance is" : "instances are";
      return `${leftAlone.waitedFor} ${are} protected from scale in, or in standby: the refresh waits ${durationText(rules.blockedSeconds)} for that to change, and then fails. Release them, or say what is to become of them.`;
    },
  },
  {
    name: "timeout",
    text({ limits: { timeoutSeconds }, forecast: { duration } }) {
      if (timeoutSeconds === undefined || timeoutSeconds >= duration.most) return undefined;
      const sure = timeoutSeconds < duration.least ? "will" : "may";
      return `the wait of ${durationText(timeoutSeconds)} ${sure} be over before the refresh is. Set \`customTimeouts\` to more than ${durationText(duration.most)}.`;
    },
  },
  {
    name: "credentials expire",
    text({ limits: { credentialsSeconds }, forecast: { duration } }) {
      if (credentialsSeconds === undefined || credentialsSeconds >= duration.most) return undefined;
      return `the credentials expire in ${durationText(Math.max(0, credentialsSeconds))}, before the refresh ends: get new ones first, or use such as renew themselves.`;
    },
  },
  {
    name: "lifecycle hooks may take long",
    text({ snapshot: { hooks = [] }, forecast: { duration } }) {
      const longest = Math.max(0, ...hooks.map(({ heartbeatSeconds }) => heartbeatSeconds));
      const hook = hooks.find(({ heartbeatSeconds }) => heartbeatSeconds === longest);
      if (!hook || duration.refreshes > 0) return undefined;
      const [verb, ends] =
        hook.transition === "Launching" ? ["launched", "every launch"] : ["terminated", "every termination"];
      return `the lifecycle hook ${hook.name} may hold up ${ends} for ${durationText(longest)}: make sure that it is completed when an instance is ${verb}.`;
    },
  },
  {
    name: "permission missing",
    text({ snapshot: { unknown = [] } }) {
      if (unknown.length === 0) return undefined;
      const said = unknown.map(({ what, permission }) => `${what} (${permission})`);
      return `for lack of a permission it is not known ${said.join(", and ")}: the forecast leaves it out.`;
    },
  },
  {
    name: "matching not known",
    text({ forecast: { leftAlone } }) {
      if (leftAlone.untold === 0) return undefined;
      return `of ${leftAlone.untold} instances it is not known whether they run the desired configuration already: the forecast counts them as to be replaced.`;
    },
  },
];

/** Of a group in which nothing can be replaced yet. */
export function fillingWarning(snapshot: GroupSnapshot): Warning[] {
  return isFilling(snapshot) ? [{ name: "nothing ready", text: fillingText(snapshot) }] : [];
}

function fillingText(snapshot: GroupSnapshot): string {
  return `only ${unitsInService(snapshot.instances)} of ${snapshot.desiredCapacity} are in service now: wait until the group has its capacity.`;
}

/** Room above the desired capacity is of no use to it. */
function launchesNothing({ strategy }: PlannedRefresh): boolean {
  return strategy === "ReplaceRootVolume";
}

/** Instances are still on their way. */
function isFilling(snapshot: GroupSnapshot): boolean {
  return unitsInService(snapshot.instances) < snapshot.desiredCapacity;
}

function replacesAll({ rules, newWeights, desiredCapacity }: GroupSnapshot): boolean {
  const weight = Math.max(...newWeights);
  return rules.replacesAllWhenWeightIsLarge && weight > 1 && weight >= desiredCapacity;
}

/** Checkpoints at which the refresh does not pause, because it has passed the next one by then. */
function skippedCheckpoints({ rules }: GroupSnapshot, refresh: PlannedRefresh, forecast: Outlook): number[] {
  const { checkpoints = [], checkpointPauseSeconds } = refresh.preferences;
  if (forecast.outcome !== "Successful" || checkpointPauseSeconds === 0) return [];
  const pausesAtLast = rules.pausesAtLastCheckpoint;
  const expected = pausesAtLast ? checkpoints : checkpoints.slice(0, -1);
  const reached = forecast.pauses
    .filter(({ status }) => status === "CheckpointPause")
    .map(({ percentage }) => checkpoints.filter((checkpoint) => checkpoint <= percentage).at(-1));
  return expected.filter((checkpoint) => !reached.includes(checkpoint));
}
