import { apiOver } from "../../../src/clouds/autoscaling/api";
import type { Refresh } from "../../../src/core/cloud";
import { autoScalingGroup, type FakeClient, fakeClient, refreshId, refusal } from "./fakeClient";

let client: FakeClient;
const api = () => apiOver(client, {});
const id = (digit: number) => `web/${refreshId(digit)}`;
const signal = new AbortController().signal;
const seen = (status: string, digit = 1) => ({
  AutoScalingGroupName: "web",
  InstanceRefreshId: refreshId(digit),
  Status: status as "InProgress",
});
const acted = () => client.calls.map(([operation]) => operation).filter((name) => !name.startsWith("Describe"));

beforeEach(() => {
  client = fakeClient();
});

describe("describing refreshes", () => {
  test("names them by group and id, the newest first, over all pages", async () => {
    client.refreshes = [seen("InProgress", 3), seen("Successful", 2), seen("Failed", 1)];
    client.pageSize = 1;
    expect((await api().refreshes("web")).map((refresh) => refresh.id)).toEqual([id(3), id(2), id(1)]);
  });

  test("ends after a bounded number of pages", async () => {
    client.refreshes = Array.from({ length: 50 }, () => seen("Successful"));
    client.pageSize = 1;
    expect(await api().refreshes("web")).toHaveLength(20);
  });

  test("asks for one by its id, also in a group with slashes", async () => {
    client.refreshes = [{ ...seen("InProgress"), AutoScalingGroupName: "a/b" }];
    const found = await api().source.describe([`a/b/${refreshId(1)}`], signal);
    expect([...found.keys()]).toEqual([`a/b/${refreshId(1)}`]);
    expect(client.calls).toEqual([
      [
        "DescribeInstanceRefreshes",
        { AutoScalingGroupName: "a/b", MaxRecords: 100, InstanceRefreshIds: [refreshId(1)] },
      ],
    ]);
  });

  test("does not know one that the cloud has forgotten", async () => {
    expect((await api().source.describe([id(1)], signal)).size).toBe(0);
  });

  test("knows none of a group that is gone", async () => {
    client.faults.set("DescribeInstanceRefreshes", refusal("DescribeInstanceRefreshes", "ValidationError", 400));
    expect(await api().refreshes("web")).toEqual([]);
  });

  test("passes on what was wrong with a request about a group that is there", async () => {
    client.groups = [autoScalingGroup()];
    client.faults.set("DescribeInstanceRefreshes", refusal("DescribeInstanceRefreshes", "ValidationError", 400));
    await expect(api().refreshes("web")).rejects.toMatchObject({ code: "ValidationError", kind: "final" });
  });

  test("tells the scheduler what an error means", async () => {
    client.faults.set("DescribeInstanceRefreshes", refusal("DescribeInstanceRefreshes", "Throttling", 400));
    const error = await api()
      .source.describe([id(1)], signal)
      .catch((thrown: unknown) => thrown);
    expect(api().source.classify(error)).toBe("throttled");
  });
});

describe("a start", () => {
  test("sends what the program set, and answers group and id", async () => {
    const args = {
      autoscalingGroupName: "web",
      desiredConfiguration: { launchTemplate: { id: "lt-1", version: 7 } },
      preferences: {
        instanceWarmup: "300",
        skipMatching: false,
        checkpointPercentages: [] as number[],
        alarmSpecification: {},
      },
      onConflict: "cancel",
    } as const;
    expect(await api().start(args, "token")).toBe(id(9));
    expect(client.calls).toEqual([
      [
        "StartInstanceRefresh",
        {
          AutoScalingGroupName: "web",
          DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "7" } },
          Preferences: { InstanceWarmup: 300, SkipMatching: false },
        },
      ],
    ]);
  });

  test("meets another refresh as an error that is final", async () => {
    client.faults.set("StartInstanceRefresh", refusal("StartInstanceRefresh", "InstanceRefreshInProgressFault", 400));
    await expect(api().start({ autoscalingGroupName: "web" }, "")).rejects.toMatchObject({
      code: "InstanceRefreshInProgressFault",
      kind: "final",
    });
  });
});

