/** The picture of figure 1: calls against lag, on logarithmic scales, one line for each poller from its median lag to its p95. */
import { style } from "../src/pictures/style";
import type { Row } from "./callsAgainstLag";

const WIDTH = 800;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = WIDTH - 190;
const TOP = 52;
const BOTTOM = HEIGHT - 56;
const LABEL_HEIGHT = 15;

/** @returns a whole SVG document */
export function drawLag(title: string, rows: readonly Row[]): string {
  const x = logScale(
    rows.flatMap(({ medianLag, p95Lag }) => [medianLag, p95Lag]),
    LEFT,
    RIGHT,
  );
  const y = logScale(
    rows.map(({ calls }) => calls),
    BOTTOM,
    TOP,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}">
<style>${style}
  .others { stroke: #999999; fill: #999999; stroke-width: 2 }
  .ours { stroke: #0072b2; fill: #0072b2; stroke-width: 4 }
</style>
<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>
<text class="title" x="${LEFT}" y="24">${title}</text>
<text x="${LEFT}" y="${TOP - 10}" class="name">calls per refresh</text>
<text x="${RIGHT}" y="${HEIGHT - 16}" text-anchor="end" class="name">seconds from the true end to knowing it: median (dot) to 95th percentile</text>
${[...grid(x, y), ...lines(rows, x, y)].join("\n")}
</svg>
`;
}

interface LogScale {
  place(value: number): number;
  readonly ticks: readonly number[];
}

/** Over whole decades, and ticks at 1, 2 and 5 of each. */
function logScale(values: readonly number[], from: number, to: number): LogScale {
  const least = Math.log10(Math.min(...values)) - 0.1;
  const most = Math.log10(Math.max(...values)) + 0.1;
  const decades = Array.from(
    { length: Math.ceil(most) - Math.floor(least) + 1 },
    (_, i) => 10 ** (Math.floor(least) + i),
  );
  const ticks = decades.flatMap((decade) => [1, 2, 5].map((part) => Number((part * decade).toPrecision(1))));
  return {
    place: (value) => Math.round((from + ((to - from) * (Math.log10(value) - least)) / (most - least)) * 10) / 10,
    ticks: ticks.filter((tick) => Math.log10(tick) >= least && Math.log10(tick) <= most),
  };
}

function grid(x: LogScale, y: LogScale): string[] {
  return [
    ...y.ticks.flatMap((tick) => [
      `<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y.place(tick)}" y2="${y.place(tick)}"/>`,
      `<text x="${LEFT - 8}" y="${y.place(tick) + 4}" text-anchor="end">${tick}</text>`,
    ]),
    ...x.ticks.flatMap((tick) => [
      `<line class="grid" x1="${x.place(tick)}" x2="${x.place(tick)}" y1="${TOP}" y2="${BOTTOM}"/>`,
      `<text x="${x.place(tick)}" y="${BOTTOM + 18}" text-anchor="middle">${tick}</text>`,
    ]),
  ];
}

function lines(rows: readonly Row[], x: LogScale, y: LogScale): string[] {
  let free = Number.NEGATIVE_INFINITY;
  const byHeight = rows.map((row, index) => ({ row, isOurs: index === 0 })).sort((a, b) => b.row.calls - a.row.calls);
  return byHeight.flatMap(({ row, isOurs }) => {
    const [left, right, height] = [x.place(row.medianLag), x.place(row.p95Lag), y.place(row.calls)];
    const label = Math.max(height + 4, free);
    free = label + LABEL_HEIGHT;
    const kind = isOurs ? "ours" : "others";
    return [
      `<line class="${kind}" x1="${left}" x2="${right}" y1="${height}" y2="${height}"/>`,
      `<circle class="${kind}" cx="${left}" cy="${height}" r="4"/>`,
      `<text x="${right + 8}" y="${label}"${isOurs ? ' font-weight="bold"' : ""}>${row.poller}</text>`,
    ];
  });
}
