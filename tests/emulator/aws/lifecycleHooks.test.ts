import {
  CompleteLifecycleActionCommand,
  DeleteLifecycleHookCommand,
  DescribeLifecycleHooksCommand,
  DescribeScalingActivitiesCommand,
  PutLifecycleHookCommand,
  type PutLifecycleHookCommandInput,
  RecordLifecycleActionHeartbeatCommand,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two-health-0");
});
afterAll(() => aws.close());

const launching = "autoscaling:EC2_INSTANCE_LAUNCHING";
let count = 0;
async function web(settings = {}): Promise<string> {
  const name = `web-${count++}`;
  await aws.createGroup(name, {
    DesiredCapacity: 1,
    LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
    ...settings,
  });
  return name;
}
const put = (AutoScalingGroupName: string, hook: Partial<PutLifecycleHookCommandInput>) =>
  aws.client.send(new PutLifecycleHookCommand({ AutoScalingGroupName, LifecycleHookName: "drain", ...hook }));
const describeHooks = async (AutoScalingGroupName: string, names?: string[]) =>
  (
    await aws.client.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName, ...(names && { LifecycleHookNames: names }) }),
    )
  ).LifecycleHooks;
const action = (name: string, InstanceId: string) => ({
  AutoScalingGroupName: name,
  LifecycleHookName: "drain",
  InstanceId,
});
const held = async (name: string) =>
  (await aws.group(name)).Instances?.find(({ LifecycleState }) => LifecycleState?.endsWith(":Wait"));

test("a hook is put, described with its defaults, changed and deleted", async () => {
  const name = await web();
  await expect(put(name, {})).rejects.toThrow("LifecycleTransition is required");
  await put(name, { LifecycleTransition: launching });
  expect(await describeHooks(name)).toEqual([
    {
      AutoScalingGroupName: name,
      LifecycleHookName: "drain",
      LifecycleTransition: launching,
      HeartbeatTimeout: 3600,
      GlobalTimeout: 172_800,
      DefaultResult: "ABANDON",
    },
  ]);
  await put(name, { HeartbeatTimeout: 60, DefaultResult: "CONTINUE" });
  expect(await describeHooks(name, ["drain"])).toMatchObject([
    { LifecycleTransition: launching, HeartbeatTimeout: 60, GlobalTimeout: 6000, DefaultResult: "CONTINUE" },
  ]);
  expect(await describeHooks(name, ["another"])).toEqual([]);
  await expect(put(name, { HeartbeatTimeout: 29 })).rejects.toThrow("heartbeatTimeout");
  const remove = new DeleteLifecycleHookCommand({ AutoScalingGroupName: name, LifecycleHookName: "drain" });
  await aws.client.send(remove);
  expect(await describeHooks(name)).toEqual([]);
  await expect(aws.client.send(remove)).rejects.toThrow("No Lifecycle Hook found");
});

test("a group has fifty hooks at most", async () => {
  const hooks = Array.from({ length: 50 }, (_, index) => {
    return { LifecycleHookName: `hook-${index}`, LifecycleTransition: launching };
  });
  const name = await web({ DesiredCapacity: 0, LifecycleHookSpecificationList: hooks });
  expect(await describeHooks(name)).toHaveLength(50);
  await expect(put(name, { LifecycleTransition: launching })).rejects.toThrow("at most 50 lifecycle hooks");
});

test("a launch waits for its hook, tells so, and goes on when somebody completes it", async () => {
  const name = await web();
  await put(name, { LifecycleTransition: launching, HeartbeatTimeout: 600 });
  await aws.start(name, version("web", "2"));
  aws.advance(120);
  const waiting = await held(name);
  expect(waiting?.LifecycleState).toBe("Pending:Wait");
  const { Activities } = await aws.client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name }));
  expect(Activities?.find(({ Description }) => Description?.includes(waiting?.InstanceId ?? "-"))).toMatchObject({
    StatusCode: "MidLifecycleAction",
  });
  const id = waiting?.InstanceId ?? "";
  await aws.client.send(new RecordLifecycleActionHeartbeatCommand(action(name, id)));
  aws.advance(590);
  expect((await held(name))?.InstanceId).toBe(id);
  await aws.client.send(new CompleteLifecycleActionCommand({ ...action(name, id), LifecycleActionResult: "CONTINUE" }));
  expect((await aws.refresh(name)).Status).toBe("Successful");
  const again = new CompleteLifecycleActionCommand({ ...action(name, id), LifecycleActionResult: "CONTINUE" });
  await expect(aws.client.send(again)).rejects.toThrow("No active Lifecycle Action found");
});

test("a launch that nobody completes is abandoned when its time is up", async () => {
  const name = await web();
  await put(name, { LifecycleTransition: launching, HeartbeatTimeout: 60 });
  await aws.start(name, version("web", "2"));
  aws.advance(120);
  const id = (await held(name))?.InstanceId;
  aws.advance(120);
  expect((await held(name))?.InstanceId).not.toBe(id);
  expect((await aws.refresh(name)).Status).toBe("InProgress");
});

test("a launch is abandoned when its hook is deleted", async () => {
  const name = await web();
  await put(name, { LifecycleTransition: launching });
  await aws.start(name, version("web", "2"));
  aws.advance(120);
  const id = (await held(name))?.InstanceId;
  await aws.client.send(new DeleteLifecycleHookCommand({ AutoScalingGroupName: name, LifecycleHookName: "drain" }));
  aws.advance(30);
  expect((await aws.group(name)).Instances?.map(({ InstanceId }) => InstanceId)).not.toContain(id);
  await aws.until(name, "Successful");
});

test("a termination waits for its hook, and goes on when the hook is deleted", async () => {
  const name = await web();
  await put(name, { LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" });
  await aws.start(name, version("web", "2"));
  aws.advance(600);
  expect((await held(name))?.LifecycleState).toBe("Terminating:Wait");
  await aws.client.send(new DeleteLifecycleHookCommand({ AutoScalingGroupName: name, LifecycleHookName: "drain" }));
  aws.advance(60);
  expect((await aws.group(name)).Instances).toHaveLength(1);
});
