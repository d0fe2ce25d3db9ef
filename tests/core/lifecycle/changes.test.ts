/**
 * Every member of every argument that can start a refresh, made from the definitions: set, changed, left out, never set.
 * What the state records goes through the same functions that write it.
 */
import { z } from "zod";
import { cloudModule, registeredClouds } from "../../../src/clouds";
import type { CloudModule, Refresh } from "../../../src/core/cloud";
import { definitionOf } from "../../../src/core/definition/arguments";
import { argumentsOf, diff } from "../../../src/core/lifecycle/compare";
import { importedProperties, propertiesOf, withArguments } from "../../../src/core/lifecycle/state";
import { type Leaf, leavesOf } from "../../pins/values";

type Properties = Record<string, unknown>;

/** A refresh that ended well, whose arguments the cloud echoes like this. */
const ended = (echo: Properties) =>
  ({
    id: "ir-1",
    status: "Successful",
    stage: "successful",
    ended: true,
    fraction: 1,
    arguments: echo,
    outputs: {},
  }) as unknown as Refresh;

/** What the state holds after a program asked for this, and the cloud echoed the same and more. */
const stateOf = (cloud: CloudModule, asked: Properties, echo: Properties = asked) =>
  propertiesOf(cloud, asked, ended(echo));

function isOfKind(cloud: CloudModule, leaf: Leaf, kinds: Parameters<typeof argumentsOf>[1][]): boolean {
  return argumentsOf(cloud, ...kinds).includes(topOf(leaf));
}

const topOf = ({ path }: Leaf) => path.split(/[.[]/)[0] as string;

/** What the service assumes for a member, or counts as nothing: leaving it out says the same. */
function defaultsOf(cloud: CloudModule, { path }: Leaf): unknown[] {
  let schema = cloud.definition.arguments as z.ZodType;
  for (const part of path.replaceAll("[0]", "").split(".")) {
    let { schema: inner } = definitionOf(schema);
    if (inner instanceof z.ZodArray) inner = definitionOf(inner.element as z.ZodType).schema;
    schema = (inner as z.ZodObject).shape[part] as z.ZodType;
  }
  const { about } = definitionOf(schema);
  return [about?.serviceDefault, about?.leftOut].filter((each) => each !== undefined);
}

const isNothing = (value: unknown) => Array.isArray(value) && value.length === 0;
const spelled = (value: unknown, unordered: boolean) =>
  Array.isArray(value) && unordered ? String([...value].sort()) : String(value);

const UNORDERED = /(alarms|instanceGenerations|Manufacturers|Types|acceleratorNames)$/;
/** The order of these says which is tried first. */
const ORDERED = /targetCapacityTypes$/;

describe.each(registeredClouds())("%s", (key) => {
  test("what was set and is changed or left out, and what is set again, is a change of that argument", async () => {
    const cloud = await cloudModule(key);
    let cases = 0;
    const wrong: string[] = [];
    for (const startOn of ["anyChange", "configurationChange"]) {
      for (const leaf of leavesOf(cloud.definition.arguments)) {
        if (!isOfKind(cloud, leaf, ["group", "configuration", "preference", "trigger"])) continue;
        const starts = startOn === "anyChange" || !isOfKind(cloud, leaf, ["preference"]);
        const defaults = defaultsOf(cloud, leaf);
        const unordered = UNORDERED.test(leaf.path) && !ORDERED.test(leaf.path);
        const states = [...leaf.values, undefined];
        for (const before of states) {
          for (const after of states) {
            const [from, to] = [before, after].map((value) => (value === undefined ? {} : leaf.build(value)));
            // An entry of a list is there or not, whatever is in it.
            const isInList = leaf.path.includes("[0]");
            const isLeftOut = (value: unknown) =>
              value === undefined || isNothing(value) || (!isInList && defaults.includes(value));
            const isSame =
              topOf(leaf) === "triggers"
                ? before === after
                : (isLeftOut(before) && isLeftOut(after)) || spelled(before, unordered) === spelled(after, unordered);
            const { replaces, updates } = diff(cloud, stateOf(cloud, { startOn, ...from }), { startOn, ...to });
            const found = [...replaces.map((name) => `replace ${name}`), ...updates.map((name) => `update ${name}`)];
            const expected = isSame ? [] : [`${starts ? "replace" : "update"} ${topOf(leaf)}`];
            cases++;
            if (String(found) !== String(expected))
              wrong.push(`${startOn}: ${leaf.path} ${before} -> ${after}: ${found} instead of ${expected}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(key === "ess" ? 250 : 1_000);
  });

  test("what was never set is no change, whatever the cloud echoes, and after an import too", async () => {
    const cloud = await cloudModule(key);
    for (const leaf of leavesOf(cloud.definition.arguments)) {
      if (!isOfKind(cloud, leaf, ["group", "configuration", "preference"])) continue;
      for (const value of leaf.values) {
        const echo = leaf.build(value);
        for (const state of [stateOf(cloud, {}, echo), importedProperties(cloud, {}, ended(echo))]) {
          expect([leaf.path, diff(cloud, state, {})]).toEqual([leaf.path, { replaces: [], updates: [] }]);
          expect([leaf.path, diff(cloud, state, echo)]).toEqual([leaf.path, { replaces: [], updates: [] }]);
        }
      }
    }
  });

  test("what a program says of an imported refresh is asked from then on: leaving it out again is a change", async () => {
    const cloud = await cloudModule(key);
    const [leaf] = leavesOf(cloud.definition.arguments).filter((each) => isOfKind(cloud, each, ["configuration"]));
    if (!leaf) throw new Error(`${key} has no configuration`);
    const asked = leaf.build(leaf.values[0]);
    const imported = importedProperties(cloud, {}, ended(asked));
    const updated = withArguments(cloud, imported, asked);
    expect(diff(cloud, updated, asked)).toEqual({ replaces: [], updates: [] });
    expect(diff(cloud, updated, {}).replaces).toEqual([topOf(leaf)]);
  });

  test("a preference that is taken back under configurationChange is taken back in the state too", async () => {
    const cloud = await cloudModule(key);
    const [leaf] = leavesOf(cloud.definition.arguments).filter((each) => isOfKind(cloud, each, ["preference"]));
    if (!leaf) throw new Error(`${key} has no preference`);
    const policies = { startOn: "configurationChange" };
    const recorded = stateOf(cloud, { ...policies, ...leaf.build(leaf.values[1]) });
    expect(diff(cloud, recorded, policies).updates).toEqual([topOf(leaf)]);
    const updated = withArguments(cloud, recorded, policies);
    expect(diff(cloud, updated, policies)).toEqual({ replaces: [], updates: [] });
  });
});

test.each(["", undefined, null, 7])("a recorded status of %p is never settled", async (status) => {
  const cloud = await cloudModule("ess");
  for (const asked of [{}, { waitForCompletion: false }, { status: "Cancelled" }])
    expect(diff(cloud, { echoed: [], status }, asked).updates).toContain("status");
});

test("a request that found nothing to refresh is made again by every run", async () => {
  const cloud = await cloudModule("ess");
  expect(
    diff(cloud, { echoed: [], status: "NothingRefreshed", scalingGroupId: "asg-1" }, { scalingGroupId: "asg-1" }),
  ).toEqual({ replaces: ["status"], updates: [] });
});
