/**
 * The client tokens of Starts of ESS, as they are today. A process that died after its Start is continued by the next one,
 * maybe of another version: it finds its refresh by the same token. Moving or renaming code changes none.
 */
import { cloudModule } from "../../src/clouds";
import { requestArguments } from "../../src/core/lifecycle/compare";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { Scheduler } from "../../src/core/polling/scheduler";
import { VirtualClock } from "../virtualClock";
import { type RecordingServer, recordingServer } from "./recordingServer";
import { everything, leavesOf } from "./values";

type Properties = Record<string, unknown>;

const GROUP = "asg-web";
const URN = "urn:pulumi:production::shop::instance-refresh:ess:InstanceRefresh::web";

let server: RecordingServer;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());

/** The token that a create of the resource sends, in a process of its own. */
async function tokenOf(args: Properties, predecessor?: string, urn = URN): Promise<string> {
  const clock = new VirtualClock();
  const tools = { clock, random: () => 0, scheduler: new Scheduler({ clock, random: () => 0 }) };
  const lifecycle = new Lifecycle(await cloudModule("ess"), tools);
  const asked = { scalingGroupId: GROUP, ...args };
  if (predecessor !== undefined) lifecycle.diff({ id: predecessor, properties: {} }, asked, urn);
  const settings = {
    region: "cn-hangzhou",
    endpoint: server.url,
    credentials: { accessKeyId: "key", secretAccessKey: "secret" },
  };
  const before = server.starts.length;
  await lifecycle.create(asked, {
    urn,
    settings,
    timeoutSeconds: 3600,
    signal: new AbortController().signal,
    progress: () => {},
    notice: () => {},
  });
  expect(server.starts.length).toBe(before + 1);
  return server.starts.at(-1)?.ClientToken as string;
}

/** Leaves of the arguments that a token is made from, and of those that it is not. */
async function leaves() {
  const cloud = await cloudModule("ess");
  const counted = new Set([...requestArguments(cloud), "triggers"]);
  const nameOf = (path: string) => path.split(/[.[]/)[0] as string;
  // These decide whether there is a Start at all, and where it goes to.
  const others = new Set(["status", "hold", "windows", "freezes", "connection"]);
  const all = leavesOf(cloud.definition.arguments);
  return {
    request: all.filter(({ path }) => counted.has(nameOf(path))),
    policies: all.filter(({ path }) => !counted.has(nameOf(path)) && !others.has(nameOf(path))),
  };
}

test("each request has its token, another one as the successor of a refresh", async () => {
  const { request } = await leaves();
  const requests: [string, Properties][] = [
    ["nothing but the group", {}],
    ["all arguments at once", everything(request, 0)],
    ["all arguments at once, others", everything(request, 1)],
    ...request.map(({ path, values, build }): [string, Properties] => [
      `${path}: ${JSON.stringify(values[1])}`,
      build(values[1]),
    ]),
  ];
  const tokens: Record<string, string> = {};
  for (const [title, args] of requests) {
    tokens[title] = await tokenOf(args);
    tokens[`${title}, after ir-0`] = await tokenOf(args, "ir-0");
  }
  expect(new Set(Object.values(tokens)).size).toBe(requests.length * 2);
  expect(tokens).toMatchSnapshot();
});

test("the order in which a program names its arguments, and its policies, make no other token", async () => {
  const { request, policies } = await leaves();
  const args = everything(request, 0);
  const turned = Object.fromEntries(Object.entries(args).reverse());
  expect(await tokenOf({ ...turned, ...everything(policies, 1) })).toBe(await tokenOf(args));
});

test("resources of other names have other tokens", async () => {
  expect(await tokenOf({}, undefined, `${URN}-2`)).not.toBe(await tokenOf({}));
});
