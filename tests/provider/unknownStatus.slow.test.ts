/**
 * A refresh whose status is missing, empty, or not known to this version, on the wire, in every operation
 * of both hosts: never settled, never forgotten, never started twice, and no operation hangs.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CloudName, Properties } from "./pluginProtocol";
import { dynamicHost, pluginHost, type State, type TestedHost } from "./testedHost";

/** What stands where the status was, in the words of JSON and of XML. */
const STATUSES = { missing: undefined, empty: "", unknown: "Meditating", hostile: "constructor" } as const;
const HOSTS = { dynamic: dynamicHost, plugin: pluginHost };
const CASES = (["ess", "autoscaling"] as const).flatMap((name) =>
  (["dynamic", "plugin"] as const).flatMap((host) =>
    (Object.keys(STATUSES) as (keyof typeof STATUSES)[]).map((status) => [name, host, status] as const),
  ),
);

let server: Server | undefined;
let host: TestedHost;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await host.close();
});

/** The emulator, but for the status of each refresh that it describes. Its address. */
async function rewriting(name: CloudName, status: string | undefined): Promise<string> {
  const rewritten = (text: string) => {
    if (!text.includes(name === "ess" ? '"InstanceRefreshTasks"' : "<InstanceRefreshes>")) return text;
    if (name === "ess")
      return text.replace(/"Status":"\w*",?/g, status === undefined ? "" : `"Status":${JSON.stringify(status)},`);
    return text.replace(/<Status>\w*<\/Status>/g, status === undefined ? "" : `<Status>${status}</Status>`);
  };
  server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { request } = await import("node:http");
    const { port } = new URL(host.emulator.url);
    const forwarded = request(
      { port, host: "127.0.0.1", path: incoming.url, method: incoming.method, headers: incoming.headers },
      async (answer) => {
        let text = "";
        for await (const chunk of answer) text += chunk;
        const { "content-length": _, "transfer-encoding": __, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 500, headers).end(rewritten(text));
      },
    );
    forwarded.end(Buffer.concat(chunks));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const started = () =>
  host.emulator.requests.filter(({ operation, acted }) => operation === "StartInstanceRefresh" && acted).length;

describe.each(CASES)("%s, %s host: a status that is %s", (name, kind, which) => {
  let args: Properties;
  let odd: Properties;
  beforeEach(async () => {
    host = await HOSTS[kind](name);
    const { region } = host.cloud.settings;
    const asked = await host.cloud.argumentsFor(host.group, "second");
    args = { ...asked, connection: { region, endpoint: host.emulator.url } };
    odd = { ...asked, connection: { region, endpoint: await rewriting(name, STATUSES[which]) } };
  });

  /** The state of a refresh that runs, as an earlier run left it. */
  async function running(more: Properties = {}): Promise<State> {
    const { state } = await host.create({ ...args, ...more, waitForCompletion: false });
    await host.newProcess();
    return state as State;
  }

  test("ends no operation well, and each keeps the refresh", async () => {
    const failed = await host.create(odd);
    expect(failed.failure).toMatch(/\nNext: /);
    const state = failed.state as State;
    expect(state.id).toBeTruthy();

    await host.newProcess();
    for (const asked of [odd, { ...odd, waitForCompletion: false }, { ...odd, status: "Cancelled" }])
      expect(await host.diff(state, odd, asked)).toEqual({ changes: true, replaces: [] });
    for (const asked of [odd, { ...odd, status: "Cancelled" }]) {
      const updated = await host.update(state, asked);
      expect(updated).toMatchObject({ failure: expect.stringMatching(/\nNext: /), state: { id: state.id } });
      expect(await host.diff(updated.state as State, asked, asked)).toMatchObject({ changes: true });
    }
    const read = (await host.read(state, odd)) as State;
    expect(read.id).toBe(state.id);
    expect(await host.diff(read, odd, odd)).toMatchObject({ changes: true });
    expect(started()).toBe(1);
  });

  test("does not hide a refresh from the next run after a kill", async () => {
    const { id } = await running();
    const found = await host.create(odd);
    expect(found.state?.id).toBe(id);
    expect(await host.cloud.refreshes(host.group)).toHaveLength(1);
  });

  test("is no reason to take `onDelete` for done", async () => {
    const { id, properties } = await running({ onDelete: "cancel" });
    const deleted = host.delete({ id, properties: { ...properties, ...odd, onDelete: "cancel" } });
    await expect(deleted).rejects.toThrow(/status that this version does not know.*\nNext: /s);
  });
});
