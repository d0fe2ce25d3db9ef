"""A whole session by the vendor's Python SDK: prints one line of JSON for each step."""

import json
import sys
import urllib.request

from alibabacloud_ess20220222 import models
from alibabacloud_ess20220222.client import Client
from alibabacloud_tea_openapi.utils_models import Config

address, key, secret = sys.argv[1:4]
region = "cn-hangzhou"
client = Client(
    Config(
        access_key_id=key,
        access_key_secret=secret,
        endpoint=address.removeprefix("http://"),
        protocol="HTTP",
        region_id=region,
    )
)


def advance(seconds):
    body = json.dumps({"advanceSeconds": seconds}).encode()
    headers = {"content-type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{address}/_emulator/clock", body, headers))


def tell(step, value):
    print(json.dumps({"step": step, "value": value}))


group = client.create_scaling_group(
    models.CreateScalingGroupRequest(
        region_id=region, scaling_group_name="python", min_size=0, max_size=20, desired_capacity=4
    )
).body.scaling_group_id
configuration = client.create_scaling_configuration(
    models.CreateScalingConfigurationRequest(
        scaling_group_id=group,
        image_id="m-1",
        instance_type_overrides=[
            models.CreateScalingConfigurationRequestInstanceTypeOverrides(
                instance_type="ecs.g7.large", weighted_capacity=2
            )
        ],
    )
).body.scaling_configuration_id
client.enable_scaling_group(
    models.EnableScalingGroupRequest(
        region_id=region, scaling_group_id=group, active_scaling_configuration_id=configuration
    )
)


def start(image, **preferences):
    request = models.StartInstanceRefreshRequest(
        region_id=region,
        scaling_group_id=group,
        desired_configuration=models.StartInstanceRefreshRequestDesiredConfiguration(image_id=image),
        **preferences,
    )
    return client.start_instance_refresh(request).body.instance_refresh_task_id


def describe(task):
    request = models.DescribeInstanceRefreshesRequest(
        region_id=region, scaling_group_id=group, instance_refresh_task_ids=[task]
    )
    return client.describe_instance_refreshes(request).body.instance_refresh_tasks[0]


def on(operation, request, task):
    operation(request(region_id=region, scaling_group_id=group, instance_refresh_task_id=task))


try:
    start("m-2")
except Exception as error:
    tell("too early", error.code)
advance(60)

described = client.describe_scaling_configurations(
    models.DescribeScalingConfigurationsRequest(region_id=region, scaling_group_id=group)
).body.scaling_configurations[0]
tell("weights", [described.weighted_capacities, described.system_disk_category])

task = start(
    "m-2",
    skip_matching=False,
    checkpoint_pause_time=5,
    checkpoints=[
        models.StartInstanceRefreshRequestCheckpoints(percentage=50),
        models.StartInstanceRefreshRequestCheckpoints(percentage=100),
    ],
)
tell("started", describe(task).status)
advance(10)
on(client.suspend_instance_refresh, models.SuspendInstanceRefreshRequest, task)
tell("suspended", describe(task).status)
on(client.resume_instance_refresh, models.ResumeInstanceRefreshRequest, task)
advance(120)
paused = describe(task)
tell("paused", [paused.status, paused.finished_update_capacity, paused.total_need_update_capacity])
on(client.rollback_instance_refresh, models.RollbackInstanceRefreshRequest, task)
advance(3600)
tell("rolled back", describe(task).status)

task = start("m-3")
on(client.cancel_instance_refresh, models.CancelInstanceRefreshRequest, task)
advance(3600)
tell("cancelled", describe(task).status)

task = start("m-4", skip_matching=False)
advance(3600)
ended = describe(task)
tell("ended", [ended.status, ended.desired_configuration.image_id, ended.min_healthy_percentage, ended.skip_matching])
instances = client.describe_scaling_instances(
    models.DescribeScalingInstancesRequest(region_id=region, scaling_group_id=group)
).body.scaling_instances
tell("instances", [[each.lifecycle_state, each.health_status, each.weighted_capacity] for each in instances])
activities = client.describe_scaling_activities(
    models.DescribeScalingActivitiesRequest(region_id=region, scaling_group_id=group, instance_refresh_task_id=task)
).body
tell("activities", activities.total_count)
client.delete_scaling_group(models.DeleteScalingGroupRequest(region_id=region, scaling_group_id=group, force_delete=True))
left = client.describe_scaling_groups(models.DescribeScalingGroupsRequest(region_id=region)).body
tell("left", left.total_count)
