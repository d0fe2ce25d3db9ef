/** The capacity curve of a refresh as SVG. */
import type { CapacityCurve, CapacityPoint } from "./capacityCurve";
import { capacityScale, type Scale, tickText, timeScale } from "./scales";
import { areas, style } from "./style";

const WIDTH = 800;
const HEIGHT = 340;
const LEFT = 48;
const RIGHT = WIDTH - 84;
const TOP = 52;
const BOTTOM = HEIGHT - 62;
/** Room for a name beside another, in pixels. */
const NAME_WIDTH = 52;
const NAME_HEIGHT = 14;

/** @returns a whole SVG document, for a page, a README or a PNG */
export function drawCapacity(curve: CapacityCurve): string {
  const most = Math.max(1, curve.floor ?? 0, curve.ceiling ?? 0, ...curve.points.map(totalOf));
  const x = timeScale(curve.end, LEFT, RIGHT);
  const y = capacityScale(most, BOTTOM, TOP);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(curve.title)}">
<style>${style}
</style>
<defs><pattern id="launching" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatched" width="6" height="6"/><line class="hatch" y2="6"/></pattern></defs>
<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>
<text class="title" x="${LEFT}" y="24">${escaped(curve.title)}</text>
${[...grid(x, y), ...stacked(curve, x, y), ...bounds(curve, y), ...pauses(curve, x), ...marks(curve, x), ...legend()].join("\n")}
</svg>
`;
}

function totalOf(point: CapacityPoint): number {
  return point.old + point.new + point.warming + point.launching;
}

function grid(x: Scale, y: Scale): string[] {
  return [
    ...y.ticks.flatMap((tick) => [
      `<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y.place(tick)}" y2="${y.place(tick)}"/>`,
      `<text x="${LEFT - 8}" y="${y.place(tick) + 4}" text-anchor="end">${tick}</text>`,
    ]),
    ...x.ticks.map(
      (tick) => `<text x="${x.place(tick)}" y="${BOTTOM + 18}" text-anchor="middle">${tickText(tick)}</text>`,
    ),
  ];
}

/** Each area lies on those below it. */
function stacked({ points, end }: CapacityCurve, x: Scale, y: Scale): string[] {
  let below = points.map(() => 0);
  return areas.map(([kind]) => {
    const above = points.map((point, index) => (below[index] ?? 0) + point[kind]);
    const path = `M${steps(points, above, end, x, y).join("L")}L${steps(points, below, end, x, y).reverse().join("L")}Z`;
    below = above;
    return `<path class="${kind}" d="${path}"/>`;
  });
}

/** Corners of a line that stays level until the next point; what happens within a tenth of a pixel is one. */
function steps(points: readonly CapacityPoint[], values: readonly number[], end: number, x: Scale, y: Scale): string[] {
  const corners: string[] = [];
  for (const [index, value] of values.entries()) {
    const from = x.place(points[index]?.time ?? 0);
    const to = x.place(points[index + 1]?.time ?? end);
    if (from < to || index === values.length - 1) corners.push(`${from} ${y.place(value)}`, `${to} ${y.place(value)}`);
  }
  return corners;
}

function bounds({ floor, ceiling }: CapacityCurve, y: Scale): string[] {
  const close =
    floor !== undefined && ceiling !== undefined && Math.abs(y.place(floor) - y.place(ceiling)) < NAME_HEIGHT;
  const apart = close ? NAME_HEIGHT / 2 : 0;
  return [...bound("at least", floor, y, apart), ...bound("at most", ceiling, y, -apart)];
}

function bound(name: string, value: number | undefined, y: Scale, shift: number): string[] {
  if (value === undefined) return [];
  const place = y.place(value);
  return [
    `<line class="bound" x1="${LEFT}" x2="${RIGHT}" y1="${place}" y2="${place}"/>`,
    `<text class="name" x="${RIGHT + 6}" y="${place + 4 + shift}">${name} ${value}</text>`,
  ];
}

function pauses({ pauses }: CapacityCurve, x: Scale): string[] {
  let free = Number.NEGATIVE_INFINITY;
  return pauses.flatMap(({ from, to, name }) => {
    const [left, right] = [x.place(from), x.place(to)];
    const shade = `<rect class="pause" x="${left}" width="${Math.max(1, right - left)}" y="${TOP}" height="${BOTTOM - TOP}"/>`;
    const middle = (left + right) / 2;
    if (middle - NAME_WIDTH / 2 < free) return shade;
    free = middle + NAME_WIDTH / 2;
    return [shade, `<text class="name" x="${middle}" y="${TOP - 6}" text-anchor="middle">${name}</text>`];
  });
}

function marks({ marks }: CapacityCurve, x: Scale): string[] {
  return marks.flatMap(({ at, name }) => [
    `<line class="mark" x1="${x.place(at)}" x2="${x.place(at)}" y1="${TOP}" y2="${BOTTOM}"/>`,
    `<text class="name" x="${x.place(at)}" y="${TOP - 6}" text-anchor="middle">${name}</text>`,
  ]);
}

function legend(): string[] {
  const y = HEIGHT - 24;
  return areas.flatMap(([kind, name], index) => {
    const x = LEFT + index * 130;
    return [
      `<rect class="${kind}" x="${x}" y="${y}" width="14" height="14"/>`,
      `<text x="${x + 20}" y="${y + 11}">${name}</text>`,
    ];
  });
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
