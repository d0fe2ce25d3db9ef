/** Users have states that earlier versions left: a later one previews them as the earlier one did, in either host. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dynamicHost, pluginHost, type TestedHost } from "../provider/testedHost";
import type { RecordedState } from "./record";

const files = readdirSync(__dirname).filter((file) => file.endsWith(".json"));
const statesOf = (file: string): RecordedState[] => JSON.parse(readFileSync(join(__dirname, file), "utf8"));

/** What is still to be waited for, or will fail again, is a change; of everything else there is none. */
const UNFINISHED = ["running, its time was over", "failed"];

describe.each(files)("%s", (file) => {
  test.each(["ess", "autoscaling"] as const)(
    "%s: what nothing is left to do for is unchanged, and nothing is replaced",
    async (cloud) => {
      const hosts: TestedHost[] = await Promise.all([dynamicHost(cloud), pluginHost(cloud)]);
      for (const { kind, inputs, state, diff, ...recorded } of statesOf(file).filter((each) => each.cloud === cloud)) {
        expect([kind, diff]).toEqual([kind, { changes: UNFINISHED.includes(kind), replaces: [] }]);
        for (const host of hosts) {
          expect([recorded, kind, await host.check(inputs)]).toEqual([recorded, kind, []]);
          expect([recorded, kind, await host.diff(state, inputs, inputs)]).toEqual([recorded, kind, diff]);
        }
      }
      for (const host of hosts) await host.close();
    },
  );
});

test("there are states of both hosts, both clouds and every kind", () => {
  const kinds = statesOf("states-0.1.json").map(({ host, cloud, kind }) => `${host} ${cloud} ${kind}`);
  expect(new Set(kinds).size).toBe(40);
});
