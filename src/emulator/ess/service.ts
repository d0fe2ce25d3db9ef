import type { Call, HttpRequest, Service } from "../service";
import { usualRegions, type World, type Worlds } from "../world";
import { hasForbiddenInXml } from "../xmlCharacters";
import { answer, errorAnswer, type Members } from "./answers";
import { attachmentOperations } from "./attachments";
import { EssError, invalidParameter, missingParameter } from "./errors";
import { failures } from "./failures";
import { createFromFile } from "./groupsFile";
import { instanceOperations } from "./instances";
import { lifecycleActionOperations } from "./lifecycleActions";
import { lifecycleHookOperations } from "./lifecycleHooks";
import { manualInstanceOperations } from "./manualInstances";
import type { Operation } from "./operation";
import { readParameters } from "./parameters";
import { checkPermission } from "./permissions";
import { type EssRequest, readRequest } from "./readRequest";
import { refreshOperations } from "./refreshes";
import { scalingConfigurationOperations } from "./scalingConfigurations";
import { scalingGroupOperations } from "./scalingGroups";
import { checkSignature } from "./signature";
import { essState, newRequestId } from "./state";
import { tagOperations } from "./tags";

const tokenRule = {
  most: 64, // fact: ess-client-token
  pattern: /^[ -~]*$/,
  saying: "it must be ASCII", // fact: ess-client-token
};
const versions = ["2022-02-22", "2014-08-28"];

/** By their names: all that is emulated. */
export const operations: Readonly<Record<string, Operation>> = {
  ...refreshOperations,
  ...scalingGroupOperations,
  ...scalingConfigurationOperations,
  ...instanceOperations,
  ...manualInstanceOperations,
  ...lifecycleHookOperations,
  ...lifecycleActionOperations,
  ...attachmentOperations,
  ...tagOperations,
};

/** Alibaba Cloud Auto Scaling, in both versions of its API. */
export const essService: Service = {
  names: ["ess"],
  accepts: () => true,
  identify,
  answer: (http, _call, world) => {
    const request = readRequest(http);
    const requestId = newRequestId();
    try {
      checkPermission(request, world, checkSignature(http, request, world, Date.now()));
      return answer(request, run(request, world), requestId);
    } catch (error) {
      if (error instanceof EssError) return errorAnswer(request, error, requestId);
      throw error;
    }
  },
  fail: (_call, failure) => errorAnswer({ format: "json" }, failures[failure], newRequestId()),
  // fact: ess-group-sizes-of-files
  usualRegion: usualRegions.ess,
  createGroup: createFromFile,
};

/** An operation that names no region is for the one that has what it names. */
function identify(http: HttpRequest, worlds: Worlds): Call {
  const { operation, parameters, accessKeyId } = readRequest(http);
  const region = parameters.RegionId || ownerOf(parameters, worlds)?.region || worlds.regionFor(usualRegions.ess);
  return { service: "ess", operation, region, accessKeyId, parameters };
}

function ownerOf(parameters: EssRequest["parameters"], worlds: Worlds): World | undefined {
  const { ScalingGroupId: group, ScalingConfigurationId: configuration, InstanceId: instance } = parameters;
  const hook = parameters.LifecycleHookId ?? parameters.lifecycleHookId;
  if (group) return worlds.withGroup(`ess/${group}`);
  return worlds.all().find((world) => {
    const { configurations, groups } = essState(world);
    if (configuration) return configurations.has(configuration);
    if (hook) return [...groups.values()].some((each) => each.hooks.has(hook));
    return instance && [...groups.values()].some((each) => each.group.instances.has(instance));
  });
}

function run(request: EssRequest, world: World): Members {
  if (!versions.includes(request.version)) {
    // fact: ess-unknown-operations
    throw new EssError(
      "InvalidVersion",
      400,
      `There is no version ${request.version}: it must be one of ${versions.join(", ")}.`,
    );
  }
  const operation = Object.hasOwn(operations, request.operation) ? operations[request.operation] : undefined;
  if (!operation) throw new EssError("InvalidAction.NotFound", 404, `There is no operation ${request.operation}.`); // fact: ess-unknown-operations, ess-not-emulated
  checkCharacters(request.parameters);
  const asked = world.deviation?.request?.(request.operation, request.parameters) ?? request.parameters;
  const parameters = readParameters(asked);
  if (operation.needsRegion && !parameters.text("RegionId")) throw missingParameter("RegionId");
  const token = parameters.text("ClientToken", tokenRule);
  return token ? once(request, token, world, () => operation.run(parameters, world)) : operation.run(parameters, world);
}

/** Answers may be asked for in XML. What the service says of such characters is not documented. */
function checkCharacters(parameters: EssRequest["parameters"]): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (!hasForbiddenInXml(name + value)) continue;
    // fact: ess-control-characters
    throw invalidParameter(name, "it has control characters or half a surrogate pair");
  }
}

/** What was done for a client token is not done again. A refusal is not remembered. */
function once({ operation, parameters }: EssRequest, token: string, world: World, act: () => Members): Members {
  const { tokens } = essState(world);
  const key = `${operation} ${token}`;
  const asked = JSON.stringify(Object.entries(parameters).sort());
  const known = tokens.get(key);
  if (known && known.request !== asked) throw invalidParameter("ClientToken", "it belongs to another request"); // fact: ess-client-token-of-another
  const result = known?.result ?? act();
  tokens.set(key, { request: asked, result });
  return result;
}
