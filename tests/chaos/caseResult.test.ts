/** The counts that the matrices report can fail. */
import { lostRefreshes, type OthersRefresh, repeatedStarts, takenFromOthers } from "./caseResult";

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

test("a refresh is lost that runs and is not recorded, or that the state must hold and does not", () => {
  expect(lostRefreshes([running], undefined)).toBe(1);
  expect(lostRefreshes([running], "first", "first")).toBe(0);
  expect(lostRefreshes([ended], undefined)).toBe(0);
  expect(lostRefreshes([ended], undefined, "first")).toBe(1);
});

test.each<[OthersRefresh["asked"], string, string | undefined, number]>([
  ["nothing", "Successful", undefined, 0],
  ["nothing", "Successful", "theirs", 1],
  ["nothing", "Cancelling", undefined, 1],
  ["nothing", "RollbackSuccessful", undefined, 1],
  ["rollback", "RollbackSuccessful", undefined, 0],
  ["rollback", "Cancelled", undefined, 1],
  ["rollback", "RollbackSuccessful", "theirs", 1],
  ["cancel", "Cancelled", undefined, 0],
  ["adopt", "Successful", "theirs", 0],
  ["adopt", "Cancelled", "theirs", 1],
])("asked for %s, another's refresh that is %s, and recorded as %s: taken %i", (asked, status, recorded, taken) =>
  expect(takenFromOthers([{ id: "theirs", asked }], [{ ...ended, id: "theirs", status }], [recorded])).toBe(taken),
);
