/** Alibaba Cloud ESS as one object. The SDK is loaded with the first connection. */
import type { CloudModule } from "../../core/cloud";
import { essRules } from "../../simulation/rules";
import type { EssArguments } from "./arguments";
import { argumentsOf } from "./commandLine";
import { configuration, settingIssues, settingsOf } from "./configuration";
import { connect, regionFor } from "./connect";
import { definition } from "./definition";
import { floatingVersion } from "./floatingVersion";
import { parseId } from "./ids";
import { STATUSES } from "./refresh";
import { isFloatingVersion } from "./rules";

const EXAMPLE = `new ess.InstanceRefresh("web", {
  scalingGroupId: "asg-bp1h7ha6",
  desiredConfigurationImageId: "m-bp1g3x2q",
  minHealthyPercentage: 90,
  maxHealthyPercentage: 120,
  checkpoints: [{ percentage: 20 }, { percentage: 100 }],
  checkpointPauseTime: 10,
});`;

export const ess: CloudModule<EssArguments> = {
  key: "ess",
  schemaNamespace: "Ess",
  name: "Alibaba Cloud ESS",
  resource: {
    text: "A rolling replacement of the instances of an Alibaba Cloud ESS scaling group, started and followed to its end. Takes what the bridged `alicloud.ess.InstanceRefresh` takes, by the same names, and more.",
    example: EXAMPLE,
    exampleId: "ir-bp17d1dqvzfg",
    bridgedType: "alicloud:ess/instanceRefresh:InstanceRefresh",
  },
  definition,
  groupArgument: "scalingGroupId",
  startOnDefault: "anyChange",
  idempotentStart: true,
  alreadyRunningCodes: [],
  statuses: STATUSES,
  idForms: "`ir-…`, `asg-…:ir-…` or `region/ir-…`",
  groupNamesAreFree: false,
  rules: essRules,
  configuration,
  parseId,
  // A name of another cloud's group that begins so needs the cloud's name beside it.
  isGroupId: (group) => group.startsWith("asg-"),
  isExplicit(args) {
    const { desiredConfigurationLaunchTemplateId: template, desiredConfigurationLaunchTemplateVersion: version } = args;
    if (template !== undefined) return version !== undefined && !isFloatingVersion(version);
    const { desiredConfigurationImageId, desiredConfigurationScalingConfigurationId, desiredConfigurationContainers } =
      args;
    return [
      desiredConfigurationImageId,
      desiredConfigurationScalingConfigurationId,
      desiredConfigurationContainers?.[0],
    ].some((each) => each !== undefined);
  },
  floatingVersion,
  homeOf: ({ regionId }) => (typeof regionId === "string" ? { region: regionId } : {}),
  settingsOf,
  argumentsOf,
  settingIssues,
  connect,
  vendorApi: async (settings) =>
    (await import("./sources/vendorApi.js")).vendorApi(settings, await regionFor(settings)),
};
