/** The counts that the matrices report can fail. */
import { repeatedStarts } from "./verdict";

const ended = { id: "first", status: "Successful", startTime: 0, endTime: 60 };
const running = { ...ended, status: "InProgress", endTime: undefined };
const second = { id: "second", status: "Successful", startTime: 70, endTime: 130 };

test("one refresh of a request is none too many", () =>
  expect(repeatedStarts([ended], { refreshes: [], recorded: undefined })).toEqual({ doubled: 0, limit: 0 }));

test("a second one after the first had ended unrecorded is the stated limit", () =>
  expect(repeatedStarts([ended, second], { refreshes: [ended], recorded: undefined })).toEqual({
    doubled: 0,
    limit: 1,
  }));

test.each([
  ["still ran when the next run began", { refreshes: [running], recorded: undefined }],
  ["had ended and was recorded", { refreshes: [ended], recorded: "first" }],
  ["was started by the same run", { refreshes: [ended, second], recorded: undefined }],
  ["was started by the same run, as nothing was there before", { refreshes: [], recorded: undefined }],
])("a second one is one too many when the first %s", (_, atNextRun) =>
  expect(repeatedStarts([ended, second], atNextRun)).toEqual({ doubled: 1, limit: 0 }),
);
