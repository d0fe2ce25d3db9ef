import type { GroupSnapshot, Limits, PlannedRefresh } from "../../src/core/snapshot";
import { forecastRefresh } from "../../src/forecast/forecast";
import { forecastText } from "../../src/forecast/forecastText";
import { aGroup, anInstance } from "./groups";

type Case = [
  what: string,
  group: GroupSnapshot,
  preferences: PlannedRefresh["preferences"],
  limits: Limits,
  said: RegExp,
];

const warnings = (group: GroupSnapshot, preferences: PlannedRefresh["preferences"], limits: Limits = {}) =>
  forecastRefresh(group, { preferences }, limits).forecast.warnings.map(({ text }) => text);

test.each<Case>([
  ["the only instance goes first", aGroup("autoscaling", 1), {}, {}, /only instance is taken out of service before/],
  [
    "the only instance and no room above",
    aGroup("ess", 1),
    { minHealthyPercentage: 100, maxHealthyPercentage: 100 },
    {},
    /leaves no room for another/,
  ],
  [
    "a minimum that cannot be kept",
    aGroup("autoscaling", 5),
    { minHealthyPercentage: 100 },
    {},
    /at least 5 should stay ready.*falls to 4/,
  ],
  [
    "a minimum of 100 percent without a maximum, of which the pages say two things",
    aGroup("autoscaling", 1),
    { minHealthyPercentage: 100 },
    {},
    /pages disagree.*terminated first, as forecast here.*launched first/,
  ],
  ["nothing is ready for a time", aGroup("autoscaling", 5), { minHealthyPercentage: 0 }, {}, /no instance is ready/],
  [
    "a small group skips a checkpoint",
    aGroup("ess", 3),
    { checkpoints: [5, 30, 100], checkpointPauseSeconds: 60 },
    {},
    /checkpoint of 5 percent is skipped/,
  ],
  [
    "the last checkpoint leaves a rest",
    aGroup("autoscaling", 10),
    { checkpoints: [20, 50] },
    {},
    /last checkpoint is 50 percent/,
  ],
  [
    "standby blocks",
    aGroup("autoscaling", [anInstance(), anInstance(), anInstance({ standby: true })]),
    {},
    {},
    /1 instance is protected.*waits 1 h/,
  ],
  ["weights replace everything", aGroup("autoscaling", 4, { newWeights: [1, 4] }), {}, {}, /may weigh 4.*at once/],
  [
    "every instance is up to date, and is replaced all the same",
    aGroup("autoscaling", [anInstance({ matches: true }), anInstance({ matches: true })]),
    { skipMatching: false },
    {},
    /2 of 2 instances run this configuration already/,
  ],
  [
    "a group that is still filling",
    aGroup("ess", [], { desiredCapacity: 3, maxSize: 6 }),
    {},
    {},
    /only 0 of 3 are in service now: wait/,
  ],
  [
    "one instance that weighs most of the capacity",
    aGroup("ess", [anInstance({ weight: 4 })], { newWeights: [4], desiredCapacity: 4 }),
    { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
    {},
    /weighs so much of the capacity. Allow the group to grow/,
  ],
  ["too little time", aGroup("ess", 10), {}, { timeoutSeconds: 200 }, /wait of 3 min 20 s will be over/],
  ["credentials that expire", aGroup("ess", 10), {}, { credentialsSeconds: 200 }, /expire in 3 min 20 s/],
  [
    "instances that may match or not",
    aGroup("ess", [anInstance({ matches: undefined }), anInstance()]),
    {},
    {},
    /of 1 instances it is not known/,
  ],
])("warns: %s", (_what, group, preferences, limits, said) => {
  expect(warnings(group, preferences, limits)).toEqual(expect.arrayContaining([expect.stringMatching(said)]));
});

test.each<[string, GroupSnapshot, PlannedRefresh["preferences"]]>([
  ["an ordinary group", aGroup("ess", 10), {}],
  ["the defaults of the other cloud", aGroup("autoscaling", 10), {}],
  ["checkpoints that each instance reaches", aGroup("ess", 10), { checkpoints: [10, 50, 100] }],
  ["an only instance with room above", aGroup("ess", 1), { minHealthyPercentage: 100, maxHealthyPercentage: 200 }],
  ["protected instances that are ignored", aGroup("ess", [anInstance(), anInstance({ protected: true })]), {}],
  ["a weight that does not count under ESS", aGroup("ess", 4, { newWeights: [4] }), {}],
])("says nothing about %s", (_what, group, preferences) => {
  expect(warnings(group, preferences, { timeoutSeconds: 86_400, credentialsSeconds: 86_400 })).toEqual([]);
});

test.each([
  [1, "the only instance is out of service while its root volume is replaced, and no other is launched."],
  [
    2,
    "at least 2 should stay ready, but an instance is out of service while its root volume is replaced, and no other is launched: capacity falls to 1.",
  ],
])("does not advise to launch first where root volumes are replaced in a group of %i", (instances, said) => {
  const refresh = { strategy: "ReplaceRootVolume" as const, preferences: {} };
  const { forecast } = forecastRefresh(aGroup("autoscaling", instances), refresh);
  expect(forecast.warnings.map(({ text }) => text)).toEqual([said]);
});

test.each(["autoscaling", "ess"] as const)(
  "promises and advises nothing where all instances of %s are launching",
  (cloud) => {
    const { forecast } = forecastRefresh(aGroup(cloud, [], { desiredCapacity: 3, maxSize: 6 }), { preferences: {} });
    const said = forecastText(forecast).join("\n");
    expect(said).toContain("only 0 of 3 are in service now: wait until the group has its capacity");
    expect(said).not.toMatch(/never fewer than 0 of 3|Raise the minimum/i);
  },
);
