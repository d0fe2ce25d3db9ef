import { XMLParser, XMLValidator } from "fast-xml-parser";
import { forecastRefresh } from "../../src/forecast/forecast";
import { curveOfSamples } from "../../src/pictures/capacityCurve";
import { drawCapacity } from "../../src/pictures/drawCapacity";
import { pngOf } from "../../src/pictures/png";
import { capacityScale, tickText, timeScale } from "../../src/pictures/scales";
import { writePicture } from "../../src/pictures/writePicture";
import { pictures } from "../../tools/pictures";
import { aGroup, anInstance } from "../forecast/groups";

const preferences = {
  minHealthyPercentage: 90,
  maxHealthyPercentage: 120,
  checkpoints: [20, 100],
  checkpointPauseSeconds: 600,
};
const curve = curveOfSamples(forecastRefresh(aGroup("ess", 20), { preferences }).curve, {
  title: 'web <20> & "more"',
  floor: 18,
  ceiling: 24,
});

test("the curve has what was old, new and launching at every time, and the pauses", () => {
  expect(curve.points[0]).toEqual({ time: 0, old: 20, new: 0, warming: 0, launching: 0 });
  expect(curve.points.at(-1)).toMatchObject({ old: 0, new: 20, warming: 0, launching: 0 });
  expect(curve.pauses.map(({ name, from, to }) => [name, to - from])).toEqual([
    ["pause", 600_000],
    ["pause", 600_000],
  ]);
  expect(curve.end).toBe(curve.points.at(-1)?.time);
});

test("an SVG says what was asked for, and is well-formed whatever the title holds", () => {
  const svg = drawCapacity(curve);
  expect(XMLValidator.validate(svg)).toBe(true);
  const { text } = new XMLParser().parse(svg).svg;
  const texts = text.map((each: unknown) => String(each));
  expect(texts).toEqual(
    expect.arrayContaining(["at least 18", "at most 24", "pause", "old", "new", "warming up", "launching"]),
  );
});

test("the moment of a rollback is marked", () => {
  const instances = [anInstance(), anInstance(), anInstance({ protected: true })];
  const failing = { minHealthyPercentage: 50, autoRollback: true };
  const { curve: samples } = forecastRefresh(aGroup("autoscaling", instances), { preferences: failing });
  const { marks } = curveOfSamples(samples, { title: "rolled back" });
  expect(marks).toEqual([{ at: expect.any(Number), name: "rollback" }]);
  expect(marks[0]?.at).toBeGreaterThan(3_600_000);
});

test("a rollback brings the old back", () => {
  const { points } = pictures.rollback?.() ?? { points: [] };
  const most = Math.max(...points.map((point) => point.new));
  expect(points[0]).toMatchObject({ old: 20, new: 0 });
  expect(most).toBe(12);
  expect(points.at(-1)).toMatchObject({ old: 20, new: 0, warming: 0, launching: 0 });
});

test("a PNG is twice as large, for sharp screens", async () => {
  const png = await pngOf(drawCapacity(curve));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 720]);
});

test("a picture of another kind is refused", async () => {
  await expect(writePicture(curve, "a.gif")).rejects.toThrow("a picture is a .svg or a .png");
});

test.each([
  [90_000, ["0", "15 s", "30 s", "45 s", "1 min", "75 s", "90 s"]],
  [3_600_000, ["0", "10 min", "20 min", "30 min", "40 min", "50 min", "1 h"]],
  [2 * 86_400_000, ["0", "6 h", "12 h", "18 h", "1 d", "30 h", "36 h", "42 h", "2 d"]],
])("%d ms are divided into %j", (end, ticks) => {
  expect(timeScale(end, 0, 100).ticks.map(tickText)).toEqual(ticks);
});

test.each([
  [1, [0, 1]],
  [7, [0, 2, 4, 6]],
  [24, [0, 5, 10, 15, 20]],
  [1200, [0, 200, 400, 600, 800, 1000, 1200]],
])("capacities up to %d are divided into %j", (most, ticks) => {
  expect(capacityScale(most, 100, 0).ticks).toEqual(ticks);
});
