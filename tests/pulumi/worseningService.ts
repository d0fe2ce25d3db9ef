/** A real service on this machine that is well for some requests, and then ill. It refuses requests without its token. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const TOKEN = "Bearer canary-of-a-header";

export interface WorseningService {
  /** A check that measures it. */
  readonly check: object;
  readonly token: string;
  close(): void;
}

/** @param good how many requests it answers well */
export async function worseningService(good: number): Promise<WorseningService> {
  let left = good;
  const server = createServer(({ headers }, response) => {
    const isKnown = headers.authorization === TOKEN;
    response.writeHead(isKnown && left-- > 0 ? 200 : 503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
  return {
    check: { name: "health", interval: "20s", failureLimit: 1, http: { url, headers: { authorization: TOKEN } } },
    token: TOKEN,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
