import { curveOfActivities } from "../../src/pictures/curveOfActivities";

const launch = (instanceId: string, start: number, end?: number) => ({
  kind: "Launch" as const,
  instanceId,
  start,
  end,
  failed: false,
});
const terminate = (instanceId: string, start: number) => ({
  kind: "Terminate" as const,
  instanceId,
  start,
  end: start + 20,
  failed: false,
});
const bounds = {
  floor: 1,
  ceiling: 2,
  warmupSeconds: 0,
  rollback: undefined,
  resolution: 1,
  total: undefined,
  stage: "successful",
  plannedPauses: { checkpoints: [], checkpointSeconds: 0, bakeSeconds: 0 },
};

test("capacity at the start follows from what is in service now, and from all that happened since", () => {
  const activities = [terminate("a", 1010), launch("c", 1010, 1060), terminate("b", 1070), launch("d", 1070, 1110)];
  const { points, end } = curveOfActivities("web", { start: 1000, end: 1120, activities, inService: 2, ...bounds });
  const seen = points.map(({ time, old, new: fresh, launching }) => [time, old, fresh, launching]);
  expect(seen).toEqual([
    [0, 2, 0, 0],
    [10, 1, 0, 0],
    [10, 1, 0, 1],
    [60, 1, 1, 0],
    [70, 0, 1, 0],
    [70, 0, 1, 1],
    [110, 0, 2, 0],
  ]);
  expect(end).toBe(120);
});

test("what was launched and terminated again is new, and what came after the end is left out", () => {
  const activities = [launch("c", 1010, 1060), terminate("c", 1070), launch("late", 2000, 2060)];
  const { points } = curveOfActivities("web", { start: 1000, end: 1500, activities, inService: 3, ...bounds });
  expect(points.at(-1)).toEqual({ time: 70, old: 2, new: 0, warming: 0, launching: 0 });
});

test("what a rollback launches is of the old configuration", () => {
  const activities = [launch("c", 1010, 1060), terminate("a", 1060), launch("d", 1210, 1260), terminate("c", 1260)];
  const past = { start: 1000, end: 1500, activities, inService: 1, ...bounds, rollback: 1200 };
  const { points, marks } = curveOfActivities("web", past);
  expect(points.map((point) => [point.time, point.old, point.new])).toEqual([
    [0, 1, 0],
    [10, 1, 0],
    [60, 1, 1],
    [60, 0, 1],
    [210, 0, 1],
    [260, 1, 1],
    [260, 1, 0],
  ]);
  expect(marks).toEqual([{ at: 200, name: "rollback" }]);
});

test("a launch that failed takes nothing from the old instances when it is terminated", () => {
  const failed = { ...launch("c", 1010, 1060), failed: true };
  const { points } = curveOfActivities("web", {
    start: 1000,
    end: 1500,
    activities: [failed, terminate("c", 1060)],
    inService: 3,
    ...bounds,
    stage: "failed",
  });
  expect(points.map(({ time, old, launching }) => [time, old, launching])).toEqual([
    [0, 3, 0],
    [10, 3, 1],
    [60, 3, 0],
    [60, 3, 0],
  ]);
});

test("a launch in the minute of the start belongs to the refresh, where times are cut to the minute", () => {
  const activities = [launch("c", 0, 60_000), terminate("a", 60_000)];
  const past = { ...bounds, start: 50_000, end: 110_000, activities, inService: 2, resolution: 60_000 };
  const { points } = curveOfActivities("web", past);
  expect(points[0]).toMatchObject({ time: 0, old: 2, new: 0, launching: 1 });
  expect(points.at(-1)).toMatchObject({ time: 10_000, old: 1, new: 1, launching: 0 });
});

test("a new instance warms up once it is in service, unless it goes before", () => {
  const activities = [launch("c", 1_000, 11_000), launch("d", 1_000, 21_000), terminate("d", 30_000)];
  const past = { ...bounds, start: 0, end: 90_000, activities, inService: 2, warmupSeconds: 30 };
  const { points } = curveOfActivities("web", past);
  expect(points.map(({ time, new: fresh, warming }) => [time, fresh, warming])).toEqual([
    [0, 0, 0],
    [1_000, 0, 0],
    [1_000, 0, 0],
    [11_000, 0, 1],
    [21_000, 0, 2],
    [30_000, 0, 1],
    [41_000, 1, 0],
  ]);
});

test("pauses, the bake time and a bad end are marked", () => {
  const activities = [launch("c", 1_000, 61_000), terminate("a", 61_000), launch("d", 400_000, 460_000)];
  const past = { ...bounds, start: 0, end: 760_000, activities, inService: 3, resolution: 1_000, total: 2 };
  const plannedPauses = { checkpoints: [0.5], checkpointSeconds: 300, bakeSeconds: 300 };
  expect(curveOfActivities("web", { ...past, plannedPauses }).pauses).toEqual([
    { from: 100_000, to: 400_000, name: "pause" },
    { from: 460_000, to: 760_000, name: "baking" },
  ]);
  const failed = curveOfActivities("web", { ...past, plannedPauses, stage: "failed" });
  expect(failed.marks).toEqual([{ at: 760_000, name: "failed" }]);
  expect(failed.pauses.map(({ name }) => name)).toEqual(["pause"]);
});
