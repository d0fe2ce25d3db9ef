import type { Members } from "./answers";
import { AwsError, validationError } from "./errors";
import { configurationOf } from "./groupAnswers";
import { createLaunchConfiguration, deleteLaunchConfiguration, describeLaunchConfigurations } from "./groupShapes";
import { refuse } from "./launchConfigurationRules";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import { type AwsRegion, newUuid, type StoredLaunchConfiguration } from "./region";

const operation = operationsReadBy(readRequest);

/** The operations on launch configurations, by name. */
export const launchConfigurationOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  CreateLaunchConfiguration: operation(createLaunchConfiguration, (request, region: AwsRegion) => {
    const { world, launchConfigurations } = region;
    const name = request.LaunchConfigurationName;
    // fact: aws-launch-configurations
    if (launchConfigurations.has(name))
      throw new AwsError(
        "AlreadyExists",
        400,
        `Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`,
      );
    refuse([
      // fact: aws-launch-configurations
      [
        !request.ImageId || !request.InstanceType,
        "Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.",
      ],
    ]);
    launchConfigurations.set(name, {
      ...request,
      LaunchConfigurationARN: `arn:aws:autoscaling:${world.region}:${world.accountId}:launchConfiguration:${newUuid(region)}:launchConfigurationName/${name}`,
      CreatedTime: new Date(world.now()),
    });
    return undefined;
  }),

  DescribeLaunchConfigurations: operation(describeLaunchConfigurations, (request, region: AwsRegion) => {
    const names = request.LaunchConfigurationNames ?? [];
    const found = [...region.launchConfigurations.values()].filter(
      ({ LaunchConfigurationName }) => names.length === 0 || names.includes(LaunchConfigurationName),
    );
    const key = ({ LaunchConfigurationName }: StoredLaunchConfiguration) => LaunchConfigurationName;
    const { items, nextToken } = page(found, key, pageSize(request.MaxRecords, 50, 100), request.NextToken);
    return { LaunchConfigurations: items.map(answered), NextToken: nextToken };
  }),

  DeleteLaunchConfiguration: operation(deleteLaunchConfiguration, (request, region: AwsRegion) => {
    const name = request.LaunchConfigurationName;
    const user = [...region.groups.values()].find(
      (group) => configurationOf(group).details.source.LaunchConfigurationName === name,
    );
    // fact: aws-launch-configurations
    if (user)
      throw new AwsError(
        "ResourceInUse",
        400,
        `Cannot delete launch configuration ${name} because it is attached to AutoScalingGroup ${user.settings.AutoScalingGroupName}`,
      );
    // fact: aws-launch-configurations
    if (!region.launchConfigurations.delete(name))
      throw validationError(`Launch configuration name not found - Launch configuration ${name} not found`);
    return undefined;
  }),
};

// What every launch configuration has, whether it was given or not.
function answered(configuration: StoredLaunchConfiguration): Members {
  return {
    KeyName: "",
    UserData: "",
    KernelId: "",
    RamdiskId: "",
    ClassicLinkVPCSecurityGroups: [],
    SecurityGroups: [],
    BlockDeviceMappings: [],
    InstanceMonitoring: { Enabled: true },
    EbsOptimized: false,
    ...(configuration as unknown as Members),
  };
}
