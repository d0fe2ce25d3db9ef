/** The calls about resources: adapts the handlers to Pulumi's provider protocol. */
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { registeredClouds } from "../src/clouds";
import type { CompletionHost } from "../src/pulumi/completion";
import type { Handlers, Operation } from "../src/pulumi/handlers";
import { propertyDiff } from "./propertyDiff";
import { unary } from "./unary";
import { checked, fromStruct, toStruct, withInitFailed } from "./wire";

const TOKEN = /^instance-refresh:(\w+):InstanceRefresh$/;
const COMPLETION = "instance-refresh:index:Completion";
const SOAK = "instance-refresh:index:Soak";

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

/** What the calls need of the process that they arrive in. */
export type PluginHost = CompletionHost;

export function resourceService(host: PluginHost) {
  /** The handlers of a resource's type. They are loaded with the first resource: a schema is asked for without one. */
  async function load(type: string): Promise<Handlers> {
    if (type === COMPLETION) return (await import("./completion.js")).completionHandlers(host);
    if (type === SOAK) return (await import("./soak.js")).soakHandlers(host);
    const cloud = TOKEN.exec(type)?.[1];
    if (cloud === undefined || !registeredClouds().includes(cloud)) throw noResource(type);
    const { handlersOf } = await import("../src/pulumi/handlers.js");
    return handlersOf(await host.lifecycleOf(cloud), host);
  }

  const loaded = new Map<string, Promise<Handlers>>();

  function handlers(request: { getUrn(): string }): Promise<Handlers> {
    const type = request.getUrn().split("::")[2]?.split("$").at(-1) ?? "";
    const known = loaded.get(type) ?? load(type);
    loaded.set(type, known);
    return known;
  }

  return {
    check: unary(async (request: messages.CheckRequest) => {
      const { check } = await handlers(request);
      const { stored, failures } = check(request.getUrn(), fromStruct(request.getNews()));
      return checked(stored, failures);
    }),
    diff: unary(async (request: messages.DiffRequest) => {
      const { diff } = await handlers(request);
      const news = fromStruct(request.getNews());
      const { replaces, updates } = diff(operationOf(request), request.getId(), fromStruct(request.getOlds()), news);
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
      const { create, previewCreate } = await handlers(request);
      const inputs = fromStruct(request.getProperties());
      const operation = operationOf(request);
      const answer = new messages.CreateResponse();
      if (request.getPreview()) return answer.setProperties(toStruct(await previewCreate(operation, inputs)));
      const { id, properties } = await withInitFailed(inputs, () => create(operation, inputs));
      return answer.setId(id).setProperties(toStruct(properties));
    }),
    read: unary(async (request: messages.ReadRequest) => {
      const { read } = await handlers(request);
      // An import brings nothing but the id, `X.get` how the cloud is to be reached.
      const record = fromStruct(request.getProperties());
      const found = await read(operationOf(request), request.getId(), record, fromStruct(request.getInputs()));
      const answer = new messages.ReadResponse();
      if (!found) return answer;
      const { id, properties, inputs } = found;
      return answer
        .setId(id)
        .setProperties(toStruct(properties))
        .setInputs(inputs ? toStruct(inputs) : request.getInputs());
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const { update, previewUpdate } = await handlers(request);
      const olds = fromStruct(request.getOlds());
      const news = fromStruct(request.getNews());
      const answer = new messages.UpdateResponse();
      if (request.getPreview()) {
        const planned = previewUpdate(operationOf(request), request.getId(), olds, news);
        return answer.setProperties(toStruct(planned));
      }
      const properties = await withInitFailed(news, () => update(operationOf(request), request.getId(), olds, news));
      return answer.setProperties(toStruct(properties));
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      const handlersOfCloud = await handlers(request);
      await handlersOfCloud.delete(operationOf(request), request.getId(), fromStruct(request.getProperties()));
      return new Empty();
    }),
  };
}

function operationOf(request: { getUrn(): string; getTimeout?(): number }): Operation {
  return { urn: request.getUrn(), timeoutSeconds: request.getTimeout?.() };
}

function noResource(type: string): Error {
  const known = registeredClouds().map((cloud) => `instance-refresh:${cloud}:InstanceRefresh`);
  return new Error(`instance-refresh has no resource ${type}; there are ${known.join(", ")}`);
}
