/**
 * What a change of the arguments calls for, as it is today. A snapshot differs when a decision changes: some shall, on
 * purpose (`jest -u` then, and the change belongs in the CHANGELOG). Moving or renaming code changes none.
 */
import { cloudModule } from "../../src/clouds";
import { diff } from "../../src/core/lifecycle/compare";
import { everything, leavesOf } from "./values";

type Properties = Record<string, unknown>;

const DONE = { echoed: [], status: "Successful" };
const START_ON = ["anyChange", "configurationChange"] as const;

describe.each(["ess", "autoscaling"])("a change of the arguments of %s", (key) => {
  /** Both values of `startOn` on one line; a policy that is the same on both sides changes nothing by itself. */
  async function decisions(recorded: Properties, asked: Properties): Promise<string> {
    const cloud = await cloudModule(key);
    const under = START_ON.map((startOn) => decision(diff(cloud, { startOn, ...recorded }, { startOn, ...asked })));
    expect(under).toContain(decision(diff(cloud, recorded, asked)));
    return under[0] === under[1] ? `${under[0]}` : `${under[0]} (anyChange), ${under[1]} (configurationChange)`;
  }

  async function table(rows: [title: string, recorded: Properties, asked: Properties][]): Promise<Properties> {
    const lines = rows.map(async ([title, recorded, asked]) => [title, await decisions(recorded, asked)]);
    return Object.fromEntries(await Promise.all(lines));
  }

  test("to another value, to one from none, and to none", async () => {
    const cloud = await cloudModule(key);
    const rows = leavesOf(cloud.definition.arguments).flatMap(({ path, values, build }) => {
      const states = [...values.map((value) => [text(value), build(value)] as const), ["none", {}] as const];
      return states.flatMap(([from, before], index) =>
        states
          // Every change of the first value, every return to it, and everything set again or removed.
          .filter((_, other) => index === 0 || other === 0 || index === values.length || other === values.length)
          .map(([to, after]): [string, Properties, Properties] => [
            `${path}: ${from} -> ${to}`,
            { ...DONE, ...before },
            // `status` is the cloud's word in what is recorded, and a request in what is asked.
            after,
          ]),
      );
    });
    expect(await table(rows)).toMatchSnapshot();
  });

  test("when each status is recorded", async () => {
    const cloud = await cloudModule(key);
    const requests: [string, Properties][] = [
      ["nothing else", {}],
      ["waitForCompletion: false", { waitForCompletion: false }],
      ["hold", { hold: true }],
    ];
    const rows = [...Object.keys(cloud.statuses), "Held", "NeverHeardOf", undefined].flatMap((status) => [
      ...requests.flatMap(([request, policies]): [string, Properties, Properties][] => [
        [`${status}, with ${request}`, { status, ...policies }, policies],
        [`${status}, as it was asked for, with ${request}`, { status, requestedStatus: status, ...policies }, policies],
      ]),
      ...["Cancelled", "RollbackSuccessful"].map((asked): [string, Properties, Properties] => [
        `${status}, and ${asked} is asked for`,
        { status },
        { status: asked },
      ]),
      [`${status}, and waiting is turned off`, { status }, { waitForCompletion: false }] as [
        string,
        Properties,
        Properties,
      ],
      [`${status}, and waiting is turned on`, { status, waitForCompletion: false }, {}] as [
        string,
        Properties,
        Properties,
      ],
    ]);
    expect(await table(rows)).toMatchSnapshot();
  });

  test("while hold is set, and when it is lifted", async () => {
    const cloud = await cloudModule(key);
    const top = [...new Map(leavesOf(cloud.definition.arguments).map((leaf) => [leaf.path.split(/[.[]/)[0], leaf]))];
    const rows = top
      .filter(([name]) => name !== "hold" && name !== "status")
      .flatMap(([name, { build, values }]): [string, Properties, Properties][] => {
        const [before, after] = [build(values[0]), build(values[1])];
        return [
          [`${name} changes while hold is set`, { ...DONE, ...before, hold: true }, { ...after, hold: true }],
          [`${name} changes with hold`, { ...DONE, ...before }, { ...after, hold: true }],
          [`${name} changes as hold is lifted`, { ...DONE, ...before, hold: true }, after],
          [`${name} changes as hold of the first refresh is lifted`, { status: "Held", ...before, hold: true }, after],
        ];
      });
    expect(await table(rows)).toMatchSnapshot();
  });

  test("to all that there is, from nothing, and back", async () => {
    const cloud = await cloudModule(key);
    const all = everything(
      leavesOf(cloud.definition.arguments).filter(({ path }) => path !== "hold"),
      0,
    );
    const other = everything(
      leavesOf(cloud.definition.arguments).filter(({ path }) => path !== "hold"),
      1,
    );
    const rows: [string, Properties, Properties][] = [
      ["nothing -> all", DONE, all],
      ["all -> nothing", { ...all, ...DONE }, {}],
      ["all -> all", { ...all, ...DONE }, { ...all, status: "Successful" }],
      ["all -> all others", { ...all, ...DONE }, other],
    ];
    expect(await table(rows)).toMatchSnapshot();
  });
});

test("of autoscaling to another spelling", async () => {
  const cloud = await cloudModule("autoscaling");
  const template = (launchTemplate: object) => ({ desiredConfiguration: { launchTemplate } });
  const preferences = (given: object) => ({ preferences: given });
  const rows: [string, Properties, Properties][] = [
    ["a number in a string", preferences({ instanceWarmup: 300 }), preferences({ instanceWarmup: "300" })],
    ["a version in a string", template({ id: "lt-1", version: "7" }), template({ id: "lt-1", version: 7 })],
    [
      "the name of an echoed template",
      template({ id: "lt-1", name: "web", version: "7" }),
      template({ name: "web", version: "7" }),
    ],
    ["the name of a template known by id only", template({ id: "lt-1" }), template({ name: "web" })],
    [
      "a part of an echo with defaults",
      preferences({ minHealthyPercentage: 90, checkpointDelay: 3600, skipMatching: false, autoRollback: false }),
      preferences({ minHealthyPercentage: 90 }),
    ],
    [
      "a member more",
      preferences({ minHealthyPercentage: 90 }),
      preferences({ minHealthyPercentage: 90, bakeTime: 60 }),
    ],
    [
      "alarms in another order",
      preferences({ alarmSpecification: { alarms: ["a", "b"] } }),
      preferences({ alarmSpecification: { alarms: ["b", "a"] } }),
    ],
    ["an empty object", {}, { preferences: {}, desiredConfiguration: {} }],
    ["an empty list", {}, preferences({ checkpointPercentages: [] })],
  ];
  const lines = rows.map(([title, recorded, asked]) => [
    title,
    decision(diff(cloud, { ...DONE, startOn: "anyChange", ...recorded }, { startOn: "anyChange", ...asked })),
  ]);
  expect(Object.fromEntries(lines)).toMatchSnapshot();
});

function decision({ replaces, updates }: { replaces: string[]; updates: string[] }): string {
  const parts = [
    ...(replaces.length > 0 ? [`replaces ${replaces.join(" ")}`] : []),
    ...(updates.length > 0 ? [`updates ${updates.join(" ")}`] : []),
  ];
  return parts.join(", ") || "nothing";
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
