/** The capacity curve of a refresh as SVG. */
import type { CapacityCurve, CapacityPoint } from "./capacityCurve";
import { capacityScale, type Scale, tickText, timeScale } from "./scales";
import { areas, style } from "./style";

/** Where the plot is on the picture, in pixels. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const WIDTH = 800;
const HEIGHT = 360;
/** Beside the plot: the axis of capacity, and the names of what was asked. */
const LEFT = 60;
const RIGHT = 84;
/** The same where there is little room. */
const NARROW = { width: 480, left: 44, right: 66 };
/** The names of pauses and marks, and of the times. */
const TOP = 20;
const BOTTOM = 44;
const TITLE = 32;
const LEGEND = 38;
/** Room for a name beside another, in pixels. */
const NAME_WIDTH = 52;
const NAME_HEIGHT = 14;
/** Between two times on the axis, in pixels. */
const TICK_WIDTH = 80;

/** @returns a whole SVG document with its title and legend, for a README or a PNG */
export function drawCapacity(curve: CapacityCurve): string {
  const layout = layoutOf(WIDTH, HEIGHT, TOP + TITLE, BOTTOM + LEGEND);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(curve.title)}">
<style>${style}
</style>
<defs>${hatching}</defs>
<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>
<text class="title" x="${LEFT}" y="24">${escaped(curve.title)}</text>
${[...plot(curve, layout), ...legend()].join("\n")}
</svg>
`;
}

/** @returns an SVG element for a page that has the styles, the hatching and a legend of its own */
export function drawPlot(curve: CapacityCurve, width: number, label: string): string {
  const height = Math.round(Math.min(320, Math.max(220, width * 0.42)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">
${plot(curve, layoutOf(width, height, TOP, BOTTOM)).join("\n")}
</svg>`;
}

function layoutOf(width: number, height: number, top: number, bottom: number): Layout {
  const [left, right] = width < NARROW.width ? [NARROW.left, NARROW.right] : [LEFT, RIGHT];
  return { width, height, left, right: width - right, top, bottom: height - bottom };
}

/** What is launching, where it is drawn. */
const hatching = `<pattern id="launching" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatched" width="6" height="6"/><line class="hatch" y2="6"/></pattern>`;

function plot(curve: CapacityCurve, layout: Layout): string[] {
  const most = Math.max(1, curve.floor ?? 0, curve.ceiling ?? 0, ...curve.points.map(totalOf));
  const x = timeScale(curve.end, layout.left, layout.right, Math.floor((layout.right - layout.left) / TICK_WIDTH));
  const y = capacityScale(most, layout.bottom, layout.top);
  return [
    ...grid(x, y, layout),
    ...stacked(curve, x, y),
    ...bounds(curve, y, layout),
    ...pauses(curve, x, layout),
    ...marks(curve, x, layout),
  ];
}

function totalOf(point: CapacityPoint): number {
  return point.old + point.new + point.warming + point.launching;
}

function grid(x: Scale, y: Scale, { left, right, top, bottom }: Layout): string[] {
  const middle = (top + bottom) / 2;
  return [
    ...y.ticks.flatMap((tick) => [
      `<line class="grid" x1="${left}" x2="${right}" y1="${y.place(tick)}" y2="${y.place(tick)}"/>`,
      `<text x="${left - 8}" y="${y.place(tick) + 4}" text-anchor="end">${tick}</text>`,
    ]),
    ...x.ticks.map(
      (tick) => `<text x="${x.place(tick)}" y="${bottom + 18}" text-anchor="middle">${tickText(tick)}</text>`,
    ),
    `<text class="axis" transform="translate(${left - 34} ${middle}) rotate(-90)" text-anchor="middle">capacity</text>`,
    `<text class="axis" x="${(left + right) / 2}" y="${bottom + 38}" text-anchor="middle">time since the start</text>`,
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

function bounds({ floor, ceiling }: CapacityCurve, y: Scale, layout: Layout): string[] {
  const close =
    floor !== undefined && ceiling !== undefined && Math.abs(y.place(floor) - y.place(ceiling)) < NAME_HEIGHT;
  const apart = close ? NAME_HEIGHT / 2 : 0;
  return [...bound("at least", floor, y, layout, apart), ...bound("at most", ceiling, y, layout, -apart)];
}

function bound(name: string, value: number | undefined, y: Scale, { left, right }: Layout, shift: number): string[] {
  if (value === undefined) return [];
  const place = y.place(value);
  return [
    `<line class="bound" x1="${left}" x2="${right}" y1="${place}" y2="${place}"/>`,
    `<text class="name" x="${right + 6}" y="${place + 4 + shift}">${name} ${value}</text>`,
  ];
}

function pauses({ pauses }: CapacityCurve, x: Scale, { top, bottom }: Layout): string[] {
  let free = Number.NEGATIVE_INFINITY;
  return pauses.flatMap(({ from, to, name }) => {
    const [left, right] = [x.place(from), x.place(to)];
    const shade = `<rect class="pause" x="${left}" width="${Math.max(1, right - left)}" y="${top}" height="${bottom - top}"/>`;
    const middle = (left + right) / 2;
    if (middle - NAME_WIDTH / 2 < free) return shade;
    free = middle + NAME_WIDTH / 2;
    return [shade, `<text class="name" x="${middle}" y="${top - 6}" text-anchor="middle">${name}</text>`];
  });
}

function marks({ marks }: CapacityCurve, x: Scale, { top, bottom }: Layout): string[] {
  return marks.flatMap(({ at, name }) => [
    `<line class="mark" x1="${x.place(at)}" x2="${x.place(at)}" y1="${top}" y2="${bottom}"/>`,
    `<text class="name" x="${x.place(at)}" y="${top - 6}" text-anchor="middle">${name}</text>`,
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
