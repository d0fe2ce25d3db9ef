/** Server-sent events, each with all that a page has asked for, while it changes and somebody reads. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { DashboardSource } from "./group";
import { isToken } from "./token";
import { type Asked, viewOf } from "./view";

const MOST_READERS = 50;
/** A reader that takes nothing for so long is gone, or does not mean to read. */
const LONGEST_SILENCE_MS = 30_000;
/** A view that takes long to make is made less often: at most this share of the time goes into it. */
const SHARE_OF_TIME = 0.1;
const DEFAULT_WIDTH = 720;

export interface EventsOptions {
  readonly source: DashboardSource;
  readonly onError: (error: unknown) => void;
  /** How often the view is taken, in real time. */
  readonly intervalMilliseconds: number;
  /** Who asks must name it; everybody may ask when there is none. */
  readonly token?: string | undefined;
}

interface Reader {
  readonly response: ServerResponse;
  readonly asked: Asked;
  sent: string;
  /** Since when what was written waits to be read, by the real clock. */
  waitsSince: number | undefined;
}

export function createEvents(options: EventsOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { source, onError, intervalMilliseconds, token } = options;
  const readers = new Set<Reader>();
  let timer: NodeJS.Timeout | undefined;

  const tellReaders = () =>
    source.onReaders?.(new Set([...readers].flatMap(({ asked }) => [...asked.open])), readers.size);
  const tick = () => {
    const began = performance.now();
    try {
      for (const reader of readers) send(reader, source);
    } catch (error) {
      onError(error);
      for (const { response } of readers) response.destroy();
    }
    clearTimeout(timer);
    const pause = Math.max(intervalMilliseconds, (performance.now() - began) / SHARE_OF_TIME);
    timer = readers.size > 0 ? setTimeout(tick, pause) : undefined;
  };

  return (request, response) => {
    const parameters = new URL(request.url ?? "", "http://localhost").searchParams;
    if (token !== undefined && !isToken(parameters.get("token") ?? "", token)) {
      response.writeHead(403, { "content-type": "text/plain; charset=utf-8" });
      response.end("The address lacks the token of this dashboard. Open the whole address that the command printed.\n");
      return;
    }
    if (readers.size >= MOST_READERS) {
      response.writeHead(503, { "content-type": "text/plain" });
      response.end(`There are ${MOST_READERS} readers already.\n`);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    const reader: Reader = { response, asked: askedOf(parameters), sent: "", waitsSince: undefined };
    readers.add(reader);
    response.on("close", () => {
      readers.delete(reader);
      tellReaders();
    });
    tellReaders();
    tick();
  };
}

/** What the address of the events asks for; what makes no sense is left out. */
function askedOf(parameters: URLSearchParams): Asked {
  const only = parameters.get("only");
  const width = Number(parameters.get("width"));
  return {
    open: new Set(parameters.getAll("open")),
    find: parameters.get("find") ?? "",
    only: only === "running" || only === "problems" ? only : "all",
    width: width >= 240 && width <= 2000 ? Math.round(width) : DEFAULT_WIDTH,
  };
}

/** A reader that has not read what it was sent last is passed over: the next event that it gets is the newest. */
function send(reader: Reader, source: DashboardSource): void {
  const { response } = reader;
  if (response.writableNeedDrain) {
    reader.waitsSince ??= performance.now();
    if (performance.now() - reader.waitsSince > LONGEST_SILENCE_MS) response.destroy();
    return;
  }
  reader.waitsSince = undefined;
  const seen = JSON.stringify({ speed: source.speed, ...viewOf(source, reader.asked) });
  // The page counts the time by itself.
  if (seen === reader.sent) return;
  reader.sent = seen;
  response.write(`data: ${JSON.stringify({ time: source.now() }).slice(0, -1)},${seen.slice(1)}\n\n`);
}
