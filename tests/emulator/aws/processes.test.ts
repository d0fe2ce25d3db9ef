import { ResumeProcessesCommand, SuspendProcessesCommand } from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two");
  await aws.createGroup("web");
});
afterAll(() => aws.close());

const suspend = (...ScalingProcesses: string[]) =>
  aws.client.send(new SuspendProcessesCommand({ AutoScalingGroupName: "web", ScalingProcesses }));
const resume = (...ScalingProcesses: string[]) =>
  aws.client.send(new ResumeProcessesCommand({ AutoScalingGroupName: "web", ScalingProcesses }));

test("the answer names a suspended process and its reason; a process that does not exist is refused", async () => {
  await suspend("AZRebalance");
  expect((await aws.group("web")).SuspendedProcesses).toEqual([
    { ProcessName: "AZRebalance", SuspensionReason: expect.stringMatching(/^User suspended at \d{4}-.*\d\dZ$/) },
  ]);
  await expect(suspend("Reboot")).rejects.toThrow("Reboot is not a valid scaling process type");
  await resume("AZRebalance");
  expect((await aws.group("web")).SuspendedProcesses).toEqual([]);
});

test("all processes are suspended and resumed when none is named", async () => {
  await suspend();
  expect((await aws.group("web")).SuspendedProcesses).toHaveLength(9);
  await resume();
  expect((await aws.group("web")).SuspendedProcesses).toEqual([]);
});

test("a refresh replaces nothing while InstanceRefresh is suspended, and goes on afterwards", async () => {
  await suspend("InstanceRefresh");
  await aws.start("web", version("web", "2"));
  aws.advance(36_000);
  expect(await aws.refresh("web")).toMatchObject({
    Status: "InProgress",
    StatusReason: expect.stringContaining("InstanceRefresh"),
    InstancesToUpdate: 4,
  });
  await resume();
  await aws.until("web", "Successful");
});
