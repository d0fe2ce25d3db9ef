// Rolls a new image out to a group of each cloud.
using System.Collections.Generic;
using Pulumi;
using AutoScaling = Pulumi.InstanceRefresh.AutoScaling;
using Ess = Pulumi.InstanceRefresh.Ess;

return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var hours = System.TimeSpan.FromHours(2);
    var limits = new CustomResourceOptions
    {
        CustomTimeouts = new CustomTimeouts { Create = hours, Update = hours },
    };

    var webOnAlicloud = new Ess.InstanceRefresh("web-on-alicloud", new()
    {
        ScalingGroupId = config.Require("scalingGroupId"),
        DesiredConfigurationImageId = config.Require("imageId"),
        MinHealthyPercentage = 90,
        MaxHealthyPercentage = 150,
        Checkpoints = new[]
        {
            new Ess.Inputs.CheckpointArgs { Percentage = 50 },
            new Ess.Inputs.CheckpointArgs { Percentage = 100 },
        },
        CheckpointPauseTime = 1,
    }, limits);

    var webOnAws = new AutoScaling.InstanceRefresh("web-on-aws", new()
    {
        AutoscalingGroupName = config.Require("autoscalingGroupName"),
        DesiredConfiguration = new AutoScaling.Inputs.DesiredConfigurationArgs
        {
            LaunchTemplate = new AutoScaling.Inputs.LaunchTemplateArgs
            {
                Id = config.Require("launchTemplateId"),
                Version = config.Require("launchTemplateVersion"),
            },
        },
        Preferences = new AutoScaling.Inputs.PreferencesArgs
        {
            MinHealthyPercentage = 90,
            CheckpointPercentages = new[] { 50, 100 },
            CheckpointDelay = 60,
            AutoRollback = true,
        },
    }, limits);

    return new Dictionary<string, object?>
    {
        ["alicloudStatus"] = webOnAlicloud.Status,
        ["awsStatus"] = webOnAws.Status,
    };
});
