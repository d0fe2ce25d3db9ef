import * as pulumi from "@pulumi/pulumi";
import { autoscaling, ess } from "../../src";
import { ess as constructs, Rollout, type Wave } from "../../src/constructs";
import { Provider, ess as plugin } from "../../src/plugin";
import { type Registered, registrationsOf } from "./mocked";

const COMPLETION = /Completion$/;

/** Two refreshes, one of each cloud, and then a third. */
const waves = (change: { canary?: Partial<Wave>; rest?: Partial<Wave> } = {}): Wave[] => [
  {
    name: "canary",
    refreshes(opts) {
      new autoscaling.InstanceRefresh("eu-1", { autoscalingGroupName: "eu-1" }, opts);
      new ess.InstanceRefresh("cn-1", { scalingGroupId: "asg-1" }, opts);
    },
    ...change.canary,
  },
  {
    name: "rest",
    refreshes: (opts) => {
      new ess.InstanceRefresh("cn-2", { scalingGroupId: "asg-2" }, opts);
    },
    ...change.rest,
  },
];

const find = (registered: readonly Registered[], name: string, type = /InstanceRefresh$/) =>
  registered.find((each) => each.name === name && type.test(each.type)) as Registered;
const needs = ({ dependencies }: Registered) => dependencies.map((urn) => urn.split("::").slice(-1)[0]).sort();

test("A wave begins after the one wait for all refreshes of the wave before", async () => {
  const registered = await registrationsOf(() => new Rollout("web", { waves: waves() }));
  expect(needs(find(registered, "eu-1"))).toEqual([]);
  expect(needs(find(registered, "cn-1"))).toEqual([]);
  expect(needs(find(registered, "web-canary", COMPLETION))).toEqual(["cn-1", "eu-1"]);
  expect(needs(find(registered, "cn-2"))).toEqual(["web-canary"]);
});

test("A wave is told what it waits for: each refresh, its time, and how it is reached", async () => {
  const wave: Wave = {
    name: "canary",
    refreshes: (opts) => {
      const args = { scalingGroupId: "asg-1", onTimeout: "rollback", connection: { region: "cn-beijing" } } as const;
      new ess.InstanceRefresh("cn-1", args, { ...opts, customTimeouts: { create: "90m" } });
      new ess.InstanceRefresh("cn-2", { scalingGroupId: "asg-2", triggers: ["secret"], status: "Cancelled" }, opts);
    },
  };
  const registered = await registrationsOf(() => new Rollout("web", { waves: [wave], onFailure: "cancel" }));
  const rollout = { name: "web", onFailure: "cancel", wave: 0 };
  expect(find(registered, "web-canary", COMPLETION).inputs.members).toEqual([
    {
      urn: expect.stringMatching(/::cn-1$/),
      cloud: "ess",
      id: "cn-1-id",
      timeoutSeconds: 5_400,
      args: { scalingGroupId: "asg-1", onTimeout: "rollback", connection: { region: "cn-beijing" }, rollout },
    },
    {
      urn: expect.stringMatching(/::cn-2$/),
      cloud: "ess",
      id: "cn-2-id",
      args: { scalingGroupId: "asg-2", status: "Cancelled", rollout },
    },
  ]);
});

test("The host that starts a refresh waits for it, with the provider that the program gives", async () => {
  const mixed: Wave = {
    name: "mixed",
    refreshes(opts) {
      const provider = new Provider("beijing", { alicloudRegion: "cn-beijing" });
      new ess.InstanceRefresh("dynamic", { scalingGroupId: "asg-1" }, opts);
      new plugin.InstanceRefresh("default", { scalingGroupId: "asg-2" }, opts);
      new plugin.InstanceRefresh("own", { scalingGroupId: "asg-3" }, { ...opts, provider });
    },
  };
  const registered = await registrationsOf(() => new Rollout("web", { waves: [mixed] }));
  const completions = registered.filter(({ type }) => /:Completion$/.test(type));
  const waits = completions.map((each) => [...needs(each), each.type, each.provider.split("::").at(-2)]);
  expect(waits.sort()).toEqual([
    ["default", "instance-refresh:index:Completion", undefined],
    ["dynamic", "pulumi-nodejs:dynamic/constructs:Completion", undefined],
    ["own", "instance-refresh:index:Completion", "beijing"],
  ]);
});

test("With a soak time it begins after the soak, which is told when the wave ended", async () => {
  const registered = await registrationsOf(() => new Rollout("web", { waves: waves({ canary: { soak: "30m" } }) }));
  const soak = find(registered, "web-canary", /Soak$/);
  expect(soak.inputs).toMatchObject({
    duration: "30m",
    hold: false,
    ends: ["2026-01-01T00:00:00Z", null],
  });
  expect(needs(soak)).toEqual(["web-canary"]);
  expect(needs(find(registered, "cn-2"))).toEqual(["web-canary"]);
});

