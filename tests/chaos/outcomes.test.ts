/** Every way in which a refresh ends badly: what a person is told. */
import type { Arguments, CloudApi, CloudModule, Refresh } from "../../src/core/cloud";
import type { RefreshError } from "../../src/core/lifecycle/errors";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { failureOf, Life, TEST_CLOUDS } from "../clouds/life";

const MINUTE_MS = 60_000;
describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let life: Life;
  let args: Arguments;
  beforeEach(async () => {
    life = await Life.begin(name);
    args = await life.cloud.argumentsFor(life.group, "second");
  });
  afterEach(() => life.end());

  /** The message as a snapshot, with what changes from run to run taken out, and what it must hold. */
  async function told(failure: RefreshError): Promise<void> {
    const id = failure.partialState?.id as string;
    expect(failure.partialState?.properties.status).toBeDefined();
    for (const part of [id, life.group, "Next: "]) expect(failure.message).toContain(part);
    const shown = failure.message.replaceAll(id, "<refresh>").replaceAll(life.group, "<group>");
    expect(shown.replace(/\b(i|ami|m|lt|asc)-[0-9a-z]{8,}/g, "<$1>")).toMatchSnapshot();
    // The next up fails again, and starts nothing.
    const starts = life.count("StartInstanceRefresh");
    life.newProcess();
    const recorded = { id, properties: failure.partialState?.properties ?? {} };
    const { replaces, updates } = life.lifecycle.diff(recorded, args, life.urn);
    expect(replaces).toEqual([]);
    expect(updates).not.toEqual([]);
    expect(life.count("StartInstanceRefresh")).toBe(starts);
  }

  /** A process that sees every refresh in another way than the cloud shows it. */
  function processThatSees(see: (refresh: Refresh) => Refresh | undefined): Lifecycle {
    const { cloud } = life.cloud;
    const seeing: CloudModule = {
      ...cloud,
      connect: async (settings): Promise<CloudApi> => {
        const api = await cloud.connect(settings);
        const describe: CloudApi["source"]["describe"] = async (ids, signal) => {
          const found = await api.source.describe(ids, signal);
          return new Map(
            [...found].flatMap(([id, refresh]) =>
              [see(refresh)].flatMap((seen) => (seen ? [[id, seen] as const] : [])),
            ),
          );
        };
        return { ...api, source: { ...api.source, describe } };
      },
    };
    return new Lifecycle(life.clock.watched(seeing), life.newProcess().tools);
  }

  const create = (lifecycle = life.lifecycle) => failureOf(lifecycle.create(args, life.call()));

  /** Lets something happen once the refresh has come a bit of its way. */
  const onTheWay = (action: (id: string) => Promise<void>) =>
    life.atNextSleep(async () => {
      life.emulator.clock.advance(MINUTE_MS);
      const [{ id } = { id: "" }] = await life.cloud.refreshes(life.group);
      await action(id);
    });

  test("it failed", async () => {
    args = await life.cloud.argumentsFor(life.group, "unhealthy");
    await told(await create());
  });

  test("it was cancelled by somebody else", async () => {
    onTheWay((id) => life.cloud.cancelElsewhere(life.group, id));
    await told(await create());
  });

  test("it was rolled back by somebody else", async () => {
    onTheWay((id) => life.cloud.rollbackElsewhere(life.group, id));
    await told(await create());
  });

  test("its rollback failed", async () => {
    const lifecycle = processThatSees((refresh) => ({
      ...refresh,
      status: "RollbackFailed",
      stage: life.cloud.cloud.statuses.RollbackFailed ?? "unknown",
      ended: true,
      reason: "Instances of the former configuration did not become healthy.",
    }));
    await told(await create(lifecycle));
  });

  test("its status is one that this version does not know", async () => {
    const lifecycle = processThatSees((refresh) => ({
      ...refresh,
      status: "Meditating",
      stage: "unknown",
      ended: true,
    }));
    await told(await create(lifecycle));
  });

  test("it vanished", async () => {
    let looks = 0;
    await told(await create(processThatSees((refresh) => (looks++ < 2 ? refresh : undefined))));
  });

  test("its group vanished", async () => {
    onTheWay(() => life.cloud.deleteGroup(life.group));
    await told(await create());
  });

  test("the time is over", async () => {
    const failure = await failureOf(life.lifecycle.create(args, life.call(70)));
    expect(failure.code).toBe("timedOut");
    await told(failure);
  });

  test("the machine slept for a day: the refresh is found ended, and nothing is started", async () => {
    life.atNextSleep(() => life.emulator.clock.advance(24 * 60 * MINUTE_MS));
    const { id, properties } = await life.lifecycle.create(args, life.call(3 * 24 * 3_600));
    expect(properties.status).toBe("Successful");
    expect(await life.cloud.refreshes(life.group)).toMatchObject([{ id, status: "Successful" }]);
  });

  test("the machine slept past the time to wait: a last look tells how it ended", async () => {
    life.atNextSleep(() => life.emulator.clock.advance(24 * 60 * MINUTE_MS));
    const { properties } = await life.lifecycle.create(args, life.call(3_600));
    expect(properties.status).toBe("Successful");
  });
});
