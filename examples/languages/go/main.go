// Rolls a new image out to a group of each cloud.
package main

import (
	"github.com/pulumi-instance-refresh/pulumi-instance-refresh/sdk/go/instancerefresh/autoscaling"
	"github.com/pulumi-instance-refresh/pulumi-instance-refresh/sdk/go/instancerefresh/ess"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		conf := config.New(ctx, "")
		limits := pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "2h", Update: "2h"})

		webOnAlicloud, err := ess.NewInstanceRefresh(ctx, "web-on-alicloud", &ess.InstanceRefreshArgs{
			ScalingGroupId:              pulumi.String(conf.Require("scalingGroupId")),
			DesiredConfigurationImageId: pulumi.String(conf.Require("imageId")),
			MinHealthyPercentage:        pulumi.Int(90),
			MaxHealthyPercentage:        pulumi.Int(150),
			Checkpoints: ess.CheckpointArray{
				ess.CheckpointArgs{Percentage: pulumi.Int(50)},
				ess.CheckpointArgs{Percentage: pulumi.Int(100)},
			},
			CheckpointPauseTime: pulumi.Int(1),
		}, limits)
		if err != nil {
			return err
		}

		webOnAws, err := autoscaling.NewInstanceRefresh(ctx, "web-on-aws", &autoscaling.InstanceRefreshArgs{
			AutoscalingGroupName: pulumi.String(conf.Require("autoscalingGroupName")),
			DesiredConfiguration: autoscaling.DesiredConfigurationArgs{
				LaunchTemplate: autoscaling.LaunchTemplateArgs{
					Id:      pulumi.String(conf.Require("launchTemplateId")),
					Version: pulumi.String(conf.Require("launchTemplateVersion")),
				},
			},
			Preferences: autoscaling.PreferencesArgs{
				MinHealthyPercentage:  pulumi.Int(90),
				CheckpointPercentages: pulumi.IntArray{pulumi.Int(50), pulumi.Int(100)},
				CheckpointDelay:       pulumi.Int(60),
				AutoRollback:          pulumi.Bool(true),
			},
		}, limits)
		if err != nil {
			return err
		}

		ctx.Export("alicloudStatus", webOnAlicloud.Status)
		ctx.Export("awsStatus", webOnAws.Status)
		return nil
	})
}
