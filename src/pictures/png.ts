/** PNG of an SVG picture. What draws it is large, and has to be there only where somebody asks for a PNG. */

const SCALE = 2;

/** @throws Error that says what to install when `@resvg/resvg-js` is not there */
export async function pngOf(svg: string): Promise<Buffer> {
  const { Resvg } = await import("@resvg/resvg-js").catch(() => {
    throw new Error("For PNG, install @resvg/resvg-js beside this package; SVG needs nothing.");
  });
  return Buffer.from(new Resvg(svg, { fitTo: { mode: "zoom", value: SCALE } }).render().asPng());
}
