package webservers;

import com.pulumi.Config;
import com.pulumi.Pulumi;
import com.pulumi.instancerefresh.autoscaling.inputs.DesiredConfigurationArgs;
import com.pulumi.instancerefresh.autoscaling.inputs.LaunchTemplateArgs;
import com.pulumi.instancerefresh.autoscaling.inputs.PreferencesArgs;
import com.pulumi.instancerefresh.ess.inputs.CheckpointArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;

/** Rolls a new image out to a group of each cloud. */
public final class App {
    public static void main(String[] args) {
        Pulumi.run(context -> {
            Config config = context.config();
            CustomResourceOptions limits = CustomResourceOptions.builder()
                .customTimeouts(CustomTimeouts.builder().create(Duration.ofHours(2)).update(Duration.ofHours(2)).build())
                .build();

            var webOnAlicloud = new com.pulumi.instancerefresh.ess.InstanceRefresh("web-on-alicloud",
                com.pulumi.instancerefresh.ess.InstanceRefreshArgs.builder()
                    .scalingGroupId(config.require("scalingGroupId"))
                    .desiredConfigurationImageId(config.require("imageId"))
                    .minHealthyPercentage(90)
                    .maxHealthyPercentage(150)
                    .checkpoints(
                        CheckpointArgs.builder().percentage(50).build(),
                        CheckpointArgs.builder().percentage(100).build())
                    .checkpointPauseTime(1)
                    .build(),
                limits);

            var webOnAws = new com.pulumi.instancerefresh.autoscaling.InstanceRefresh("web-on-aws",
                com.pulumi.instancerefresh.autoscaling.InstanceRefreshArgs.builder()
                    .autoscalingGroupName(config.require("autoscalingGroupName"))
                    .desiredConfiguration(DesiredConfigurationArgs.builder()
                        .launchTemplate(LaunchTemplateArgs.builder()
                            .id(config.require("launchTemplateId"))
                            .version(config.require("launchTemplateVersion"))
                            .build())
                        .build())
                    .preferences(PreferencesArgs.builder()
                        .minHealthyPercentage(90)
                        .checkpointPercentages(50, 100)
                        .checkpointDelay(60)
                        .autoRollback(true)
                        .build())
                    .build(),
                limits);

            context.export("alicloudStatus", webOnAlicloud.status());
            context.export("awsStatus", webOnAws.status());
        });
    }
}
