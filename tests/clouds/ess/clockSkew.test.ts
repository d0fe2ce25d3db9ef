import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "../../../src/clouds/ess/client";

const HOUR_MS = 3_600_000;
/** Requests are refused that are signed for a time that is off by more than this. */
const MOST_SKEW_MS = 15 * 60_000;

let server: Server;
afterEach(() => void server.close());

/** A server whose clock is an hour ahead of this machine's. */
async function serverAhead(tellsTime: boolean): Promise<{ url: string; times: number[] }> {
  const times: number[] = [];
  server = createServer((request, response) => {
    request.resume();
    const now = Date.now() + HOUR_MS;
    const skew = Date.parse(String(request.headers["x-acs-date"])) - now;
    times.push(skew);
    response.sendDate = false;
    if (tellsTime) response.setHeader("date", new Date(now).toUTCString());
    const isExpired = Math.abs(skew) > MOST_SKEW_MS;
    response.statusCode = isExpired ? 400 : 200;
    response.end(
      JSON.stringify(
        isExpired
          ? { Code: "InvalidTimeStamp.Expired", Message: "Specified time stamp or date value is expired." }
          : { InstanceRefreshTasks: [] },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, times };
}

const clientAt = (endpoint: string) =>
  createClient("cn-hangzhou", { endpoint, credentials: { accessKeyId: "id", secretAccessKey: "secret" } });
const request = { regionId: "cn-hangzhou", scalingGroupId: "asg-1" };

test("a machine whose clock is off by an hour calls by the server's clock from the second call on", async () => {
  const { url, times } = await serverAhead(true);
  const client = clientAt(url);
  const error = await client.describeInstanceRefreshes(request).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "InvalidTimeStamp.Expired", kind: "passing" });
  expect(await client.describeInstanceRefreshes(request)).toEqual({ instanceRefreshTasks: [] });
  expect(Math.abs(times[1] ?? HOUR_MS)).toBeLessThan(60_000);
  expect(Math.abs(client.clock.aheadMs - HOUR_MS)).toBeLessThan(60_000);
});

test("a server that does not tell its time leaves it to the person, who is told what is wrong", async () => {
  const { url } = await serverAhead(false);
  const error = await clientAt(url)
    .describeInstanceRefreshes(request)
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ next: expect.stringContaining("set this machine's clock") });
});
