import { createEmulator, type Emulator } from "../../src/emulator";
import { type Call, essClient } from "./essClient";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1) });
});
afterEach(() => emulator.close());

describe.each(["2022-02-22", "2014-08-28"])("version %s", (version) => {
  test("a group made by the vendor's client is refreshed to a new image", async () => {
    const call = essClient(emulator, { version });
    const { ScalingGroupId } = await call("CreateScalingGroup", { ScalingGroupName: "web", MinSize: 0, MaxSize: 10, DesiredCapacity: 4 });
    const { ScalingConfigurationId } = await call("CreateScalingConfiguration", { ScalingGroupId, ImageId: "m-1", InstanceType: "ecs.g7.large" });
    await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
    emulator.clock.advance(60_000);
    console.log(await call("DescribeScalingGroups", { "ScalingGroupIds.1": ScalingGroupId }));
    const started = await call("StartInstanceRefresh", { ScalingGroupId, DesiredConfiguration: { ImageId: "m-2" }, Checkpoints: [{ Percentage: 50 }, { Percentage: 100 }] });
    console.log(started, JSON.stringify(await call("DescribeInstanceRefreshes", { ScalingGroupId })));
    emulator.clock.advance(24 * 3600_000);
    console.log(JSON.stringify(await call("DescribeInstanceRefreshes", { ScalingGroupId })));
    console.log(JSON.stringify(await call("DescribeScalingConfigurations", { ScalingGroupId })));
    console.log(JSON.stringify(await call("DescribeScalingInstances", { ScalingGroupId })));
  });
});
