import { advise, type Constraints } from "../../src/forecast/advise";
import { adviceText } from "../../src/forecast/adviseText";
import { unmetText } from "../../src/forecast/adviseUnmet";
import { aGroup, anInstance } from "./groups";

const DAY = 86_400;
const asked = (said: Partial<Constraints> = {}): Constraints => ({ withinSeconds: DAY, neverBelow: 90, ...said });
const refresh = { preferences: {} };
const best = (group: Parameters<typeof advise>[0], constraints: Constraints) => {
  const [first] = advise(group, refresh, constraints).proposals;
  if (!first) throw new Error("there is no proposal");
  return first;
};

test.each(["ess", "autoscaling"] as const)(
  "%s: the best of three is the fastest, and the others keep more or grow less",
  (service) => {
    const { proposals } = advise(aGroup(service, 20), refresh, asked({ neverBelow: 80, neverAbove: 120 }));
    expect(proposals).toHaveLength(3);
    const [first, ...others] = proposals;
    for (const { forecast } of proposals) {
      expect(forecast.lowestReady).toBeGreaterThanOrEqual(16);
      expect(forecast.highestTotal).toBeLessThanOrEqual(24);
    }
    for (const { forecast } of others) {
      expect(forecast.duration.expected).toBeGreaterThanOrEqual((first?.forecast.duration.expected ?? 0) * 0.95);
      expect(
        forecast.lowestReady > (first?.forecast.lowestReady ?? 0) ||
          forecast.highestTotal < (first?.forecast.highestTotal ?? 0),
      ).toBe(true);
    }
  },
);

test("a bound that is in the way is named, with what more room would bring", () => {
  const { limit, forecast } = best(aGroup("autoscaling", 20), asked({ neverBelow: 100, neverAbove: 110 }));
  expect(limit.by).not.toBe("launches");
  expect(limit.relaxed?.seconds).toBeLessThan(forecast.duration.expected);
  const free = best(aGroup("autoscaling", 4), asked({ neverBelow: 0, neverAbove: 200 }));
  expect(free.limit).toEqual({ by: "launches" });
});

test("as many pauses as are asked for, each as long as asked", () => {
  const { preferences, forecast } = best(aGroup("autoscaling", 12), asked({ checkpoints: 2, pauseSeconds: 300 }));
  expect(preferences).toMatchObject({ checkpoints: [33, 67, 100], checkpointPauseSeconds: 300 });
  expect(forecast.pauses.map(({ seconds }) => seconds)).toEqual([300, 300]);
});

test("pauses get shorter where ten minutes are too long for the time", () => {
  const group = aGroup("autoscaling", 12);
  const constraints = asked({ neverBelow: 50, checkpoints: 2 });
  const withinSeconds = Math.ceil(best(group, constraints).forecast.duration.most) - 500;
  const { preferences, forecast } = best(group, { ...constraints, withinSeconds });
  expect(preferences.checkpointPauseSeconds).toBe(300);
  expect(forecast.duration.most).toBeLessThanOrEqual(withinSeconds);
});

test("the command says what cannot be met, and by how much", () => {
  const lines = (group: Parameters<typeof advise>[0], constraints: Constraints) => {
    const { proposals, unmet } = advise(group, refresh, constraints);
    expect(proposals).toEqual([]);
    return unmet.map(unmetText);
  };
  expect(lines(aGroup("autoscaling", 1), asked({ neverBelow: 100, neverAbove: 150 }))).toEqual([
    "--never-below 100 cannot be met as long as --never-above stays as it is: capacity falls to 0 %, which is 100 too low.",
    "--never-above 150 cannot be met as long as --never-below stays as it is: capacity has to grow to 200 %, which is 50 too high.",
  ]);
  expect(lines(aGroup("ess", 20), asked({ withinSeconds: 60 }))).toEqual([
    expect.stringMatching(
      /^--within 1 min cannot be met: the fastest takes about .+, up to .+, which is .+ too long\.$/,
    ),
  ]);
  expect(lines(aGroup("ess", 2), asked({ checkpoints: 3 }))).toEqual([
    "--checkpoints 3 cannot be met: the group is so small that it has room for 1.",
  ]);
  const blocked = [anInstance({ protected: true }), anInstance()];
  const waiting = { preferences: { protectedInstances: "Wait" } } as const;
  expect(advise(aGroup("autoscaling", blocked), waiting, asked({ neverBelow: 0 })).unmet).toEqual([
    { constraint: "success", reason: expect.stringContaining("protected") },
  ]);
});

test("a group that is up to date gets no advice", () => {
  const group = aGroup("ess", [anInstance({ matches: true })]);
  expect(adviceText("web", advise(group, { preferences: { skipMatching: true } }, asked()))).toEqual([
    "No instance of group web needs to be replaced.",
  ]);
});
