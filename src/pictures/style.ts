/**
 * One scheme for every picture: told apart by the colour-blind (the hues are of Okabe and Ito), by lightness and by a
 * hatching where two that touch are alike, in light and in dark. Only text and background follow the viewer's preference.
 */
export const style = `
  text { font: 12px "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; fill: #24292f }
  .title { font-size: 14px; font-weight: bold }
  .page { fill: #ffffff }
  .grid { stroke: #24292f; stroke-opacity: 0.15 }
  .old { fill: #999999 }
  .new { fill: #0072b2 }
  .warming { fill: #56b4e9 }
  .launching { fill: url(#launching) }
  .hatch { stroke: #e69f00; stroke-width: 3 }
  .hatched { fill: #e69f00; fill-opacity: 0.25 }
  .bound { stroke: #d55e00; stroke-width: 1.5; stroke-dasharray: 6 4; fill: none }
  .pause { fill: #24292f; fill-opacity: 0.08 }
  .mark { stroke: #cc79a7; stroke-width: 2 }
  .name, .axis { font-size: 11px }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .page { fill: #0d1117 }
    .grid { stroke: #e6edf3; stroke-opacity: 0.2 }
    .pause { fill: #e6edf3; fill-opacity: 0.12 }
  }`;

/** What the areas are, from the bottom up, and how they are called. */
export const areas = [
  ["old", "old"],
  ["new", "new"],
  ["warming", "warming up"],
  ["launching", "launching"],
] as const;
