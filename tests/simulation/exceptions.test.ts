import { advance } from "../../src/simulation/advance";
import {
  addManualInstances,
  enterStandby,
  exitStandby,
  makeUnhealthy,
  setProtection,
} from "../../src/simulation/capacity";
import type { Group, Preferences } from "../../src/simulation/model";
import { essRules } from "../../src/simulation/rules";
import { after, before, first, group, hour, keys, minute, start } from "./rollout";

function started(prepare: (web: Group) => void, preferences: Preferences = {}, rules = group().rules) {
  const web = group({ rules });
  prepare(web);
  return start(web, preferences);
}
const protect = (web: Group) => setProtection(web, first(web, 2), true);
const standBy = (web: Group) => enterStandby(web, first(web, 2), { decrementDesiredCapacity: true });

test("AWS waits an hour for protected instances, says so, and fails", () => {
  const { group: web, refresh } = started(protect);
  advance(web, 30 * minute);
  expect(refresh).toMatchObject({ status: "InProgress", progress: { percentage: 80 } });
  expect(refresh.reason).toMatch(/is protected\. Remove instance scale-in protection to continue\.$/);
  advance(web, 2 * hour);
  expect(refresh).toMatchObject({ status: "Failed", progress: { percentage: 80 } });
  expect(keys(web)).toEqual({ before: 2, after: 8 });
});

test("AWS goes on when the protection is taken away within the hour", () => {
  const { group: web, refresh } = started(protect);
  advance(web, 30 * minute);
  setProtection(web, first(web, 2), false);
  advance(web, hour);
  expect(refresh).toMatchObject({ status: "Successful", reason: "" });
  expect(keys(web)).toEqual({ after: 10 });
});

test("instances whose protection is taken away are replaced as many at a time as the others", () => {
  const { group: web } = started((of) => setProtection(of, first(of, 10), true), {
    minHealthyPercentage: 100,
    maxHealthyPercentage: 200,
  });
  advance(web, minute);
  setProtection(web, first(web, 10), false);
  expect(web.instances.size).toBe(20);
});

test.each([
  ["Refresh", { after: 10 }, 10],
  ["Ignore", { before: 2, after: 8 }, 8],
] as const)("protected instances can be asked to %s", (protectedInstances, expected, total) => {
  const { group: web, refresh } = started(protect, { protectedInstances });
  advance(web, hour);
  expect(refresh).toMatchObject({ status: "Successful", progress: { total, percentage: 100 } });
  expect(keys(web)).toEqual(expected);
});

test("AWS waits for instances in standby, and goes on when they return", () => {
  const { group: web, refresh } = started(standBy);
  advance(web, 30 * minute);
  expect(refresh.status).toBe("InProgress");
  exitStandby(web, first(web, 2));
  advance(web, hour);
  expect(refresh.status).toBe("Successful");
  expect(keys(web)).toEqual({ after: 10 });
});

test.each([
  ["Terminate", { after: 8 }],
  ["Ignore", { before: 2, after: 8 }],
] as const)("instances in standby can be asked to %s", (standbyInstances, expected) => {
  const { group: web, refresh } = started(standBy, { standbyInstances });
  advance(web, hour);
  expect(refresh).toMatchObject({ status: "Successful", progress: { percentage: 100 } });
  expect(keys(web)).toEqual(expected);
});

test("ESS leaves protected, standby and manually added instances alone", () => {
  const { group: web, refresh } = started(
    (of) => {
      setProtection(of, first(of, 1), true);
      enterStandby(of, first(of, 3).slice(1), { decrementDesiredCapacity: true });
      addManualInstances(of, ["i-manual"], before);
    },
    {},
    essRules,
  );
  advance(web, hour);
  expect(refresh).toMatchObject({ status: "Successful", progress: { total: 7, updated: 7 } });
  expect(keys(web)).toEqual({ before: 4, after: 7 });
  expect(web.instances.has("i-manual")).toBe(true);
});

test("an instance that is protected while the refresh runs is left out from then on where such are ignored", () => {
  const { group: web, refresh } = started(() => undefined, {}, essRules);
  const [last = ""] = [...web.instances.keys()].slice(-1);
  advance(web, 10_000);
  setProtection(web, [last], true);
  advance(web, hour);
  expect(refresh).toMatchObject({ status: "Successful", progress: { total: 9, updated: 9 } });
  expect(web.instances.get(last)?.configuration).toBe(before);
});

test("an instance that becomes unhealthy is replaced, with the refresh's configuration while one runs", () => {
  const idle = group();
  makeUnhealthy(idle, first(idle)[0] ?? "");
  advance(idle, hour);
  expect(keys(idle)).toEqual({ before: 10 });
  expect(idle.activities.map(({ kind }) => kind)).toEqual(["Terminate", "Launch"]);

  const { group: web, refresh } = start(group(), { checkpoints: [10, 100] });
  advance(web, 10 * minute);
  makeUnhealthy(web, first(web)[0] ?? "");
  advance(web, 20 * minute);
  expect(keys(web)).toEqual({ before: 8, after: 2 });
  advance(web, 3 * hour);
  expect(refresh.status).toBe("Successful");
  expect(web.configuration).toBe(after);
});
