/** Properties as Pulumi's protocol carries them. */
import { Metadata, status } from "@grpc/grpc-js";
import { CheckFailure, CheckResponse, ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PartialFailure } from "../src/pulumi/partialFailure";
import { type Properties, withoutMarks } from "../src/pulumi/values";

/** Properties of a request. Configuration carries marks of secrets although the handshake declines them. */
export function fromStruct(struct: Struct | undefined): Properties {
  return withoutMarks(struct?.toJavaScript() ?? {}) as Properties;
}

export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

/** Inputs as they were checked, and what is wrong with them. */
export function checked(inputs: Properties, reasons: readonly string[]): CheckResponse {
  const answer = new CheckResponse().setInputs(toStruct(inputs));
  for (const reason of reasons) answer.addFailures(new CheckFailure().setReason(reason));
  return answer;
}

/** Turns a failure with partial state into one after which the engine keeps the resource and calls update next time. */
export async function withInitFailed<T>(inputs: Properties, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof PartialFailure ? initFailed(error, inputs) : error;
  }
}

function initFailed({ message, id, properties }: PartialFailure, inputs: Properties) {
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
