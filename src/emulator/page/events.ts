/** Server-sent events, each with all that the page shows, while it changes and somebody reads. */
import type { ServerResponse } from "node:http";
import { type ViewParts, view } from "./view";

const mostReaders = 50;
/** A reader that takes nothing for so long is gone, or does not mean to read. */
const longestSilenceMilliseconds = 30_000;

export interface EventsParts extends ViewParts {
  onError(error: unknown): void;
}

interface Reader {
  readonly response: ServerResponse;
  sent: string;
  /** Since when what was written waits to be read, by the real clock. */
  waitsSince: number | undefined;
}

export function createEvents(parts: EventsParts, intervalMilliseconds = 250): (response: ServerResponse) => void {
  const readers = new Set<Reader>();
  let timer: NodeJS.Timeout | undefined;

  const tick = () => {
    try {
      parts.recorder.attach();
      const seen = view(parts);
      for (const reader of readers) send(reader, seen);
    } catch (error) {
      parts.onError(error);
      for (const { response } of readers) response.destroy();
    }
  };

  return (response) => {
    if (readers.size >= mostReaders) {
      response.writeHead(503, { "content-type": "text/plain" });
      response.end(`There are ${mostReaders} readers already.\n`);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    const reader: Reader = { response, sent: "", waitsSince: undefined };
    readers.add(reader);
    response.on("close", () => {
      readers.delete(reader);
      if (readers.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
    tick();
    timer ??= setInterval(tick, intervalMilliseconds);
  };
}

/** A reader that has not read what it was sent last is passed over: the next event that it gets is the newest. */
function send(reader: Reader, seen: string): void {
  const { response } = reader;
  if (response.writableNeedDrain) {
    reader.waitsSince ??= performance.now();
    if (performance.now() - reader.waitsSince > longestSilenceMilliseconds) response.destroy();
    return;
  }
  reader.waitsSince = undefined;
  if (seen === reader.sent) return;
  reader.sent = seen;
  response.write(`data: ${seen}\n\n`);
}
