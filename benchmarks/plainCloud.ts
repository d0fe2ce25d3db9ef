import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that answers anything at once. */
export async function plainCloud() {
  const body = JSON.stringify({ RequestId: "none", TotalCount: 0, Items: [] });
  const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(200, { "content-length": body.length }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}