test("The plugin soaks after its own refreshes, with the provider that the program gives", async () => {
  const canary: Partial<Wave> = {
    soak: "30m",
    refreshes(opts) {
      const provider = new Provider("beijing", { alicloudRegion: "cn-beijing" });
      new plugin.InstanceRefresh("own", { scalingGroupId: "asg-3" }, { ...opts, provider });
    },
  };
  const registered = await registrationsOf(() => new Rollout("web", { waves: waves({ canary }) }));
  const soak = find(registered, "web-canary", /Soak$/);
  expect([soak.type, soak.provider.split("::").at(-2)]).toEqual(["instance-refresh:index:Soak", "beijing"]);
});

test("Nothing is soaked after the last wave", async () => {
  const registered = await registrationsOf(() => new Rollout("web", { waves: waves({ rest: { soak: "30m" } }) }));
  expect(registered.filter(({ type }) => /Soak$/.test(type))).toEqual([]);
});

test("A wave that nobody has approved is held, with those after it, and nobody waits for it", async () => {
  const unapproved = waves({ canary: { soak: "30m" }, rest: { approved: pulumi.output(false) } });
  const last: Wave = {
    name: "last",
    refreshes: (opts) => {
      new ess.InstanceRefresh("cn-3", { scalingGroupId: "asg-3" }, opts);
    },
  };
  const registered = await registrationsOf(() => new Rollout("web", { waves: [...unapproved, last] }));
  const holds = ["eu-1", "cn-1", "cn-2", "cn-3"].map((name) => find(registered, name).inputs.hold);
  expect(holds).toEqual([false, false, true, true]);
  expect(find(registered, "web-canary", /Soak$/).inputs.hold).toBe(true);
});

test("A refresh that the program itself holds stays held", async () => {
  const own: Wave = {
    name: "canary",
    refreshes: (opts) => {
      new ess.InstanceRefresh("cn-1", { scalingGroupId: "asg-1", hold: true }, opts);
    },
  };
  const registered = await registrationsOf(() => new Rollout("web", { waves: [own] }));
  expect(find(registered, "cn-1").inputs.hold).toBe(true);
});

test("Every refresh knows the rollout, and what happens to it when another one fails", async () => {
  const registered = await registrationsOf(() => new Rollout("web", { waves: waves(), onFailure: "rollback" }));
  for (const name of ["eu-1", "cn-1", "cn-2"]) {
    const wave = name === "cn-2" ? 1 : 0;
    const policy = { name: "web", onFailure: "rollback", wave, startOnly: true };
    expect(find(registered, name).inputs.rollout).toEqual(policy);
  }
});

test("Every refresh knows when it may start, and how many of the rollout run at once", async () => {
  const windows = [{ schedule: "0 22 * * SAT", duration: "4h" }];
  const freeze = (day: number) => ({
    from: `2026-12-0${day}T00:00:00Z`,
    to: `2026-12-0${day + 1}T00:00:00Z`,
    reason: "x",
  });
  const own: Wave = {
    name: "own",
    refreshes: (opts) => {
      const mine = { windows: [{ schedule: "0 2 * * *", duration: "1h" }], freezes: [freeze(5)] };
      new ess.InstanceRefresh("cn-3", { scalingGroupId: "asg-3", ...mine }, opts);
    },
  };
  const args = { windows, freezes: [freeze(1)], outsideWindows: "wait" as const, maxConcurrent: 2 };
  const registered = await registrationsOf(() => new Rollout("web", { waves: [...waves(), own], ...args }));
  for (const name of ["eu-1", "cn-1", "cn-2"]) {
    const { inputs } = find(registered, name);
    expect(inputs).toMatchObject({
      windows,
      freezes: [freeze(1)],
      outsideWindows: "wait",
      rollout: { maxConcurrent: 2 },
    });
  }
  expect(find(registered, "cn-3").inputs).toMatchObject({
    windows: [{ schedule: "0 2 * * *", duration: "1h" }],
    freezes: [freeze(1), freeze(5)],
  });
});

test("Of a group in a wave only the refresh waits", async () => {
  const second: Wave = {
    name: "groups",
    refreshes: (opts) => {
      const group = { minSize: 1, maxSize: 2 };
      new constructs.RollingGroup("shop", { launchTemplate: { imageId: "m-1" }, group }, opts);
    },
  };
  const registered = await registrationsOf(() => new Rollout("web", { waves: [...waves().slice(0, 1), second] }));
  expect(needs(find(registered, "shop"))).toEqual(expect.arrayContaining(["web-canary"]));
  expect(find(registered, "shop").inputs.rollout).toEqual({ name: "web", startOnly: true, wave: 1 });
  for (const type of [/EcsLaunchTemplate$/, /ScalingGroup$/]) {
    expect(needs(find(registered, "shop", type))).not.toEqual(expect.arrayContaining(["web-canary"]));
  }
});

test("A wave whose refreshes are declared without the options it gives is refused", async () => {
  await registrationsOf(() => {
    const stray: Wave = {
      name: "stray",
      refreshes: () => {
        new ess.InstanceRefresh("cn-9", { scalingGroupId: "asg-9" });
      },
    };
    expect(() => new Rollout("web", { waves: [stray] })).toThrow("Wave stray declares no refresh with the options");
  });
});
