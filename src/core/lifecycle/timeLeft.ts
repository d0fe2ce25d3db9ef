/** In words, how long a refresh that is waited for still takes. */

import type { CloudName } from "../../app/lifecycles";
import { durationText } from "../../forecast/durationText";
import type { Refresh } from "../cloud";
import { plannedPauses } from "./plannedPauses";
import { type TrackedRefresh, timeLeft, track } from "./tracked";

/**
 * For one wait, as it learns from every sight that it is shown. Undefined where nothing can be told yet.
 * @param now milliseconds since the epoch
 */
export function timeLeftOf(cloud: CloudName, now: () => number): (refresh: Refresh) => string | undefined {
  let tracked: TrackedRefresh | undefined;
  return (refresh) => {
    tracked = track(tracked, refresh, plannedPauses(cloud, refresh.arguments), now());
    const seconds = timeLeft(tracked, now());
    return seconds === undefined ? undefined : `about ${durationText(seconds)} left`;
  };
}
