import {
  DeleteWarmPoolCommand,
  DescribeWarmPoolCommand,
  PutWarmPoolCommand,
  type PutWarmPoolCommandInput,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two");
});
afterAll(() => aws.close());

let count = 0;
async function web(): Promise<string> {
  const name = `web-${count++}`;
  await aws.createGroup(name, {
    MaxSize: 4,
    DesiredCapacity: 2,
    LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
  });
  return name;
}
const put = (AutoScalingGroupName: string, pool: Partial<PutWarmPoolCommandInput> = {}) =>
  aws.client.send(new PutWarmPoolCommand({ AutoScalingGroupName, ...pool }));
const pool = (AutoScalingGroupName: string) => aws.client.send(new DescribeWarmPoolCommand({ AutoScalingGroupName }));

test("a warm pool is put with its defaults, described, and shown by its group", async () => {
  const name = await web();
  expect((await pool(name)).WarmPoolConfiguration).toBeUndefined();
  await put(name);
  expect((await pool(name)).Instances?.map(({ LifecycleState }) => LifecycleState)).toEqual([
    "Warmed:Pending",
    "Warmed:Pending",
  ]);
  aws.advance(120);
  const { Instances, WarmPoolConfiguration } = await pool(name);
  expect(WarmPoolConfiguration).toEqual({ MinSize: 0, PoolState: "Stopped" });
  expect(Instances).toMatchObject([
    { LifecycleState: "Warmed:Stopped", ImageId: "ami-one" },
    { LifecycleState: "Warmed:Stopped" },
  ]);
  expect(await aws.group(name)).toMatchObject({
    WarmPoolSize: 2,
    WarmPoolConfiguration: { PoolState: "Stopped" },
    Instances: [{}, {}],
  });
  await put(name, { PoolState: "Running", MaxGroupPreparedCapacity: 3 });
  aws.advance(120);
  expect(await pool(name)).toMatchObject({
    WarmPoolConfiguration: { MaxGroupPreparedCapacity: 3, PoolState: "Running" },
    Instances: [{ LifecycleState: "Warmed:Running" }],
  });
  await expect(put(name, { MinSize: 5, MaxGroupPreparedCapacity: 4 })).rejects.toThrow("must not be less");
});

test("a refresh with checkpoints replaces the pool only when the last is 100 percent", async () => {
  for (const [last, images] of [
    [100, ["ami-two", "ami-two"]],
    [60, ["ami-one", "ami-one"]],
  ] as const) {
    const name = await web();
    await put(name);
    aws.advance(120);
    const Preferences = {
      CheckpointPercentages: [50, last],
      CheckpointDelay: 60,
      BakeTime: 60,
      MinHealthyPercentage: 50,
    };
    await aws.start(name, { ...version("web", "2"), Preferences });
    await aws.until(name, "Successful");
    expect((await pool(name)).Instances?.map(({ ImageId }) => ImageId)).toEqual(images);
  }
});

test("a refresh replaces the pool after the group, and tells how far each is", async () => {
  const name = await web();
  await put(name);
  aws.advance(120);
  await aws.start(name, version("web", "2"));
  expect(await aws.refresh(name)).toMatchObject({
    InstancesToUpdate: 4,
    ProgressDetails: {
      LivePoolProgress: { PercentageComplete: 0, InstancesToUpdate: 2 },
      WarmPoolProgress: { PercentageComplete: 0, InstancesToUpdate: 2 },
    },
  });
  let last = await aws.refresh(name);
  while (last.PercentageComplete !== 100 || last.InstancesToUpdate !== 1) {
    aws.advance(5);
    last = await aws.refresh(name);
    expect(last.Status === "Pending" || last.Status === "InProgress").toBe(true);
  }
  await aws.until(name, "Successful");
  expect((await pool(name)).Instances?.map(({ ImageId }) => ImageId)).toEqual(["ami-two", "ami-two"]);
});

test("a pool with instances is deleted by force only, and its instances end first", async () => {
  const name = await web();
  const remove = (ForceDelete?: boolean) =>
    aws.client.send(new DeleteWarmPoolCommand({ AutoScalingGroupName: name, ForceDelete }));
  await expect(remove()).rejects.toThrow("No warm pool found");
  await put(name);
  aws.advance(120);
  await expect(remove()).rejects.toMatchObject({ name: "ResourceInUseFault" });
  await remove(true);
  expect((await pool(name)).WarmPoolConfiguration?.Status).toBe("PendingDelete");
  aws.advance(60);
  expect((await pool(name)).WarmPoolConfiguration).toBeUndefined();
  expect((await pool(name)).Instances).toEqual([]);
});
