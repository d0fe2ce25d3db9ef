/** What a cloud, or a server in its place, may answer: each ends in a clear error, soon, and with bounded memory. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CloudModule } from "../../src/core/cloud";
import { CloudError } from "../../src/core/cloud";
import { createEmulator } from "../../src/emulator";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";

const MOST_MEMORY = 400 * 1024 * 1024;
const DEEP = 20_000;

const entities = Array.from({ length: 12 }, (_, index) => {
  const inner = index === 0 ? "ha" : `&e${index - 1};`.repeat(12);
  return `<!ENTITY e${index} "${inner}">`;
}).join("");

const ANSWERS: Record<string, string> = {
  "an empty body": "",
  "a page of a proxy": "<html><body>Welcome</body></html>",
  "a number": "42",
  "a list": "[1,2,3]",
  null: "null",
  "XML that is never closed": "<DescribeInstanceRefreshesResponse><DescribeInstanceRefreshesResult>",
  "XML that is nested deeply": `${"<a>".repeat(DEEP)}${"</a>".repeat(DEEP)}`,
  "JSON that is nested deeply": `${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}`,
  "an XML bomb of entities": `<?xml version="1.0"?><!DOCTYPE x [${entities}]><DescribeInstanceRefreshesResponse>&e11;</DescribeInstanceRefreshesResponse>`,
  "wrong types of JSON": '{"InstanceRefreshTasks":{"InstanceRefreshTask":"x"},"NextToken":[1],"TotalCount":{}}',
  "wrong types of XML":
    "<DescribeInstanceRefreshesResponse><DescribeInstanceRefreshesResult>text</DescribeInstanceRefreshesResult></DescribeInstanceRefreshesResponse>",
  "30 MB of noise": "x".repeat(30 * 1024 * 1024),
};

let server: Server;
let body = "";
beforeAll(
  () =>
    new Promise<void>((resolve) => {
      server = createServer((request, response) => {
        request.resume();
        request.on("end", () => response.end(body));
      }).listen(0, "127.0.0.1", resolve);
    }),
);
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let cloud: CloudModule;
  let settings: object;
  beforeAll(async () => {
    const emulator = await createEmulator();
    const testCloud = (TEST_CLOUDS[name] as (typeof TEST_CLOUDS)[string])(emulator);
    await emulator.close();
    cloud = testCloud.cloud;
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    settings = { ...testCloud.settings, endpoint };
  });

  test.each(Object.keys(ANSWERS))("%s", async (what) => {
    body = ANSWERS[what] as string;
    const api = await cloud.connect(settings);
    const before = process.memoryUsage().rss;
    const answer = await api.start({ [cloud.groupArgument]: "asg-1" }, "token").catch((error: unknown) => error);
    expect(answer).toBeInstanceOf(CloudError);
    expect((answer as CloudError).message).toMatch(/^StartInstanceRefresh: /);
    expect((answer as CloudError).message.length).toBeLessThan(10_000);
    const looked = await api.refreshes("asg-1").catch((error: unknown) => error);
    if (Array.isArray(looked)) expect(looked).toEqual([]);
    else expect(looked).toBeInstanceOf(CloudError);
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY);
  });
});
