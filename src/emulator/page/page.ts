/** The emulator's page: what its groups do, live, and buttons to disturb them. */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { createEvents, type EventsParts } from "./events";

const assets: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["page.html", "text/html; charset=utf-8"],
  "/_emulator/page.css": ["page.css", "text/css; charset=utf-8"],
  "/_emulator/page.js": ["page.js", "text/javascript; charset=utf-8"],
};

/** Pictures contain their styles; everything else comes from the emulator. No other page may frame this one. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "cache-control": "no-cache",
  "content-security-policy": contentSecurityPolicy,
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** Answers what a browser asks for; false for every request that is for the services. */
export type ServePage = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createPage(parts: EventsParts): ServePage {
  const sendEvents = createEvents(parts);
  return (request, response) => {
    const path = request.url ?? "";
    if (request.method !== "GET" || request.headers.authorization !== undefined) return false;
    // Programs that ask for the root are told where the state is.
    if (path === "/" && !request.headers.accept?.includes("text/html")) return false;
    if (path === "/_emulator/events") {
      sendEvents(response);
      return true;
    }
    const asset = Object.hasOwn(assets, path) ? assets[path] : undefined;
    if (!asset) return false;
    const [file, type] = asset;
    const content = readFileSync(join(__dirname, "assets", file));
    response.writeHead(200, { ...headers, "content-type": type });
    response.end(content);
    return true;
  };
}
