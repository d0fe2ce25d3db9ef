/** Alibaba Cloud ESS as one object. The SDK is loaded with the first connection. */
import type { CloudApi, CloudModule } from "../../core/cloud";
import { serviceDefaultOf } from "../../core/definition/arguments";
import { essRules } from "../../simulation/rules";
import { definition, type EssArguments, isFloatingVersion } from "./arguments";
import { argumentsOf } from "./commandLine";
import { configuration, settingsOf } from "./configuration";
import { regionOf } from "./endpoint";
import { STATUSES } from "./refresh";

export const ess: CloudModule<EssArguments> = {
  key: "ess",
  schemaNamespace: "Ess",
  name: "Alibaba Cloud ESS",
  definition,
  groupArgument: "scalingGroupId",
  startOnDefault: "anyChange",
  idempotentStart: true,
  statuses: STATUSES,
  idForms: "`ir-…`, `asg-…:ir-…` or `region/ir-…`",
  groupNamesAreFree: false,
  rules: essRules,
  configuration,
  parseId(id) {
    const [, region, task] = /^(?:([a-z][a-z0-9-]+)\/)?(?:asg-[^:/]+:)?(ir-[^:/]+)$/.exec(id) ?? [];
    return task ? { id: task, ...(region ? { region } : {}) } : undefined;
  },
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
  withoutServiceDefaults(echo) {
    return Object.fromEntries(
      Object.entries(echo).filter(([name, value]) => value !== serviceDefaultOf(definition, name)),
    );
  },
  homeOf: ({ regionId }) => (typeof regionId === "string" ? { region: regionId } : {}),
  settingsOf,
  argumentsOf,
  async connect(settings) {
    const region = regionOf(settings);
    const key = JSON.stringify(["ess", region, { ...settings, credentials: settings.credentials?.accessKeyId }]);
    const known = connections.get(key);
    if (known) return known;
    const [{ createClient }, { apiOver }] = await Promise.all([import("./client.js"), import("./api.js")]);
    const api = apiOver(createClient(region, settings), region, key);
    connections.set(key, api);
    return api;
  },
};

/** One per region and credentials, so that all waits of a process share one rate and one batch. */
const connections = new Map<string, CloudApi<EssArguments>>();
