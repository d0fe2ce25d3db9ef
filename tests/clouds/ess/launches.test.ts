/** How long launches took, from the minutes of activities and the seconds of instances. */
import { recentLaunches } from "../../../src/clouds/ess/launches";

const activity = {
  startTime: "2026-01-01T10:00Z",
  endTime: "2026-01-01T10:02Z",
  createdCapacity: 1,
  createdInstances: ["i-1"],
};
const added = (createdTime: string) => [{ instanceId: "i-1", createdTime }];

test("minutes alone leave a minute to each side", () => {
  expect(recentLaunches([activity], [])).toEqual([{ least: 60, most: 180 }]);
  const { startTime: endTime } = activity;
  expect(recentLaunches([{ ...activity, endTime }], [])).toEqual([{ least: 0, most: 60 }]);
});

test("an instance that was added in the minute in which its launch began narrows it down", () => {
  expect(recentLaunches([activity], added("2026-01-01T10:00:45Z"))).toEqual([{ least: 75, most: 135 }]);
});

test("one that was added in the minute in which its launch ended does so too", () => {
  expect(recentLaunches([activity], added("2026-01-01T10:02:30Z"))).toEqual([{ least: 90, most: 150 }]);
});

test("one that was created just after the minute in which its launch began does not speak for all", () => {
  const ids = ["i-1", "i-2", "i-3"];
  const activities = ids.map((id) => ({ ...activity, endTime: "2026-01-01T10:01Z", createdInstances: [id] }));
  const times = ["2026-01-01T10:00:20Z", "2026-01-01T10:00:40Z", "2026-01-01T10:01:02Z"];
  const instances = ids.map((instanceId, index) => ({ instanceId, createdTime: times[index] as string }));
  expect(recentLaunches(activities, instances)).toEqual([
    { least: 40, most: 100 },
    { least: 20, most: 80 },
    { least: 0, most: 58 },
  ]);
});

test("instances that are gone leave the minutes of their launches", () => {
  const other = { ...activity, createdInstances: ["i-2"] };
  expect(recentLaunches([activity, other], added("2026-01-01T10:00:45Z"))).toEqual([
    { least: 75, most: 135 },
    { least: 60, most: 180 },
  ]);
});

test("what cannot have been added by the activity is not taken for its time", () => {
  expect(recentLaunches([activity], added("2026-01-01T11:00:00Z"))).toEqual([{ least: 60, most: 180 }]);
});

test("an activity that launched several says how long the last of them took, to the minute", () => {
  const several = { ...activity, createdCapacity: 2, createdInstances: ["i-1", "i-2"] };
  expect(recentLaunches([several], added("2026-01-01T10:00:45Z"))).toEqual([{ least: 60, most: 180 }]);
});

test("what only terminated, or has not ended, is no launch", () => {
  const { endTime: _, ...running } = activity;
  expect(recentLaunches([{ ...activity, createdCapacity: 0, createdInstances: [] }, running], [])).toEqual([]);
});
