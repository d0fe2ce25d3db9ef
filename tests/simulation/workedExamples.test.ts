import type { Preferences } from "../../src/simulation/model";
import { autoScalingRules, essRules, type Rules } from "../../src/simulation/rules";
import { batches, configuration, group, rollOut } from "./rollout";

/** What the vendors' documents say of numbers, and what the model does. */
interface Example {
  readonly says: string;
  readonly rules: Rules;
  readonly size: number;
  readonly preferences: Preferences;
  /** Launches at each moment. */
  readonly batches: readonly number[];
  /** The fewest that were ready, and the most that were in service and pending. */
  readonly fewest: number;
  readonly most: number;
}

const examples: readonly Example[] = [
  {
    says: "AWS: 90 and 100 percent replace a tenth at a time",
    rules: autoScalingRules,
    size: 100,
    preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 100 },
    batches: Array(10).fill(10),
    fewest: 90,
    most: 100,
  },
  {
    says: "AWS: of 100 instances, 90 and 120 percent keep as few as 90 and as many as 120",
    rules: autoScalingRules,
    size: 100,
    preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 120 },
    batches: [30, 30, 30, 10],
    fewest: 90,
    most: 120,
  },
  {
    says: "AWS: both 100 percent replace one at a time, launched first",
    rules: autoScalingRules,
    size: 5,
    preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 100 },
    batches: [1, 1, 1, 1, 1],
    fewest: 5,
    most: 6,
  },
  {
    says: "AWS: 0 percent replaces all at once",
    rules: autoScalingRules,
    size: 10,
    preferences: { minHealthyPercentage: 0 },
    batches: [10],
    fewest: 0,
    most: 10,
  },
  {
    says: "AWS: 100 percent, and 150, launch first, in two batches",
    rules: autoScalingRules,
    size: 10,
    preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
    batches: [5, 5],
    fewest: 10,
    most: 15,
  },
  {
    says: "AWS: by default 90 percent, and an instance is terminated when its replacement is launched",
    rules: autoScalingRules,
    size: 20,
    preferences: {},
    batches: Array(10).fill(2),
    fewest: 18,
    most: 20,
  },
  {
    says: "AWS: the minimum is rounded up to whole instances, and yet one is replaced at a time",
    rules: autoScalingRules,
    size: 4,
    preferences: { minHealthyPercentage: 90 },
    batches: [1, 1, 1, 1],
    fewest: 3,
    most: 4,
  },
  {
    says: "AWS: where an explicit 100 percent leaves no room beside a rounded minimum, one is launched first",
    rules: autoScalingRules,
    size: 4,
    preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 100 },
    batches: [1, 1, 1, 1],
    fewest: 4,
    most: 5,
  },
  {
    says: "AWS: 100 percent with no maximum terminates and launches at once, one at a time",
    rules: autoScalingRules,
    size: 3,
    preferences: { minHealthyPercentage: 100 },
    batches: [1, 1, 1],
    fewest: 2,
    most: 3,
  },
  {
    says: "AWS: of 10 instances, 80 and 100 percent replace two at a time, and fewer before the checkpoint at 50",
    rules: autoScalingRules,
    size: 10,
    preferences: { minHealthyPercentage: 80, maxHealthyPercentage: 100, checkpoints: [20, 50, 100] },
    batches: [2, 2, 1, 2, 2, 1],
    fewest: 8,
    most: 10,
  },
  {
    says: "ESS: by default 80 and 120 percent",
    rules: essRules,
    size: 10,
    preferences: {},
    batches: [4, 4, 2],
    fewest: 8,
    most: 12,
  },
  {
    says: "ESS: both 100 percent replace one at a time",
    rules: essRules,
    size: 3,
    preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 100 },
    batches: [1, 1, 1],
    fewest: 3,
    most: 4,
  },
  {
    says: "ESS: 90 and 150 percent with checkpoints at 50, 70 and 100, as the Terraform resource is tested",
    rules: essRules,
    size: 10,
    preferences: {
      minHealthyPercentage: 90,
      maxHealthyPercentage: 150,
      checkpoints: [50, 70, 100],
      checkpointPauseSeconds: 60,
    },
    batches: [5, 2, 3],
    fewest: 9,
    most: 14,
  },
];

test.each(examples)("$says", ({ rules, size, preferences, ...expected }) => {
  const rollout = rollOut(group({ rules, desiredCapacity: size }), preferences);
  expect(rollout.refresh.status).toBe("Successful");
  expect({
    batches: batches(rollout),
    fewest: Math.min(...rollout.samples.map(({ ready }) => ready)),
    most: Math.max(...rollout.samples.map(({ total }) => total)),
  }).toEqual({ batches: expected.batches, fewest: expected.fewest, most: expected.most });
});

test("AWS: a weight that is no less than the desired capacity lets every instance be replaced at once", () => {
  const heavy = { instanceTypes: [{ name: "m5.4xlarge", weight: 4 }] };
  const weighted = group({ desiredCapacity: 4, configuration: configuration("before", heavy) });
  const rollout = rollOut(weighted, {}, { desired: configuration("after", heavy) });
  expect(batches(rollout)).toEqual([1]);
  expect(Math.min(...rollout.samples.map(({ ready }) => ready))).toBe(0);
});

test("AWS: a smaller weight keeps the minimum, counted in units of capacity", () => {
  const heavy = { instanceTypes: [{ name: "m5.xlarge", weight: 2 }] };
  const weighted = group({ desiredCapacity: 40, configuration: configuration("before", heavy) });
  const rollout = rollOut(weighted, {}, { desired: configuration("after", heavy) });
  expect(batches(rollout)).toEqual(Array(10).fill(2));
  expect(Math.min(...rollout.samples.map(({ ready }) => ready))).toBe(36);
});
