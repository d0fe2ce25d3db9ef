/** The calls about resources: each is one of the lifecycle's, in the protocol's terms. */
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { registeredClouds } from "../src/clouds";
import type { CloudModule } from "../src/core/cloud";
import { RefreshError } from "../src/core/lifecycle/errors";
import type { Lifecycle } from "../src/core/lifecycle/lifecycle";
import type { Call } from "../src/core/lifecycle/run";
import { unary } from "./unary";
import { checked, fromStruct, initFailed, isUnknown, type Properties, toStruct } from "./wire";

const TOKEN = /^instance-refresh:(\w+):InstanceRefresh$/;

/** A look is not worth more of a preview's time. */
const PREVIEW_TIMEOUT_S = 30;

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
const { Kind } = messages.PropertyDiff;

/** What the calls need of the process that they arrive in. */
export interface Host {
  lifecycleOf(cloud: string): Promise<Lifecycle>;
  callOf(urn: string, cloud: CloudModule, timeoutSeconds: number): Call;
  /** Leaves a lasting warning with the resource. */
  warn(urn: string, line: string): void;
}

export function resourceService(host: Host) {
  async function resourceOf(request: { getUrn(): string; getTimeout?(): number }) {
    const urn = request.getUrn();
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const cloud = TOKEN.exec(type)?.[1];
    if (cloud === undefined || !registeredClouds().includes(cloud)) throw noResource(type);
    const lifecycle = await host.lifecycleOf(cloud);
    const { timeLeftOf } = await import("../src/core/lifecycle/trackedRefresh.js");
    const call = {
      ...host.callOf(urn, lifecycle.cloud, request.getTimeout?.() ?? 0),
      timeLeft: timeLeftOf(() => lifecycle.tools.clock.now()),
    };
    return { cloud, lifecycle, call };
  }

  return {
    check: unary(async (request: messages.CheckRequest) => {
      const { lifecycle } = await resourceOf(request);
      const { inputs, failures } = lifecycle.check(fromStruct(request.getNews()), isUnknown);
      return checked(inputs, failures);
    }),
    diff: unary(async (request: messages.DiffRequest) => {
      const { lifecycle, call } = await resourceOf(request);
      const recorded = { id: request.getId(), properties: own(request.getOlds()) };
      const news = fromStruct(request.getNews());
      const { replaces, updates } = lifecycle.diff(recorded, news, call.urn);
      const answer = new messages.DiffResponse()
        .setChanges(replaces.length + updates.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setReplacesList(replaces)
        .setDiffsList([...replaces, ...updates])
        .setHasdetaileddiff(true);
      const olds = fromStruct(request.getOldInputs());
      for (const name of [...replaces, ...updates]) {
        answer.getDetaileddiffMap().set(name, propertyDiff(olds[name], news[name], replaces.includes(name)));
      }
      return answer;
    }),
    create: unary(async (request: messages.CreateRequest) => {
      const { cloud, lifecycle, call } = await resourceOf(request);
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) {
        await Promise.all([foresee(host, lifecycle, inputs, call), forecast(cloud, inputs, call)]);
        const { plannedCreate } = await import("./preview.js");
        return new messages.CreateResponse().setProperties(toStruct(plannedCreate(lifecycle.cloud, inputs)));
      }
      const { id, properties } = await keeping(inputs, () => lifecycle.create(inputs, call));
      return new messages.CreateResponse().setId(id).setProperties(toStruct(properties));
    }),
    read: unary(async (request: messages.ReadRequest) => {
      const { lifecycle, call } = await resourceOf(request);
      const recorded = own(request.getProperties());
      const answer = new messages.ReadResponse();
      if (recorded.status !== undefined) {
        const found = await lifecycle.read(request.getId(), recorded, {}, call);
        if (!found) return answer;
        return answer.setId(found.id).setProperties(toStruct(found.properties)).setInputs(request.getInputs());
      }
      // There is no record yet: an import brings nothing but the id, `X.get` how the cloud is to be reached.
      const args = { ...recorded, ...own(request.getInputs()) };
      const found = await lifecycle.read(request.getId(), undefined, args, call);
      if (!found) return answer;
      const { withSecrets } = await import("./secrets.js");
      const marked = (values: Properties = {}) => toStruct(withSecrets(lifecycle.cloud.definition.arguments, values));
      return answer.setId(found.id).setProperties(marked(found.properties)).setInputs(marked(found.inputs));
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const { lifecycle, call } = await resourceOf(request);
      const recorded = { id: request.getId(), properties: own(request.getOlds()) };
      const news = fromStruct(request.getNews());
      const answer = new messages.UpdateResponse();
      if (request.getPreview()) {
        const { plannedUpdate } = await import("./preview.js");
        return answer.setProperties(toStruct(plannedUpdate(lifecycle.cloud, recorded.properties, news)));
      }
      return answer.setProperties(toStruct(await keeping(news, () => lifecycle.update(recorded, news, call))));
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      const { lifecycle, call } = await resourceOf(request);
      const recorded = { id: request.getId(), properties: own(request.getProperties()) };
      await lifecycle.delete(recorded, call);
      return new Empty();
    }),
  };
}

function noResource(type: string): Error {
  const known = registeredClouds().map((cloud) => `instance-refresh:${cloud}:InstanceRefresh`);
  return new Error(`instance-refresh has no resource ${type}; there are ${known.join(", ")}`);
}

/** Properties without those that belong to the dynamic host: a state may come from there. */
function own(struct: Struct | undefined): Properties {
  return Object.fromEntries(Object.entries(fromStruct(struct)).filter(([name]) => !name.startsWith("__")));
}

function propertyDiff(old: unknown, asked: unknown, replaces: boolean): messages.PropertyDiff {
  // Nobody asks for the status of a refresh that is waited for again: only the output changes.
  if (old === undefined && asked === undefined) return new messages.PropertyDiff().setKind(Kind.UPDATE);
  const diff = new messages.PropertyDiff().setInputdiff(true);
  if (old === undefined) return diff.setKind(replaces ? Kind.ADD_REPLACE : Kind.ADD);
  if (asked === undefined) return diff.setKind(replaces ? Kind.DELETE_REPLACE : Kind.DELETE);
  return diff.setKind(replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE);
}

/** Says what the refresh would do to its group, where that can be told. */
async function forecast(cloud: string, inputs: Properties, { settings, timeoutSeconds, notice }: Call): Promise<void> {
  const { previewLines } = await import("../src/app/forecasts.js");
  const lines = await previewLines(cloud, inputs, isUnknown, settings, timeoutSeconds);
  if (lines.length > 0) notice(lines.join("\n"));
}

/** Says what a create would meet. A group that cannot be looked at now is no reason to refuse a preview. */
async function foresee(host: Host, lifecycle: Lifecycle, inputs: Properties, call: Call): Promise<void> {
  const lines = await lifecycle
    .preview(inputs, { ...call, timeoutSeconds: PREVIEW_TIMEOUT_S }, isUnknown)
    .catch((error: Error) => [`The group could not be looked at. ${error.message}`]);
  for (const line of lines) host.warn(call.urn, line);
}

/** Makes of an error that carries a refresh what the engine keeps. */
async function keeping<T>(inputs: Properties, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RefreshError) || !error.partialState) throw error;
    throw initFailed(error.message, error.partialState, inputs);
  }
}
