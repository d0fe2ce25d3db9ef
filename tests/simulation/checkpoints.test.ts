import { advance } from "../../src/simulation/advance";
import { autoScalingRules, essRules } from "../../src/simulation/rules";
import { configuration, day, group, hour, keys, minute, rollOut, start } from "./rollout";

function pauses({ samples }: ReturnType<typeof start>) {
  return samples.filter(({ status }, index) => status === "CheckpointPause" && samples[index - 1]?.status !== status);
}

test("a refresh pauses at each checkpoint for as long as was asked, and AWS does not pause at the last", () => {
  const rollout = rollOut(group(), { checkpoints: [20, 50, 100], checkpointPauseSeconds: 600 });
  expect(pauses(rollout).map(({ percentage }) => percentage)).toEqual([20, 50]);
  const [at = { time: 0 }] = pauses(rollout);
  expect(rollout.samples.find(({ time, status }) => time > at.time && status === "InProgress")?.time).toBe(
    at.time + 10 * minute,
  );
});

test("ESS pauses at 100 percent too, before the task is successful", () => {
  const rollout = rollOut(group({ rules: essRules }), { checkpoints: [50, 100], checkpointPauseSeconds: 600 });
  expect(pauses(rollout).map(({ percentage }) => percentage)).toEqual([50, 100]);
  expect(rollout.refresh.endTime).toBe((pauses(rollout)[1]?.time ?? 0) + 10 * minute);
});

test("a pause that is not asked for otherwise takes an hour", () => {
  const rollout = start(group(), { checkpoints: [50, 100] });
  advance(rollout.group, 10 * minute);
  expect(rollout.refresh.status).toBe("CheckpointPause");
  advance(rollout.group, hour);
  expect(rollout.refresh.status).toBe("CheckpointPause");
  advance(rollout.group, hour + 10 * minute);
  expect(rollout.refresh.status).toBe("Successful");
});

test("checkpoints that are passed together are one pause: of two instances, the first is beyond 10 and 40 percent", () => {
  const rollout = rollOut(group({ desiredCapacity: 2 }), { checkpoints: [10, 40, 100] });
  expect(pauses(rollout).map(({ percentage }) => percentage)).toEqual([50]);
  expect(rollout.refresh.status).toBe("Successful");
});

test("in AWS a last checkpoint below 100 ends the refresh there, successful", () => {
  const rollout = rollOut(group({ rules: autoScalingRules }), { checkpoints: [20, 40] });
  expect(rollout.refresh).toMatchObject({ status: "Successful", progress: { percentage: 40, instancesToUpdate: 6 } });
  expect(keys(rollout.group)).toEqual({ before: 6, after: 4 });
});

test("pauses do not count towards the 14 days of AWS, but do towards the week of ESS", () => {
  const preferences = { checkpoints: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], checkpointPauseSeconds: 2 * 86400 };
  expect(rollOut(group(), preferences).refresh).toMatchObject({ status: "Successful", progress: { percentage: 100 } });
  const limited = rollOut(group({ rules: essRules }), preferences).refresh;
  expect(limited).toMatchObject({ status: "Failed", endTime: 7 * day, progress: { percentage: 40 } });
  expect(limited.reason).toContain("7 days");
});

test("the 14 days of AWS are counted on both sides of a pause", () => {
  const slow = configuration("slow", { launchSeconds: [86400, 86400] });
  const preferences = { checkpoints: [50, 100], checkpointPauseSeconds: 2 * 86400 };
  const { refresh } = rollOut(
    group({ desiredCapacity: 20 }),
    { ...preferences, minHealthyPercentage: 95 },
    { desired: slow },
  );
  expect(refresh).toMatchObject({ status: "Failed", endTime: 16 * day + 5000 });
});
