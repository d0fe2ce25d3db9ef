/** Every way in which a refresh ends badly: what a person is told. */
import type { Arguments, CloudApi, CloudModule, Refresh } from "../../src/core/cloud";
import type { RefreshError } from "../../src/core/lifecycle/errors";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { failureOf, LifecycleHarness, TEST_CLOUDS } from "../clouds/lifecycleHarness";

const MINUTE_MS = 60_000;
describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let harness: LifecycleHarness;
  let args: Arguments;
  beforeEach(async () => {
    harness = await LifecycleHarness.start(name);
    args = await harness.cloud.argumentsFor(harness.group, "second");
  });
  afterEach(() => harness.close());

  /** The message as a snapshot, with what changes from run to run taken out, and what it must hold. */
  async function told(failure: RefreshError): Promise<void> {
    const id = failure.partialState?.id as string;
    expect(failure.partialState?.properties.status).toBeDefined();
    for (const part of [id, harness.group, "Next: "]) expect(failure.message).toContain(part);
    const shown = failure.message.replaceAll(id, "<refresh>").replaceAll(harness.group, "<group>");
    expect(shown.replace(/\b(i|ami|m|lt|asc)-[0-9a-z]{8,}/g, "<$1>")).toMatchSnapshot();
    // The next up fails again, and starts nothing.
    const starts = harness.count("StartInstanceRefresh");
    harness.newProcess();
    const recorded = { id, properties: failure.partialState?.properties ?? {} };
    const { replaces, updates } = harness.lifecycle.diff(recorded, args, harness.urn);
    expect(replaces).toEqual([]);
    expect(updates).not.toEqual([]);
    expect(harness.count("StartInstanceRefresh")).toBe(starts);
  }

  /** A process that sees every refresh in another way than the cloud shows it. */
  function processThatSees(see: (refresh: Refresh) => Refresh | undefined): Lifecycle {
    const { cloud } = harness.cloud;
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
    return new Lifecycle(harness.clock.watched(seeing), harness.newProcess().tools);
  }

  const create = (lifecycle = harness.lifecycle) => failureOf(lifecycle.create(args, harness.call()));

  /** Lets something happen once the refresh has come a bit of its way. */
  const onTheWay = (action: (id: string) => Promise<void>) =>
    harness.atNextSleep(async () => {
      harness.emulator.clock.advance(MINUTE_MS);
      const [{ id } = { id: "" }] = await harness.cloud.refreshes(harness.group);
      await action(id);
    });

  test("it failed", async () => {
    args = await harness.cloud.argumentsFor(harness.group, "unhealthy");
    await told(await create());
  });

  test("it was cancelled by somebody else", async () => {
    onTheWay((id) => harness.cloud.cancelElsewhere(harness.group, id));
    await told(await create());
  });

  test("it was rolled back by somebody else", async () => {
    onTheWay((id) => harness.cloud.rollbackElsewhere(harness.group, id));
    await told(await create());
  });

  test("its rollback failed", async () => {
    const lifecycle = processThatSees((refresh) => ({
      ...refresh,
      status: "RollbackFailed",
      stage: harness.cloud.cloud.statuses.RollbackFailed ?? "unknown",
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
    let polls = 0;
    await told(await create(processThatSees((refresh) => (polls++ < 2 ? refresh : undefined))));
  });

  test("its group vanished", async () => {
    onTheWay(() => harness.cloud.deleteGroup(harness.group));
    await told(await create());
  });

  test("the time is over", async () => {
    const failure = await failureOf(harness.lifecycle.create(args, harness.call(70)));
    expect(failure.code).toBe("timedOut");
    await told(failure);
  });

  test("the machine slept for a day: the refresh is found ended, and nothing is started", async () => {
    harness.atNextSleep(() => harness.emulator.clock.advance(24 * 60 * MINUTE_MS));
    const { id, properties } = await harness.lifecycle.create(args, harness.call(3 * 24 * 3_600));
    expect(properties.status).toBe("Successful");
    expect(await harness.cloud.refreshes(harness.group)).toMatchObject([{ id, status: "Successful" }]);
  });

  test("the machine slept past the time to wait: a last call tells how it ended", async () => {
    harness.atNextSleep(() => harness.emulator.clock.advance(24 * 60 * MINUTE_MS));
    const { properties } = await harness.lifecycle.create(args, harness.call(3_600));
    expect(properties.status).toBe("Successful");
  });
});
