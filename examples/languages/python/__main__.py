"""Rolls a new image out to a group of each cloud."""

import pulumi
from pulumi_instance_refresh import autoscaling, ess

config = pulumi.Config()
limits = pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="2h", update="2h"))

web_on_alicloud = ess.InstanceRefresh(
    "web-on-alicloud",
    scaling_group_id=config.require("scalingGroupId"),
    desired_configuration_image_id=config.require("imageId"),
    min_healthy_percentage=90,
    max_healthy_percentage=150,
    checkpoints=[{"percentage": 50}, {"percentage": 100}],
    checkpoint_pause_time=1,
    opts=limits,
)

web_on_aws = autoscaling.InstanceRefresh(
    "web-on-aws",
    autoscaling_group_name=config.require("autoscalingGroupName"),
    desired_configuration={
        "launch_template": {
            "id": config.require("launchTemplateId"),
            "version": config.require("launchTemplateVersion"),
        }
    },
    preferences={
        "min_healthy_percentage": 90,
        "checkpoint_percentages": [50, 100],
        "checkpoint_delay": 60,
        "auto_rollback": True,
    },
    opts=limits,
)

pulumi.export("alicloudStatus", web_on_alicloud.status)
pulumi.export("awsStatus", web_on_aws.status)
