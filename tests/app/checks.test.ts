import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { measure } from "../../src/app/checks/measure";
import { analysisOf } from "../../src/core/analysis/policy";
import type { AnalysisArguments } from "../../src/core/definition/analysisArguments";

const TOKEN = "a-secret-token";
let server: Server;
let address: string;
let status = 200;
let body = "";
let asked: { url: string; method: string; token: string | undefined }[] = [];
let isSilent = false;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = "", method = "", headers } = request;
    asked.push({ url, method, token: headers["x-token"] as string | undefined });
    if (!isSilent) response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  [status, body, asked, isSilent] = [200, "", [], false];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const measured = async (check: Omit<AnalysisArguments["checks"][number], "name">) => {
  const analysis = analysisOf({ checks: [{ name: "web", timeout: "20s", ...check }] });
  const result = await measure(analysis?.checks[0] as never, new AbortController().signal);
  expect(JSON.stringify(result)).not.toContain(TOKEN);
  return result;
};

describe("http", () => {
  const http = (more: object = {}, url = `${address}/health`) => measured({ http: { url, ...more } });

  test.each([
    [200, {}, "passed"],
    [204, {}, "passed"],
    [302, {}, "failed"],
    [503, {}, "failed"],
    [503, { expectStatus: 503 }, "passed"],
    [200, { expectStatus: 503 }, "failed"],
    [200, { expectBody: "well" }, "passed"],
    [200, { expectBody: "ill" }, "failed"],
  ])("status %i with %j is %s", async (answered, more, outcome) => {
    [status, body] = [answered, "all is well"];
    expect(await http(more)).toMatchObject({ outcome, value: expect.stringContaining(`HTTP ${answered}`) });
  });

  test("method and headers are sent", async () => {
    await http({ method: "HEAD", headers: { "x-token": TOKEN } });
    expect(asked).toEqual([{ url: "/health", method: "HEAD", token: TOKEN }]);
  });

  test("a service that is silent, or not there, has failed; one that speaks no TLS is inconclusive", async () => {
    isSilent = true;
    const silent = await measured({ timeout: "300ms", http: { url: address } });
    expect(silent).toEqual({ outcome: "failed", value: "no answer (TIMEOUT)" });
    expect(await http({}, "http://127.0.0.1:1/")).toEqual({ outcome: "failed", value: "no answer (ECONNREFUSED)" });
    expect((await http({}, `${address.replace("http", "https")}/${TOKEN}`)).outcome).toBe("inconclusive");
  });
});

describe("prometheus", () => {
  const prometheus = (more: object) =>
    measured({ prometheus: { address: `${address}/`, query: "up{a='b'} > 1", ...more } });
  const vector = (...values: string[]) =>
    JSON.stringify({
      status: "success",
      data: { resultType: "vector", result: values.map((value) => ({ metric: {}, value: [1, value] })) },
    });

  test.each([
    [vector("4"), { max: 5 }, "passed", "4 (max 5)"],
    [vector("6"), { max: 5 }, "failed", "6 (max 5)"],
    [vector("1", "6"), { min: 0, max: 5 }, "failed", "6 (min 0, max 5)"],
    [vector("-1"), { min: 0 }, "failed", "-1 (min 0)"],
    [vector("+Inf"), { max: 5 }, "failed", "Infinity (max 5)"],
    [vector("NaN"), { max: 5 }, "inconclusive", "no data"],
    [vector(), { max: 5 }, "inconclusive", "no data"],
    [
      JSON.stringify({ status: "success", data: { resultType: "scalar", result: [1, "2"] } }),
      { max: 5 },
      "passed",
      "2 (max 5)",
    ],
    [JSON.stringify({ status: "error", error: TOKEN }), { max: 5 }, "inconclusive", "no answer of Prometheus"],
    ["<html>", { max: 5 }, "inconclusive", "no answer of Prometheus"],
  ])("%s with %j is %s", async (answered, more, outcome, value) => {
    body = answered;
    expect(await prometheus({ headers: { "x-token": TOKEN }, ...more })).toEqual({ outcome, value });
    expect(asked).toEqual([
      {
        url: `/api/v1/query?query=${new URLSearchParams({ q: "up{a='b'} > 1" }).toString().slice(2)}`,
        method: "GET",
        token: TOKEN,
      },
    ]);
  });

  test("a server that refuses is inconclusive", async () => {
    [status, body] = [503, TOKEN];
    expect(await prometheus({ max: 5 })).toEqual({ outcome: "inconclusive", value: "HTTP 503 of Prometheus" });
  });
});

describe("command", () => {
  const command = (code: string, more: object = {}) =>
    measured({ command: { run: [process.execPath, "-e", code, "$HOME; exit 3"], ...more } });

  test.each([
    [0, "passed"],
    [1, "failed"],
    [2, "inconclusive"],
  ])("exit code %i is %s", async (code, outcome) => {
    expect(await command(`console.log("${TOKEN}"); process.exit(${code})`)).toEqual({ outcome, value: `exit ${code}` });
  });

  test("the environment is given, beside that of the deployment, and no shell reads the arguments", async () => {
    const code = `process.exit(process.env.T === "${TOKEN}" && process.env.PATH && process.argv[1] === "$HOME; exit 3" ? 0 : 1)`;
    expect((await command(code, { environment: { T: TOKEN } })).outcome).toBe("passed");
  });

  test("a program that is not there, or that does not end, is inconclusive", async () => {
    expect(await measured({ command: { run: [`/nowhere/${TOKEN}`] } })).toEqual({
      outcome: "inconclusive",
      value: "ENOENT",
    });
    const endless = { run: [process.execPath, "-e", "setInterval(() => {}, 1000)"] };
    expect((await measured({ timeout: "300ms", command: endless })).outcome).toBe("inconclusive");
  });
});
