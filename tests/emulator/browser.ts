import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where distributions put it; `CHROMIUM` names another. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser of this machine; undefined where there is none. */
export const chromiumPath = [process.env.CHROMIUM ?? "", ...places].find(existsSync);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? "chromium", args: ["--no-sandbox"] });
}
