/** Serves the page, and nothing else, on the loopback interface. Its events need a token. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { EventsOptions } from "./events";
import { createHostCheck } from "./hosts";
import { createPage } from "./page";
import { createToken } from "./token";

export interface Dashboard {
  /** With the token in its fragment, which a browser sends to no server. */
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** @param port 0: a free one */
export async function serveDashboard(options: Omit<EventsOptions, "token">, port: number): Promise<Dashboard> {
  const token = createToken();
  const servePage = createPage({ ...options, token });
  const isOwnHost = createHostCheck();
  const server = createServer((request, response) => {
    const { host = "", origin } = request.headers;
    if (!isOwnHost(host) || (origin !== undefined && !isOwnHost(origin)))
      return refuse(response, 421, "The request is not for this dashboard: its Host or its Origin is another.");
    if (request.method !== "GET") return refuse(response, 405, "The dashboard only reads.");
    if (!servePage(request, response)) refuse(response, 404, "There is no such page.");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/#token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  response.end(`${message}\n`);
}
