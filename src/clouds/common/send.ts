/** One HTTP request and its whole answer, bounded in time and size. */
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { ProxiedAgents } from "./proxy";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface SendOptions {
  readonly method: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** By Node's own agents when not given. */
  readonly agents?: ProxiedAgents;
  /** Until there is a connection, in milliseconds. */
  readonly connectTimeout: number;
  /** In all, in milliseconds: an answer that drips is not waited for longer. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** An error that has a code, and nothing of the request. */
class SendError extends Error {
  override readonly name = "SendError";
  constructor(readonly code: string) {
    super(code);
  }
}

export function send(
  url: URL,
  { body = "", signal, connectTimeout, timeout, agents, ...options }: SendOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const isPlain = url.protocol === "http:";
    const make = isPlain ? httpRequest : httpsRequest;
    const agent = (isPlain ? agents?.http : agents?.https)?.agentFor(
      `${url.hostname}:${url.port || (isPlain ? 80 : 443)}`,
    );
    const call = make(url, { ...options, ...(agent ? { agent } : {}) }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) call.destroy(new SendError("TOO_LONG"));
        else chunks.push(chunk);
      });
      response.on("error", fail);
      response.on("aborted", () => fail(new SendError("ECONNRESET")));
      response.on("end", () => {
        finish();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    const late = setTimeout(() => call.destroy(new SendError("TIMEOUT")), timeout);
    const unconnected = setTimeout(() => call.destroy(new SendError("ETIMEDOUT")), connectTimeout);
    const stop = () => call.destroy(new SendError("ABORTED"));
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
    const finish = () => {
      clearTimeout(late);
      clearTimeout(unconnected);
      signal?.removeEventListener("abort", stop);
    };
    function fail(error: unknown): void {
      finish();
      reject(error);
    }
    call.on("error", fail);
    call.on("socket", (socket) => {
      const connected = () => clearTimeout(unconnected);
      if (!socket.connecting) connected();
      else socket.once(isPlain ? "connect" : "secureConnect", connected);
    });
    call.end(body);
  });
}
