const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `36 s`, `6 min 36 s`, `2 h 5 min`, `1 d 3 h`. */
export function durationText(milliseconds) {
  const whole = Math.max(0, Math.round(milliseconds / SECOND) * SECOND);
  if (whole < MINUTE) return `${whole / SECOND} s`;
  const [unit, name, next, nextName] =
    whole < HOUR ? [MINUTE, "min", SECOND, "s"] : whole < DAY ? [HOUR, "h", MINUTE, "min"] : [DAY, "d", HOUR, "h"];
  const rest = Math.floor((whole % unit) / next);
  return `${Math.floor(whole / unit)} ${name}${rest > 0 ? ` ${rest} ${nextName}` : ""}`;
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const minuteOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** @param resolution the cloud cuts times to so many milliseconds */
export function timeText(time, resolution) {
  return (resolution >= MINUTE && time % MINUTE === 0 ? minuteOfDay : timeOfDay).format(time);
}

export function dateText(time) {
  return dayAndTime.format(time);
}

/** The clock of the groups: it goes on between two answers, as fast as they say. */
export function createClock() {
  let [base, since, speed] = [Date.now(), performance.now(), 1];
  return {
    now: () => base + (performance.now() - since) * speed,
    set(time, factor) {
      [base, since, speed] = [time, performance.now(), factor];
    },
  };
}
