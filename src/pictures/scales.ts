/** Where values come to lie on a picture, and which of them are written beside the axes. */

export interface Scale {
  place(value: number): number;
  readonly ticks: readonly number[];
}

const MOST_TICKS = 8;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7].map((days) => days * DAY),
];

export function timeScale(end: number, left: number, right: number, most = MOST_TICKS): Scale {
  const step = timeSteps.find((each) => end / each <= most) ?? 7 * DAY;
  return linear(end, step, left, right);
}

export function capacityScale(most: number, bottom: number, top: number): Scale {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const step = [0.1, 0.2, 0.5, 1, 2].map((share) => share * magnitude).find((each) => each >= 1 && most / each <= 6);
  return linear(most, step ?? 2 * magnitude, bottom, top);
}

function linear(end: number, step: number, from: number, to: number): Scale {
  const whole = Math.max(end, 1);
  return {
    place: (value) => Math.round((from + ((to - from) * value) / whole) * 10) / 10,
    ticks: Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step),
  };
}

/** `0`, `30 s`, `10 min`, `2 h`, `1 d`. */
export function tickText(milliseconds: number): string {
  if (milliseconds === 0) return "0";
  if (milliseconds % DAY === 0) return `${milliseconds / DAY} d`;
  if (milliseconds % HOUR === 0) return `${milliseconds / HOUR} h`;
  if (milliseconds % MINUTE === 0) return `${milliseconds / MINUTE} min`;
  return `${milliseconds / 1000} s`;
}
