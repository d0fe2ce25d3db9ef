"""The whole use of an Auto Scaling group by boto3: prints one line of JSON for each step."""

import json
import sys
import urllib.request

import boto3
from botocore.exceptions import ClientError

address, key, secret = sys.argv[1:4]
session = boto3.Session(aws_access_key_id=key, aws_secret_access_key=secret, region_name="eu-west-1")
group = {"AutoScalingGroupName": "web"}


def client(service, **credentials):
    return session.client(service, endpoint_url=address, **credentials)


def advance(seconds):
    body = json.dumps({"advanceSeconds": seconds}).encode()
    headers = {"content-type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{address}/_emulator/clock", body, headers))


def tell(step, value):
    print(json.dumps({"step": step, "value": value}, default=str))


def refresh():
    return autoscaling.describe_instance_refreshes(**group)["InstanceRefreshes"][0]


def until(*statuses):
    while (found := refresh())["Status"] not in statuses:
        advance(15)
    return found


def described():
    return autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=["web"])["AutoScalingGroups"]


def images():
    return sorted(instance["ImageId"] for instance in described()[0]["Instances"])


def code(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]


# Whoever plays has a role, by credentials of the emulator's own STS.
role = client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/deploy", RoleSessionName="ci")["Credentials"]
temporary = {
    "aws_access_key_id": role["AccessKeyId"],
    "aws_secret_access_key": role["SecretAccessKey"],
    "aws_session_token": role["SessionToken"],
}
tell("identity", client("sts", **temporary).get_caller_identity()["Arn"])
autoscaling = client("autoscaling", **temporary)
ec2 = client("ec2", **temporary)

ec2.create_launch_template(
    LaunchTemplateName="web", LaunchTemplateData={"ImageId": "ami-one", "InstanceType": "t3.micro"}
)
ec2.create_launch_template_version(
    LaunchTemplateName="web", SourceVersion="1", LaunchTemplateData={"ImageId": "ami-two"}
)
autoscaling.create_auto_scaling_group(
    **group,
    MinSize=0,
    MaxSize=6,
    DesiredCapacity=3,
    VPCZoneIdentifier="subnet-1,subnet-2",
    LaunchTemplate={"LaunchTemplateName": "web", "Version": "1"},
    Tags=[{"Key": "app", "Value": "web", "PropagateAtLaunch": True}],
)
autoscaling.put_lifecycle_hook(
    **group,
    LifecycleHookName="boot",
    LifecycleTransition="autoscaling:EC2_INSTANCE_LAUNCHING",
    HeartbeatTimeout=60,
    DefaultResult="CONTINUE",
)
autoscaling.put_warm_pool(**group, MinSize=1, MaxGroupPreparedCapacity=4)
autoscaling.suspend_processes(**group, ScalingProcesses=["AZRebalance"])
advance(600)
tell("group", [len(described()[0]["Instances"]), described()[0]["WarmPoolSize"]])
autoscaling.delete_warm_pool(**group, ForceDelete=True)

cloudwatch = client("cloudwatch", **temporary)
cloudwatch.put_metric_alarm(
    AlarmName="errors",
    Namespace="web",
    MetricName="errors",
    Statistic="Sum",
    Period=60,
    EvaluationPeriods=1,
    Threshold=1.5,
    ComparisonOperator="GreaterThanThreshold",
)
cloudwatch.set_alarm_state(AlarmName="errors", StateValue="OK", StateReason="quiet")
alarm = cloudwatch.describe_alarms(AlarmNames=["errors"])["MetricAlarms"][0]
tell("alarm", [alarm["StateValue"], alarm["Threshold"], alarm["StateUpdatedTimestamp"].year > 2000])
tell("no alarm", code(cloudwatch.set_alarm_state, AlarmName="none", StateValue="OK", StateReason=""))

desired = {"LaunchTemplate": {"LaunchTemplateName": "web", "Version": "2"}}
autoscaling.start_instance_refresh(**group, DesiredConfiguration=desired, Preferences={"AutoRollback": True})
tell("second", code(autoscaling.start_instance_refresh, **group))
advance(200)
autoscaling.rollback_instance_refresh(**group)
tell("rolled back", [until("RollbackSuccessful")["PercentageComplete"], images()])

autoscaling.start_instance_refresh(**group, DesiredConfiguration=desired)
advance(100)
tell("reason", refresh()["StatusReason"])
autoscaling.cancel_instance_refresh(**group)
tell("cancelled", until("Cancelled")["StatusReason"])

autoscaling.start_instance_refresh(
    **group, DesiredConfiguration=desired, Preferences={"SkipMatching": True, "BakeTime": 600}
)
tell("baking", until("Baking")["PercentageComplete"])
tell("successful", [until("Successful")["PercentageComplete"], images(), described()[0]["LaunchTemplate"]["Version"]])
refreshes = autoscaling.describe_instance_refreshes(**group)["InstanceRefreshes"]
tell("refreshes", [found["Status"] for found in refreshes])
causes = {
    activity["Cause"].split("Z ", 1)[1].split("  ")[0]
    for page in autoscaling.get_paginator("describe_scaling_activities").paginate(**group)
    for activity in page["Activities"]
}
tell("causes", sorted(cause for cause in causes if "refresh" in cause))

# As Terraform deletes a group: to nothing first.
autoscaling.update_auto_scaling_group(**group, MinSize=0, MaxSize=0, DesiredCapacity=0)
tell("in use", code(autoscaling.delete_auto_scaling_group, **group))
advance(60)
autoscaling.delete_auto_scaling_group(**group)
ec2.delete_launch_template(LaunchTemplateName="web")
tell("left", described())
