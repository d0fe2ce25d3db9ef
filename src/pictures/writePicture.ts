import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import type { CapacityCurve } from "./capacityCurve";
import { drawCapacity } from "./drawCapacity";
import { pngOf } from "./png";

/**
 * Writes the curve as what the file's name says: `.svg` or `.png`.
 * @throws Error when it is neither
 */
export async function writePicture(curve: CapacityCurve, file: string): Promise<void> {
  const svg = drawCapacity(curve);
  const extension = extname(file).toLowerCase();
  if (extension !== ".svg" && extension !== ".png") throw new Error(`${file}: a picture is a .svg or a .png.`);
  await writeFile(file, extension === ".svg" ? svg : await pngOf(svg));
}
