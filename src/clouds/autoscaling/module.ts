/** Amazon EC2 Auto Scaling as one object. The SDK is loaded with the first connection. */
import type { CloudModule } from "../../core/cloud";
import { autoScalingRules } from "../../simulation/rules";
import type { AutoScalingArguments } from "./arguments";
import { argumentsOf } from "./commandLine";
import { configuration, settingIssues, settingsOf } from "./configuration";
import { connect } from "./connect";
import { definition } from "./definition";
import { floatingVersion } from "./floatingVersion";
import { idOf, parseId } from "./ids";
import { STATUSES } from "./refresh";
import { type Configuration, isExplicit } from "./types/templates";

const EXAMPLE = `new autoscaling.InstanceRefresh("web", {
  autoscalingGroupName: "web",
  desiredConfiguration: { launchTemplate: { name: "web", version: "7" } },
  preferences: {
    minHealthyPercentage: 90,
    maxHealthyPercentage: 120,
    instanceWarmup: 120,
    checkpointPercentages: [20, 100],
    checkpointDelay: 600,
    autoRollback: true,
  },
});`;

export const autoscaling: CloudModule<AutoScalingArguments> = {
  key: "autoscaling",
  schemaNamespace: "AutoScaling",
  name: "Amazon EC2 Auto Scaling",
  resource: {
    text: "A rolling replacement of the instances of an Amazon EC2 Auto Scaling group, started and followed to its end. Arguments are spelled as in `aws.autoscaling.Group`.",
    example: EXAMPLE,
    exampleId: "web/08b91cf7-8fa6-48af-b6a6-d227f40f1b9b",
  },
  definition,
  groupArgument: "autoscalingGroupName",
  startOnDefault: "configurationChange",
  idempotentStart: false,
  // The code on the wire, and the name that the SDK gives it.
  alreadyRunningCodes: ["InstanceRefreshInProgress", "InstanceRefreshInProgressFault"],
  statuses: STATUSES,
  idForms: "`group/refresh-id`",
  groupNamesAreFree: true,
  rules: autoScalingRules,
  configuration,
  parseId(id) {
    const parsed = parseId(id);
    return parsed && { id: idOf(parsed.group, parsed.refreshId) };
  },
  isGroupId: () => false,
  isExplicit: ({ desiredConfiguration }) => isExplicit((desiredConfiguration ?? {}) as Configuration),
  floatingVersion,
  homeOf: ({ region, account }) => ({
    ...(typeof region === "string" ? { region } : {}),
    ...(typeof account === "string" ? { account } : {}),
  }),
  settingsOf,
  argumentsOf,
  settingIssues,
  connect,
  vendorApi: async (settings) => (await import("./services/vendorApi.js")).vendorApi(settings),
};
