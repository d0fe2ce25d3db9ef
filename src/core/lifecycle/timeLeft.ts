/** In words, how long a refresh that is waited for still takes. */

import { durationText } from "../../forecast/durationText";
import type { Refresh } from "../cloud";
import { type TrackedRefresh, timeLeft, track } from "./tracked";

/**
 * For one wait, as it learns from every sight that it is shown. Undefined where nothing can be told yet.
 * @param now milliseconds since the epoch
 */
export function timeLeftOf(now: () => number): (refresh: Refresh) => string | undefined {
  let tracked: TrackedRefresh | undefined;
  return (refresh) => {
    tracked = track(tracked, refresh, now());
    const seconds = timeLeft(tracked, now());
    return seconds === undefined ? undefined : `about ${durationText(seconds)} left`;
  };
}
