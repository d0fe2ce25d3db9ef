import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer, type Server as SecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Reply } from "./exchange";
import type { HttpAnswer, HttpRequest } from "./service";

const largestBody = 1024 * 1024;

export interface Tls {
  readonly key: string;
  readonly cert: string;
}

export interface Listening {
  readonly url: string;
  readonly secureUrl: string | undefined;
  /** Ends every connection, also those of slow answers. */
  close(): Promise<void>;
}

export interface Handlers {
  /** Whether a Host or an Origin is the emulator's. */
  isOwnHost(host: string): boolean;
  /** Headers of every answer. */
  headers(): Readonly<Record<string, string>>;
  /** Answers what a browser asks for; false for every request that is for `reply`. */
  serve(incoming: IncomingMessage, response: ServerResponse): boolean;
  reply(request: HttpRequest): Reply;
  /** Is told of every exception: none ends the process. */
  onError(error: unknown): void;
}

/** A client that was held up, on a busy machine or by what it computes, still finds its connection: Node closes it after five seconds. */
const connections = { keepAliveTimeout: 600_000 };

/** Listens on the loopback interface only, with `tls` at a further free port over HTTPS. Port 0: a free one. */
export async function listen(port: number, tls: Tls | undefined, handlers: Handlers): Promise<Listening> {
  const pending = new Set<NodeJS.Timeout>();
  const listener: RequestListener = (incoming, response) => {
    handle(handlers, incoming, response, pending).catch((error) => {
      handlers.onError(error);
      if (response.headersSent) incoming.socket.destroy();
      else refuse(response, 500, "The emulator failed.");
    });
  };
  const plain = createServer(connections, listener);
  const secure = tls && createSecureServer({ ...tls, ...connections }, listener);
  return {
    url: `http://127.0.0.1:${await portOf(plain, port)}`,
    secureUrl: secure && `https://127.0.0.1:${await portOf(secure, 0)}`,
    close: async () => {
      for (const timer of pending) clearTimeout(timer);
      await Promise.all([stop(plain), secure && stop(secure)]);
    },
  };
}

async function portOf(server: Server | SecureServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function handle(
  handlers: Handlers,
  incoming: IncomingMessage,
  response: ServerResponse,
  pending: Set<NodeJS.Timeout>,
): Promise<void> {
  const { host = "", origin } = incoming.headers;
  for (const [name, value] of Object.entries(handlers.headers())) response.setHeader(name, value);
  if (!handlers.isOwnHost(host) || (origin !== undefined && !handlers.isOwnHost(origin))) {
    return refuse(response, 421, "The request is not for this emulator: its Host or its Origin is another.");
  }
  if (handlers.serve(incoming, response)) return;
  const request = await read(incoming).catch(() => undefined);
  if (!request) return refuse(response, 400, "The request could not be read.");
  const { answer, delayMilliseconds } = handlers.reply(request);
  if (delayMilliseconds > 0) await sleep(delayMilliseconds, pending);
  if (answer) send(response, request.method, answer);
  else incoming.socket.destroy();
}

/** Never settles when the emulator is closed before. */
function sleep(milliseconds: number, pending: Set<NodeJS.Timeout>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      pending.delete(timer);
      resolve();
    }, milliseconds);
    pending.add(timer);
  });
}

function send(response: ServerResponse, method: string, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(method === "HEAD" ? undefined : body);
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

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain", connection: "close" });
  response.end(`${message}\n`);
}

function stop(server: Server | SecureServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
