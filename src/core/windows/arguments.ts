/** The arguments that say when a refresh may start. */
import { z } from "zod";
import { argument } from "../definition/arguments";
import { DURATION_FORM, secondsIn } from "../durations";
import { similarTo } from "../similar";
import { scheduleProblem } from "./schedule";

const SCHEDULE_FORM = 'a cron schedule of five fields, such as "0 22 * * SAT"';
const ZONE_FORM = 'the name of a time zone in the IANA database, such as "Europe/Berlin" or "UTC"';
const TIME_FORM = 'a time in ISO 8601 with its offset from UTC, such as "2026-12-20T18:00:00+01:00"';

/** Says what is wrong with a string, in words that complete "it must be …", or nothing. */
const checked = (issueOf: (value: string) => string | undefined) =>
  z.string().superRefine((value, context) => {
    const message = issueOf(value);
    if (message !== undefined) context.addIssue({ code: "custom", message: `it must be ${message}` });
  });

const startWindow = z.strictObject({
  schedule: argument(checked(scheduleIssue), {
    text: "When the window opens: minute, hour, day of the month, month, day of the week, in `timeZone`.",
    form: SCHEDULE_FORM,
  }),
  duration: argument(checked(durationIssue), {
    text: "For how long it is open each time. Windows that overlap or touch are one.",
    form: `${DURATION_FORM}, of more than zero`,
  }),
  timeZone: argument(checked(zoneIssue), {
    text: "Time zone of the schedule.",
    form: ZONE_FORM,
    default: "UTC",
  }).optional(),
});

const time = (text: string) => argument(checked(timeIssue), { text, form: TIME_FORM });

const freeze = z
  .strictObject({
    from: time("When the freeze begins."),
    to: time("When it is over."),
    reason: argument(z.string().min(1), { text: "Why, in the words that the message shows." }),
  })
  .superRefine(({ from, to }, context) => {
    // A text that is no time has an issue of its own.
    if (timeIssue(from) ?? timeIssue(to)) return;
    if (Date.parse(from) < Date.parse(to)) return;
    context.addIssue({ code: "custom", path: ["to"], message: `it must be later than \`from\`, ${from}` });
  });

export const startWindows = z.array(startWindow).min(1);
export const startFreezes = z.array(freeze);
export const outsideWindows = z.enum(["hold", "wait", "fail"]);

function scheduleIssue(value: string): string | undefined {
  const problem = scheduleProblem(value);
  return problem === undefined ? undefined : `${SCHEDULE_FORM} (${problem})`;
}

function durationIssue(value: string): string | undefined {
  return (secondsIn(value) ?? 0) > 0 ? undefined : `${DURATION_FORM}, of more than zero`;
}

function zoneIssue(value: string): string | undefined {
  try {
    // An offset such as "+01:00" has no daylight saving time: nobody means that by a time zone.
    if (/^[A-Za-z]/.test(value) && new Intl.DateTimeFormat("en", { timeZone: value })) return undefined;
  } catch {}
  const meant = similarTo(value, Intl.supportedValuesOf("timeZone"));
  return meant ? `${ZONE_FORM}; did you mean "${meant}"?` : ZONE_FORM;
}

const dateTime = z.iso.datetime({ offset: true });

function timeIssue(value: string): string | undefined {
  return dateTime.safeParse(value).success ? undefined : TIME_FORM;
}