describe.each(["cancel", "rollback"] as const)("%s", (verb) => {
  const operation = verb === "cancel" ? "CancelInstanceRefresh" : "RollbackInstanceRefresh";
  const refresh = { id: id(1), group: "web" } as Refresh;

  test("describes first, and hits the refresh that it names", async () => {
    client.refreshes = [seen("InProgress")];
    await api()[verb](refresh);
    expect(client.calls.map(([name]) => name)).toEqual(["DescribeInstanceRefreshes", operation]);
    expect(client.calls[1]?.[1]).toEqual({ AutoScalingGroupName: "web" });
  });

  test.each(["Baking", "Pending"])("hits one that is %s", async (status) => {
    client.refreshes = [seen(status)];
    await api()[verb](refresh);
    expect(acted()).toEqual([operation]);
  });

  test.each(["RollbackInProgress", "Cancelling", "Successful", "Failed", "SomethingNew"])(
    "is not sent to one that is %s",
    async (status) => {
      client.refreshes = [seen(status)];
      await expect(api()[verb](refresh)).rejects.toMatchObject({
        kind: "final",
        message: expect.stringContaining(status),
      });
      expect(acted()).toEqual([]);
    },
  );

  test("is not sent while somebody else's refresh runs on the group", async () => {
    client.refreshes = [seen("InProgress", 2), seen("Failed", 1)];
    await expect(api()[verb](refresh)).rejects.toMatchObject({ kind: "final" });
    expect(acted()).toEqual([]);
  });

  test("says so when it hit another one all the same", async () => {
    client.refreshes = [seen("InProgress")];
    const between = client.describeInstanceRefreshes;
    client.describeInstanceRefreshes = async (request) => {
      const answer = await between(request);
      client.refreshes = [seen("InProgress", 2)];
      return answer;
    };
    await expect(api()[verb](refresh)).rejects.toMatchObject({
      code: "AnotherInstanceRefresh",
      message: expect.stringContaining(id(2)),
    });
  });

  test("is final when nothing runs any more", async () => {
    client.refreshes = [seen("InProgress")];
    client.faults.set(operation, refusal(operation, "ActiveInstanceRefreshNotFoundFault", 400));
    await expect(api()[verb](refresh)).rejects.toMatchObject({
      code: "ActiveInstanceRefreshNotFoundFault",
      kind: "final",
    });
  });
});

describe("a described refresh", () => {
  const described = async (fields: object): Promise<Refresh> => {
    client.refreshes = [{ ...seen("InProgress"), ...fields }];
    const [refresh] = await api().refreshes("web");
    return refresh as Refresh;
  };

  test("answers all that the cloud tells, in the program's names", async () => {
    const refresh = await described({
      Status: "RollbackSuccessful",
      StatusReason: "Rolled back.",
      StartTime: new Date("2026-01-02T03:04:05Z"),
      EndTime: new Date("2026-01-02T04:04:05Z"),
      PercentageComplete: 0,
      InstancesToUpdate: 2,
      ProgressDetails: { LivePoolProgress: { PercentageComplete: 0, InstancesToUpdate: 2 } },
      RollbackDetails: {
        RollbackReason: "An alarm went off.",
        RollbackStartTime: new Date("2026-01-02T03:30:00Z"),
        PercentageCompleteOnRollback: 50,
        InstancesToUpdateOnRollback: 1,
        ProgressDetailsOnRollback: { WarmPoolProgress: { PercentageComplete: 50, InstancesToUpdate: 1 } },
      },
      Strategy: "Rolling",
      Preferences: { MinHealthyPercentage: 90, CheckpointPercentages: [], AlarmSpecification: { Alarms: ["errors"] } },
      DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: "lt-1", LaunchTemplateName: "web", Version: "7" } },
    });
    expect(refresh).toEqual({
      id: id(1),
      group: "web",
      status: "RollbackSuccessful",
      fractionAtRollback: 0.5,
      notBegun: 2,
      plannedPauses: { checkpoints: [], checkpointSeconds: 3_600, bakeSeconds: 0, goal: 1 },
      stage: "rolledBack",
      ended: true,
      fraction: 0,
      reason: "Rolled back. An alarm went off.",
      startTime: "2026-01-02T03:04:05.000Z",
      arguments: {
        autoscalingGroupName: "web",
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 90, alarmSpecification: { alarms: ["errors"] } },
        desiredConfiguration: { launchTemplate: { id: "lt-1", name: "web", version: "7" } },
      },
      outputs: {
        instanceRefreshId: refreshId(1),
        statusReason: "Rolled back.",
        percentageComplete: 0,
        instancesToUpdate: 2,
        startTime: "2026-01-02T03:04:05.000Z",
        endTime: "2026-01-02T04:04:05.000Z",
        progressDetails: { livePoolProgress: { percentageComplete: 0, instancesToUpdate: 2 } },
        rollbackDetails: {
          rollbackReason: "An alarm went off.",
          rollbackStartTime: "2026-01-02T03:30:00.000Z",
          percentageCompleteOnRollback: 50,
          instancesToUpdateOnRollback: 1,
          progressDetailsOnRollback: { warmPoolProgress: { percentageComplete: 50, instancesToUpdate: 1 } },
        },
        region: "eu-west-1",
      },
    });
  });

  test("says how long it bakes, and does not end before", async () => {
    expect(
      await described({ Status: "Baking", PercentageComplete: 100, Preferences: { BakeTime: 600 } }),
    ).toMatchObject({
      ended: false,
      fraction: 1,
      pauseMilliseconds: 600_000,
    });
  });

  test("tells no progress of a rollback, whose percentage goes back", async () => {
    const refresh = await described({ Status: "RollbackInProgress", PercentageComplete: 40 });
    expect(refresh.fraction).toBeUndefined();
    expect(refresh.outputs.percentageComplete).toBe(40);
  });

  test("of a status that is not known is neither running nor successful", async () => {
    expect(await described({ Status: "Dreaming" })).toMatchObject({
      status: "Dreaming",
      stage: "unknown",
      ended: true,
    });
  });

  test("tells the account once its group was seen", async () => {
    client.groups = [autoScalingGroup()];
    client.refreshes = [seen("InProgress")];
    const one = api();
    await one.group({ autoscalingGroupName: "web" });
    expect((await one.refreshes("web"))[0]?.outputs.account).toBe("123456789012");
    expect(await one.account()).toBe("123456789012");
  });
});
