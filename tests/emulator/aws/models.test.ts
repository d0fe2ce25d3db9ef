/** Every answer of every operation against the models that AWS publishes. */
import { join } from "node:path";
import { sign } from "aws4";
import { createEmulator, type Emulator } from "../../../src/emulator";
import { apis } from "../../../src/emulator/aws/apis";
import { pythonWith } from "../python/packages";
import { differences, type ServiceModel } from "./awsModels";

const botocore = pythonWith("botocore");
const withModels = typeof botocore === "string" ? test.skip : test;
const why = typeof botocore === "string" ? ` (${botocore})` : "";
const region = "eu-west-1";

interface Answered {
  readonly service: string;
  readonly operation: string;
  readonly body: string;
}

let emulator: Emulator;
let answers: Answered[];
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1), region });
  answers = [];
});
afterEach(() => emulator.close());

type Request = Readonly<Record<string, string>>;

async function call(service: string, operation: string, parameters: Request = {}): Promise<string> {
  const version = apis.find((api) => api.service === service)?.version ?? "";
  const body = new URLSearchParams({ Action: operation, Version: version, ...parameters }).toString();
  const { host } = new URL(emulator.url);
  const { accessKeyId, secretAccessKey } = emulator;
  const options = { service, region, host, method: "POST", path: "/", body };
  const { headers } = sign(options, { accessKeyId, secretAccessKey });
  const answer = await fetch(emulator.url, { method: "POST", body, headers: headers as Record<string, string> });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${text}`);
  answers.push({ service, operation, body: text });
  return text;
}

const autoScaling = (operation: string, parameters: Request = {}) => call("autoscaling", operation, parameters);
const web = { AutoScalingGroupName: "web" };
const wait = (seconds: number) => emulator.clock.advance(seconds * 1000);

async function playEverything(): Promise<void> {
  await call("ec2", "CreateLaunchTemplate", {
    LaunchTemplateName: "web",
    VersionDescription: "first",
    "LaunchTemplateData.ImageId": "ami-one",
    "LaunchTemplateData.InstanceType": "t3.micro",
    "LaunchTemplateData.NetworkInterface.1.DeviceIndex": "0",
    "LaunchTemplateData.NetworkInterface.1.SecurityGroupId.1": "sg-1",
    "LaunchTemplateData.BlockDeviceMapping.1.DeviceName": "/dev/xvda",
    "LaunchTemplateData.BlockDeviceMapping.1.Ebs.VolumeSize": "20",
    "LaunchTemplateData.TagSpecification.1.ResourceType": "instance",
    "LaunchTemplateData.TagSpecification.1.Tag.1.Key": "app",
    "LaunchTemplateData.TagSpecification.1.Tag.1.Value": "web",
    "TagSpecification.1.ResourceType": "launch-template",
    "TagSpecification.1.Tag.1.Key": "app",
    "TagSpecification.1.Tag.1.Value": "web",
  });
  await call("ec2", "CreateLaunchTemplateVersion", {
    LaunchTemplateName: "web",
    SourceVersion: "1",
    "LaunchTemplateData.ImageId": "ami-two",
  });
  await call("ec2", "ModifyLaunchTemplate", { LaunchTemplateName: "web", SetDefaultVersion: "1" });
  await call("ec2", "DescribeLaunchTemplates");
  await call("ec2", "DescribeLaunchTemplateVersions", { LaunchTemplateName: "web" });

  await autoScaling("CreateLaunchConfiguration", {
    LaunchConfigurationName: "old",
    ImageId: "ami-one",
    InstanceType: "t3.micro",
    "BlockDeviceMappings.member.1.DeviceName": "/dev/xvda",
    "BlockDeviceMappings.member.1.Ebs.VolumeSize": "20",
  });
  await autoScaling("DescribeLaunchConfigurations");
  await autoScaling("DeleteLaunchConfiguration", { LaunchConfigurationName: "old" });

  await autoScaling("CreateAutoScalingGroup", {
    ...web,
    MinSize: "0",
    MaxSize: "8",
    DesiredCapacity: "3",
    VPCZoneIdentifier: "subnet-1,subnet-2",
    "LaunchTemplate.LaunchTemplateName": "web",
    "LaunchTemplate.Version": "1",
    "TargetGroupARNs.member.1": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1",
    "InstanceMaintenancePolicy.MinHealthyPercentage": "60",
    "InstanceMaintenancePolicy.MaxHealthyPercentage": "110",
    "Tags.member.1.Key": "app",
    "Tags.member.1.Value": "web",
  });
  wait(600);
  const tag = { "Tags.member.1.ResourceId": "web", "Tags.member.1.ResourceType": "auto-scaling-group" };
  await autoScaling("CreateOrUpdateTags", { ...tag, "Tags.member.1.Key": "team", "Tags.member.1.Value": "one" });
  await autoScaling("DescribeTags");
  await autoScaling("DeleteTags", { ...tag, "Tags.member.1.Key": "team" });
  await autoScaling("PutLifecycleHook", {
    ...web,
    LifecycleHookName: "boot",
    LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
  });
  await autoScaling("DescribeLifecycleHooks", web);
  await autoScaling("PutWarmPool", { ...web, MinSize: "1", MaxGroupPreparedCapacity: "4" });
  await autoScaling("SuspendProcesses", { ...web, "ScalingProcesses.member.1": "AZRebalance" });
  await autoScaling("DescribeAutoScalingGroups");
  await autoScaling("ResumeProcesses", web);
  await autoScaling("UpdateAutoScalingGroup", { ...web, MaxSize: "9" });
  await autoScaling("SetDesiredCapacity", { ...web, DesiredCapacity: "4" });
  wait(70);
  await autoScaling("DescribeAutoScalingInstances");
  await autoScaling("DescribeAutoScalingGroups");
  await autoScaling("DescribeScalingActivities");
  const hooked = { ...web, LifecycleHookName: "boot" };
  await autoScaling("RecordLifecycleActionHeartbeat", hooked);
  await autoScaling("CompleteLifecycleAction", { ...hooked, LifecycleActionResult: "CONTINUE" });
  await autoScaling("DeleteLifecycleHook", hooked);
  wait(600);
  await autoScaling("DescribeWarmPool", web);

  await call("monitoring", "PutMetricAlarm", {
    AlarmName: "errors",
    MetricName: "Errors",
    Namespace: "App",
    Statistic: "Sum",
    Period: "60",
    EvaluationPeriods: "1",
    Threshold: "1.5",
    ComparisonOperator: "GreaterThanThreshold",
  });
  await call("monitoring", "SetAlarmState", { AlarmName: "errors", StateValue: "OK", StateReason: "test" });
  await call("monitoring", "DescribeAlarms");
  await call("monitoring", "ListTagsForResource", {
    ResourceARN: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors",
  });
  const desired = {
    ...web,
    "DesiredConfiguration.LaunchTemplate.LaunchTemplateName": "web",
    "DesiredConfiguration.LaunchTemplate.Version": "2",
    "Preferences.CheckpointPercentages.member.1": "50",
    "Preferences.CheckpointPercentages.member.2": "100",
    "Preferences.AlarmSpecification.Alarms.member.1": "errors",
  };
  await autoScaling("StartInstanceRefresh", desired);
  await autoScaling("DescribeInstanceRefreshes", web);
  wait(120);
  await autoScaling("DescribeInstanceRefreshes", web);
  await autoScaling("DescribeScalingActivities");
  await autoScaling("RollbackInstanceRefresh", web);
  wait(60);
  await autoScaling("DescribeInstanceRefreshes", web);
  await autoScaling("CancelInstanceRefresh", web);
  wait(1200);
  await autoScaling("DescribeInstanceRefreshes", web);
  await call("monitoring", "DeleteAlarms", { "AlarmNames.member.1": "errors" });

  const decrement = { ShouldDecrementDesiredCapacity: "true" };
  const described = await autoScaling("DescribeAutoScalingGroups");
  const [held = "", other = "", third = ""] = [...described.matchAll(/<InstanceId>(.*?)<\/InstanceId>/g)].map(
    ([, id]) => id,
  );
  const one = { ...web, "InstanceIds.member.1": held };
  await autoScaling("SetInstanceProtection", { ...one, ProtectedFromScaleIn: "true" });
  await autoScaling("EnterStandby", { ...one, ...decrement });
  await autoScaling("DescribeAutoScalingGroups");
  await autoScaling("ExitStandby", one);
  await autoScaling("DetachInstances", { ...one, ...decrement });
  await autoScaling("AttachInstances", one);
  await autoScaling("SetInstanceHealth", { InstanceId: held, HealthStatus: "Unhealthy" });
  wait(10);
  await autoScaling("DescribeScalingActivities");
  await autoScaling("TerminateInstanceInAutoScalingGroup", { InstanceId: other, ...decrement });
  const several = { "InstanceIds.member.1": third, ...web, ...decrement };
  await autoScaling("TerminateInstanceInAutoScalingGroup", several);
  await autoScaling("DeleteWarmPool", { ...web, ForceDelete: "true" });
  await autoScaling("DescribeWarmPool", web);
  await autoScaling("DeleteAutoScalingGroup", { ...web, ForceDelete: "true" });
  await autoScaling("DescribeAutoScalingGroups");
  await call("ec2", "DeleteLaunchTemplate", { LaunchTemplateName: "web" });

  await call("sts", "GetCallerIdentity");
  await call("sts", "GetSessionToken");
  const role = { RoleArn: "arn:aws:iam::123456789012:role/deploy", RoleSessionName: "ci" };
  await call("sts", "AssumeRole", role);
  const claims = Buffer.from(JSON.stringify({ sub: "web", iss: "https://issuer.example", aud: "sts" }));
  await call("sts", "AssumeRoleWithWebIdentity", { ...role, WebIdentityToken: `h.${claims.toString("base64url")}.s` });
}

withModels(`every operation answers as its model says${why}`, async () => {
  if (typeof botocore === "string") return;
  const script = join(__dirname, "../python/awsModels.py");
  const models: Readonly<Record<string, ServiceModel>> = JSON.parse(await botocore.run(script));
  await playEverything();

  const wrong = answers.flatMap(({ service, operation, body }) =>
    differences(models[service] as ServiceModel, operation, body),
  );
  expect([...new Set(wrong.map((each) => each.replace(/\[\d+\]/g, "[]")))]).toEqual([]);
  const played = new Set(answers.map(({ service, operation }) => `${service}:${operation}`));
  const all = apis.flatMap(({ service, operations }) => Object.keys(operations).map((name) => `${service}:${name}`));
  expect([...played].sort()).toEqual(all.sort());
});

test.each([
  ["an unknown member", "<Nothing>1</Nothing>", "Do.Nothing is not in the model"],
  ["another type", "<Count>one</Count>", "Do.Count is one, not integer"],
  ["a value outside of its enum", "<Colour>green</Colour>", "Do.Colour is green, not one of red, blue"],
  ["a list with other elements", "<Names><item>a</item></Names>", 'Do.Names is no list of member: {"item":"a"}'],
])("%s is found", (_, member, expected) => {
  const model: ServiceModel = {
    operations: { Do: { output: "Answer", wrapper: "DoResult" } },
    shapes: {
      Answer: {
        type: "structure",
        required: ["Id"],
        members: { Id: "Text", Count: "Int", Colour: "Enum", Names: "List" },
      },
      Text: { type: "string" },
      Int: { type: "integer" },
      Enum: { type: "string", enum: ["red", "blue"] },
      List: { type: "list", member: "Text", element: "member" },
    },
  };
  const answer = (members: string) => `<DoResponse><DoResult>${members}</DoResult></DoResponse>`;
  expect(differences(model, "Do", answer(`<Id>1</Id>${member}`))).toEqual([expected]);
  expect(differences(model, "Do", answer("<Count>1</Count>"))).toEqual(["Do.Id is missing"]);
});
