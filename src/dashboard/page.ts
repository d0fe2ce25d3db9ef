/** The page: what groups do, live. */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { createEvents, type EventsOptions } from "./events";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};
const ASSETS = ["page.css", "page.js", "connection.js", "card.js", "elements.js", "instances.js", "times.js"];
/** For a page that may disturb groups. */
const CONTROLS = ["controls.js", "controls.css"];

/** Everything comes from this server. No other page may frame this one. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
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
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Answers what a browser asks for; false for every other request. */
export type ServePage = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createPage(options: EventsOptions): ServePage {
  const sendEvents = createEvents(options);
  const names = options.source.hasControls ? [...ASSETS, ...CONTROLS] : ASSETS;
  const files = new Map([["/", "page.html"], ...names.map((name) => [`/_dashboard/${name}`, name] as const)]);
  return (request, response) => {
    const { url = "", method } = request;
    if (method !== "GET") return false;
    if (url.split("?")[0] === "/_dashboard/events") {
      sendEvents(request, response);
      return true;
    }
    // With a query it is a request for the emulator's services.
    const file = files.get(url);
    if (!file) return false;
    const content = readFileSync(join(__dirname, "assets", file));
    response.writeHead(200, { ...headers, "content-type": TYPES[file.slice(file.lastIndexOf(".") + 1)] });
    response.end(content);
    return true;
  };
}
