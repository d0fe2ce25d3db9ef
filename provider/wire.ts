/** Properties as Pulumi's protocol carries them. */
import { Metadata, type ServerErrorResponse, status } from "@grpc/grpc-js";
import { CheckFailure, CheckResponse, ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PartialState } from "../src/core/lifecycle/errors";

export type Properties = Record<string, unknown>;

/** The string that stands for a value that is not known at preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The member that tells a wrapped value from an object of the program, and what it holds for a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Marks a value, so that the engine encrypts it in the state and prints it nowhere. */
export function secret(value: unknown): unknown {
  return { [SIGNATURE]: SECRET, value };
}

/** Properties of a request; configuration carries secrets although the handshake declines them. */
export function fromStruct(struct: Struct | undefined): Properties {
  return plain(struct?.toJavaScript() ?? {}) as Properties;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  if ((value as Properties)[SIGNATURE] === SECRET) return plain((value as Properties).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

export function toStruct(properties: Properties): Struct {
  // The wire knows null, but nothing that is undefined, at any depth.
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}

/** Inputs as they were checked, and what is wrong with them. */
export function checked(inputs: Properties, failures: readonly { reason: string }[]): CheckResponse {
  const answer = new CheckResponse().setInputs(toStruct(inputs));
  // The reason names the property. Beside a property the engine prints its value, which may be a secret.
  for (const { reason } of failures) answer.addFailures(new CheckFailure().setReason(reason));
  return answer;
}

/** A failure after which the engine keeps the resource: the next deployment calls update. */
export function initFailed(message: string, { id, properties }: PartialState, inputs: Properties): ServerErrorResponse {
  const detail = new ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(toStruct(properties));
  detail.setInputs(toStruct(inputs));
  detail.setReasonsList([message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new Status();
  answer.setCode(status.UNKNOWN);
  answer.setMessage(message);
  answer.addDetails(packed);
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return { name: "ResourceInitFailed", message, code: status.UNKNOWN, details: message, metadata };
}
