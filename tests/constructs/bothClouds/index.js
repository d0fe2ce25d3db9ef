const pulumi = require("@pulumi/pulumi");
const { autoscaling, ess } = require("pulumi-instance-refresh/constructs");

const config = new pulumi.Config();
const maxSize = config.getNumber("maxSize") ?? 8;
const size = { minSize: 4, maxSize, desiredCapacity: 4 };
// Time that a refresh may take, in the time of the emulator.
const timeouts = (_args, opts) => {
  opts.customTimeouts = { create: "30m", update: "30m" };
};

if (config.get("cloud") === "aws") {
  new autoscaling.RollingGroup("web", {
    launchTemplate: { imageId: config.require("imageId"), instanceType: "t3.small" },
    group: { ...size, vpcZoneIdentifiers: ["subnet-1"] },
    refresh: { preferences: { minHealthyPercentage: 50 } },
  });
} else {
  new ess.RollingGroup("web", {
    launchTemplate: { imageId: config.require("imageId"), instanceType: "ecs.g7.large" },
    group: { ...size, vswitchIds: ["vsw-1"] },
    refresh: { minHealthyPercentage: 50, connection: { region: config.require("region") } },
    transform: { refresh: timeouts },
  });
}
