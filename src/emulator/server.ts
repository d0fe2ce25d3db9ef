import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Reply } from "./exchange";
import type { HttpRequest } from "./service";

const largestBody = 1024 * 1024;

export interface Listening {
  readonly url: string;
  /** Ends every connection, also those of slow answers. */
  close(): Promise<void>;
}

/** Listens on the loopback interface only. Port 0: a free one. `serve` says whether it has taken a request. */
export async function listen(
  port: number,
  reply: (request: HttpRequest) => Reply,
  serve: (incoming: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<Listening> {
  const pending = new Set<NodeJS.Timeout>();
  const server = createServer((incoming, response) => {
    if (serve(incoming, response)) return;
    read(incoming).then(
      (request) => {
        const { answer, delayMilliseconds } = reply(request);
        const send = () => {
          if (!answer) return incoming.socket.destroy();
          response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
          response.end(request.method === "HEAD" ? undefined : answer.body);
        };
        if (delayMilliseconds === 0) return send();
        const timer = setTimeout(() => {
          pending.delete(timer);
          send();
        }, delayMilliseconds);
        pending.add(timer);
      },
      () => refuse(response),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const timer of pending) clearTimeout(timer);
      return stop(server);
    },
  };
}

async function read(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBody) throw new RangeError("The body is too large.");
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(",")]),
  );
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", `http://${headers.host ?? "127.0.0.1"}`),
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(400, { "content-type": "text/plain", connection: "close" });
  response.end("The request could not be read.\n");
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
