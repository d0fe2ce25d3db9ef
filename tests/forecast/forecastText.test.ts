import { forecastRefresh } from "../../src/forecast/forecast";
import { forecastText } from "../../src/forecast/forecastText";
import { aGroup, anInstance } from "./groups";

const preferences = { minHealthyPercentage: 90, maxHealthyPercentage: 120, checkpointPauseSeconds: 600 };

test("reads a forecast in a few lines", () => {
  const instances = [...Array.from({ length: 20 }, () => anInstance()), anInstance({ matches: true })];
  const { forecast } = forecastRefresh(aGroup("ess", instances), {
    preferences: { ...preferences, checkpoints: [20, 100] },
  });
  expect(forecastText(forecast)).toEqual([
    "Forecast for group web: replaces 20 of 21 instances in batches of 2, 2, 2, 6, 6, 2, about 28 min (16 min to 1 h 9 min), wide because this group has no earlier refreshes.",
    "Capacity: never fewer than 19 of 21 ready (90 %), never more than 25 in service and pending.",
    "The vendor's guide releases old instances only when new ones are ready: 21 would stay ready. Which of the two holds is not known.",
    "Pauses: at 20 % after 2 min 5 s for 10 min, at 100 % after 18 min for 10 min.",
    "Left alone: 1 up to date already.",
  ]);
});

test("says that pages differ only where there is room to launch first, and only of ESS", () => {
  const said = (cloud: "autoscaling" | "ess", min: number, max: number) =>
    forecastText(
      forecastRefresh(aGroup(cloud, 10), {
        preferences: { minHealthyPercentage: min, maxHealthyPercentage: max, skipMatching: false },
      }).forecast,
    ).some((line) => line.includes("would stay ready"));
  expect([said("ess", 80, 120), said("ess", 80, 100), said("ess", 100, 150), said("autoscaling", 80, 120)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("counts only what is replaced before a last checkpoint below 100", () => {
  const { forecast } = forecastRefresh(aGroup("autoscaling", 10), {
    preferences: { minHealthyPercentage: 80, checkpoints: [20, 50], checkpointPauseSeconds: 900 },
  });
  expect(forecastText(forecast)[0]).toContain("replaces 5 of 10 instances in batches of 2, 2, 1,");
});

test("says which launch times it assumes where the group has had no launches", () => {
  const { forecast } = forecastRefresh(aGroup("ess", 4, { recentLaunches: [] }), { preferences });
  expect(forecastText(forecast)[0]).toContain("no recent launches: 45 to 180 s each assumed");
});

test("says why a refresh will fail", () => {
  const { forecast } = forecastRefresh(aGroup("autoscaling", [anInstance(), anInstance({ protected: true })]), {
    preferences,
  });
  expect(forecastText(forecast)[0]).toMatch(
    /^Forecast for group web: it will fail after about 1 h.*: No progress .* An instance is protected\. Remove/,
  );
});

test("says that nothing is to be done, also where the service would start the refresh", () => {
  const upToDate = aGroup("autoscaling", [anInstance({ matches: true }), anInstance({ matches: true })]);
  const { forecast: started } = forecastRefresh(upToDate, { preferences: { skipMatching: true } });
  expect(forecastText(started)[0]).toBe("Forecast for group web: none of 2 instances needs to be replaced.");
  const { forecast } = forecastRefresh(aGroup("ess", [anInstance({ matches: true })]), { preferences });
  expect(forecastText(forecast)).toEqual(["Forecast for group web: none of 1 instance needs to be replaced."]);
});
