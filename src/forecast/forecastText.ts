/** A forecast in a few lines. */

import { durationText } from "../core/durations";
import type { Batch } from "./batches";
import type { Forecast } from "./forecast";
import type { Pause } from "./pauses";

export function forecastText(forecast: Forecast): string[] {
  const { group, outcome, warnings } = forecast;
  if (outcome === "NothingToReplace") {
    return [
      `Forecast for group ${group}: ${nothingText(forecast)}.`,
      ...warnings.map(({ text }) => `Warning: ${text}`),
    ];
  }
  return [
    `Forecast for group ${group}: ${workText(forecast)}.`,
    capacityText(forecast),
    ...launchesFirstText(forecast),
    ...(forecast.pauses.length > 0 ? [`Pauses: ${forecast.pauses.map(pauseText).join(", ")}.`] : []),
    ...warmPoolText(forecast),
    ...leftAloneText(forecast),
    ...warnings.map(({ text }) => `Warning: ${text}`),
  ];
}

function nothingText({ instances }: Forecast): string {
  return instances === 0
    ? "no instance is in service"
    : `none of ${counted(instances, "instance")} needs to be replaced`;
}

function warmPoolText({ toReplaceInWarmPool: number }: Forecast): string[] {
  return number === 0 ? [] : [`Warm pool: ${counted(number, "instance")} replaced after those in service.`];
}

function workText(forecast: Forecast): string {
  const { instances, toReplace, batches, duration, outcome, reason, launchTimes } = forecast;
  if (toReplace === 0 && duration.most === 0) return nothingText(forecast);
  const how = `replaces ${toReplace} of ${counted(instances, "instance")}${batchesText(batches)}`;
  const range = `(${durationText(duration.least)} to ${durationText(duration.most)})`;
  if (outcome === "Failed")
    return `it will fail after about ${durationText(duration.expected)}: ${reason.replace(/\.$/, "")}`;
  return `${how}, about ${durationText(duration.expected)} ${range}, ${basisText(duration.refreshes, launchTimes)}`;
}

/** What the range rests on. */
function basisText(refreshes: number, { launches, seconds }: Forecast["launchTimes"]): string {
  if (refreshes > 0) return `from ${counted(refreshes, "earlier refresh", "earlier refreshes")} of this group`;
  const assumed = launches === 0 ? ` and no recent launches: ${seconds.join(" to ")} s each assumed` : "";
  return `wide because this group has no earlier refreshes${assumed}`;
}

function batchesText(batches: readonly Batch[]): string {
  const sizes = batches.map(({ instances }) => instances);
  const largest = Math.max(0, ...sizes);
  if (sizes.length <= 1) return largest > 1 ? " all at once" : "";
  if (sizes.every((size) => size === largest)) {
    return largest === 1 ? " one at a time" : ` in ${sizes.length} batches of ${largest}`;
  }
  return sizes.length <= 8 ? ` in batches of ${sizes.join(", ")}` : ` in ${sizes.length} batches of up to ${largest}`;
}

function capacityText({ lowestReady, highestTotal, desiredCapacity }: Forecast): string {
  const share = desiredCapacity > 0 ? ` (${Math.floor((lowestReady * 100) / desiredCapacity)} %)` : "";
  return `Capacity: never fewer than ${lowestReady} of ${desiredCapacity} ready${share}, never more than ${highestTotal} in service and pending.`;
}

/** A promise of the model that a page of the vendor contradicts, to the better. */
function launchesFirstText({ readyIfLaunchedFirst: ready }: Forecast): string[] {
  if (ready === undefined) return [];
  return [
    `The vendor's guide releases old instances only when new ones are ready: ${ready} would stay ready. Which of the two holds is not known.`,
  ];
}

function pauseText({ status, at, seconds, percentage }: Pause): string {
  const where = status === "Baking" ? "baking" : `at ${percentage} %`;
  return `${where} after ${durationText(at)} for ${durationText(seconds)}`;
}

function leftAloneText({ leftAlone }: Forecast): string[] {
  const said = [
    [leftAlone.matching, "up to date already"],
    [leftAlone.protected, "protected from scale in"],
    [leftAlone.standby, "in standby"],
    [leftAlone.manual, "added by hand"],
  ].flatMap(([number, why]) => (number ? [`${number} ${why}`] : []));
  return said.length > 0 ? [`Left alone: ${said.join(", ")}.`] : [];
}

function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
