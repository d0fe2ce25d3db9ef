import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/** Where distributions put it; `CHROMIUM` names another. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser of this machine; undefined where there is none. */
export const chromiumPath = [process.env.CHROMIUM ?? "", ...places].find(existsSync);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? "chromium", args: ["--no-sandbox"] });
}

/** What the browser complains of on a page from now on: refusals of the content security policy are among it. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  return complaints;
}
