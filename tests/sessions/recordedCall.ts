/** A call of Pulumi's provider protocol as a fixture holds it: what is in it is readable, and nothing of a machine is left. */

import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { Message } from "google-protobuf";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

type Properties = Record<string, unknown>;

/** A message: its properties apart, by the names of their fields. */
export interface RecordedMessage {
  /** Everything else, as bytes in Base64. */
  readonly rest: string;
  readonly properties: Readonly<Record<string, Properties>>;
}

export interface RecordedCall {
  readonly method: string;
  readonly request: RecordedMessage;
  readonly answer?: RecordedMessage | undefined;
  /** What the engine was told instead of an answer. */
  readonly failure?: string | undefined;
}

export interface Session {
  readonly cloud: "ess" | "autoscaling";
  readonly calls: readonly RecordedCall[];
}

/** The requests that the engine sends to a provider of custom resources. */
const REQUESTS: Readonly<Record<string, { deserializeBinary(bytes: Uint8Array): Message }>> = {
  handshake: messages.ProviderHandshakeRequest,
  attach: PluginAttach,
  checkConfig: messages.CheckRequest,
  diffConfig: messages.DiffRequest,
  configure: messages.ConfigureRequest,
  check: messages.CheckRequest,
  diff: messages.DiffRequest,
  create: messages.CreateRequest,
  read: messages.ReadRequest,
  update: messages.UpdateRequest,
  delete: messages.DeleteRequest,
  cancel: Empty,
  getPluginInfo: Empty,
};

export function isRecorded(method: string): boolean {
  return Object.hasOwn(REQUESTS, method);
}

type Fields = Record<string, (value?: unknown) => unknown>;

/** The fields of a message that hold properties. */
function structsOf(message: Message): string[] {
  const fields = message as unknown as Fields;
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(message); type && type !== Object.prototype; type = Object.getPrototypeOf(type))
    names.push(...Object.getOwnPropertyNames(type).flatMap((name) => /^get([A-Z]\w*)$/.exec(name)?.[1] ?? []));
  return [...new Set(names)].filter(
    (name) => fields[`set${name}`] && fields[`get${name}`]?.length === 0 && isStruct(fields, name),
  );
}

function isStruct(fields: Fields, name: string): boolean {
  return fields[`get${name}`]?.() instanceof Struct;
}

/** @param shown makes of a text what a fixture may show */
export function recorded(given: Message, shown: (text: string) => string): RecordedMessage {
  const message = given.cloneMessage();
  const fields = message as unknown as Fields;
  const properties: Record<string, Properties> = {};
  for (const name of structsOf(message)) {
    const value = (fields[`get${name}`]?.call(message) as Struct | undefined)?.toJavaScript();
    properties[name] = JSON.parse(shown(JSON.stringify(value))) as Properties;
    fields[`set${name}`]?.(undefined);
  }
  // Addresses, tokens and folders of the machine, and the same properties once more as text.
  for (const name of [
    "EngineAddress",
    "Address",
    "RootDirectory",
    "ProgramDirectory",
    "ResourceStatusAddress",
    "ResourceStatusToken",
  ])
    fields[`set${name}`]?.("");
  (fields.getVariablesMap?.() as { clear(): void } | undefined)?.clear();
  return { rest: Buffer.from(message.serializeBinary()).toString("base64"), properties };
}

/** The request again. @param meant makes of a text in a fixture what it stands for */
export function requestOf({ method, request }: RecordedCall, meant: (text: string) => string): Message {
  const message = (REQUESTS[method] as { deserializeBinary(bytes: Uint8Array): Message }).deserializeBinary(
    Buffer.from(request.rest, "base64"),
  );
  const fields = message as unknown as Fields;
  for (const [name, value] of Object.entries(request.properties))
    fields[`set${name}`]?.(Struct.fromJavaScript(JSON.parse(meant(JSON.stringify(value)))));
  return message;
}
