/** The emulator's page: what its groups do, live, and buttons to disturb them. It sends what the page shows, not events of the model. */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { type ViewParts, view } from "./view";

const intervalMilliseconds = 250;

const assets: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["page.html", "text/html; charset=utf-8"],
  "/_emulator/page.css": ["page.css", "text/css; charset=utf-8"],
  "/_emulator/page.js": ["page.js", "text/javascript; charset=utf-8"],
};

/** Answers what a browser asks for; false for every request that is for the services. */
export type ServePage = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createPage(parts: ViewParts): ServePage {
  return (request, response) => {
    const path = request.url ?? "";
    if (request.method !== "GET" || request.headers.authorization !== undefined) return false;
    // Programs that ask for the root are told where the state is.
    if (path === "/" && !request.headers.accept?.includes("text/html")) return false;
    if (path === "/_emulator/events") {
      sendEvents(parts, response);
      return true;
    }
    const asset = assets[path];
    if (!asset) return false;
    const [file, type] = asset;
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache" });
    response.end(readFileSync(join(__dirname, "assets", file)));
    return true;
  };
}

/** Server-sent events, each with all that is shown, while it changes and somebody looks. */
function sendEvents(parts: ViewParts, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  let last = "";
  const send = () => {
    parts.recorder.attach();
    const seen = view(parts);
    if (seen !== last) response.write(`data: ${seen}\n\n`);
    last = seen;
  };
  send();
  const timer = setInterval(send, intervalMilliseconds);
  response.on("close", () => clearInterval(timer));
}
