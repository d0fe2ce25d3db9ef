/**
 * A real service over HTTP that runs on the machines of a group: `/health`, and metrics as Prometheus answers them. From
 * when half of the machines are new, many of its requests fail.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestCloud } from "../../tests/clouds/testCloud";

export interface Service {
  readonly url: string;
  /** Machines that were not there at the beginning. */
  readonly newMachines: ReadonlySet<string>;
  readonly isIll: boolean;
  close(): void;
}

export async function serviceOn(cloud: TestCloud, group: string): Promise<Service> {
  const old = new Set(await cloud.instances(group));
  const newMachines = new Set<string>();
  let isIll = false;
  const server = createServer(async ({ url = "" }, response) => {
    const machines = await cloud.instances(group);
    const added = machines.filter((id) => !old.has(id));
    for (const id of added) newMachines.add(id);
    isIll ||= added.length * 2 >= machines.length;
    if (url.startsWith("/health")) return response.writeHead(isIll ? 503 : 200).end();
    const result = [{ metric: {}, value: [Date.now() / 1000, isIll ? "40" : "0.2"] }];
    return response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    newMachines,
    get isIll() {
      return isIll;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
