import { curveOfActivities } from "../../src/pictures/curveOfActivities";

const launch = (instanceId: string, start: number, end?: number) => ({
  kind: "Launch" as const,
  instanceId,
  start,
  end,
});
const terminate = (instanceId: string, start: number) => ({
  kind: "Terminate" as const,
  instanceId,
  start,
  end: start + 20,
});
const bounds = { floor: 1, ceiling: 2, rollback: undefined };

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
