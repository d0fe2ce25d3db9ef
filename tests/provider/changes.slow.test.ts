/**
 * A program is deployed, one member is changed, left out or added, and it is deployed again, through each host. A sample
 * here; all by `npm run faults:changes`.
 */
import { cloudModule } from "../../src/clouds";
import { argumentsOf } from "../../src/core/lifecycle/compare";
import { type Change, changesOf, createAlarms, type Played, playChange } from "./changes";
import type { CloudName } from "./pluginProtocol";
import { dynamicHost, pluginHost } from "./testedHost";

const PROGRAMS = 40;
const isWhole = process.env.CHANGES === "all";
const SAMPLE = 40;
const START_ON = ["anyChange", "configurationChange"] as const;

const HOSTS = { dynamic: dynamicHost, plugin: pluginHost };
const CASES = (["ess", "autoscaling"] as const).flatMap((name) =>
  (["dynamic", "plugin"] as const).map((host) => [name, host] as const),
);

test.each(CASES)("%s, %s host: a change is previewed as it is, and starts one refresh or none", async (name, kind) => {
  const changes = await changesOf(name, PROGRAMS, 3);
  const played = isWhole ? changes : changes.filter((_, index) => index % Math.ceil(changes.length / SAMPLE) === 0);
  const preferences = argumentsOf(await cloudModule(name as CloudName), "preference");
  const host = await HOSTS[kind](name);
  if (name === "autoscaling") await createAlarms(host);
  const wrong: [Change, string, Played][] = [];
  const count = { starts: 0, none: 0, refused: 0 };
  for (const [index, change] of played.entries()) {
    const startOn = START_ON[index % START_ON.length] as string;
    const top = change.path.split(".")[0] as string;
    const seen = await playChange(host, change, { startOn });
    const isStart = change.differs && (startOn === "anyChange" || !preferences.includes(top));
    const starts = isStart || seen.isUnfulfilled ? 1 : 0;
    count[seen.failure ? "refused" : starts ? "starts" : "none"]++;
    const isRight = seen.starts === starts || (seen.failure !== undefined && !seen.starts);
    if (!isRight || (seen.starts !== undefined && seen.previewed.length > 0 !== (starts === 1)))
      wrong.push([change, startOn, seen]);
  }
  await host.close();
  if (isWhole) console.log(`${name}, ${kind}: ${JSON.stringify(count)}`);
  expect(wrong).toEqual([]);
  expect(count.starts).toBeGreaterThan(played.length / 3);
  expect(count.none).toBeGreaterThan(played.length / 20);
});
