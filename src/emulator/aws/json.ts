/** The JSON protocol, in which the SDKs of today ask CloudWatch; the operations are the same as in the Query protocol. */
import type { HttpRequest } from "../service";
import type { Dialect, Member } from "./answers";
import { malformedInput } from "./errors";

// fact: aws-cloudwatch-json
const contentType = "application/x-amz-json-1.0";

/** The name of the operation, when a request is one of this protocol. */
export function jsonOperation({ headers }: HttpRequest, target: string): string | undefined {
  const named = headers["x-amz-target"];
  return named?.startsWith(`${target}.`) ? named.slice(target.length + 1) : undefined;
}

/**
 * The parameters of a JSON request as those of the Query protocol.
 *
 * @throws AwsError `MalformedInput` when the body is no JSON object
 */
export function formOfJson(body: string): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(readObject(body))) append(form, name, value);
  return form;
}

function readObject(body: string): object {
  try {
    const read: unknown = JSON.parse(body || "{}");
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return read;
  } catch {}
  // fact: aws-error-malformed
  throw malformedInput("The body is not a JSON object.");
}

function append(form: URLSearchParams, name: string, value: unknown): void {
  if (Array.isArray(value)) {
    if (value.length === 0) form.append(name, "");
    for (const [index, element] of value.entries()) append(form, `${name}.member.${index + 1}`, element);
  } else if (typeof value === "object" && value !== null) {
    for (const [member, below] of Object.entries(value)) append(form, `${name}.${member}`, below);
  } else if (value !== null) form.append(name, String(value));
}

export const jsonDialect: Dialect = {
  answer: (_operation, result, requestId) => ({
    status: 200,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId },
    body: JSON.stringify(result ? write(result) : {}),
  }),
  // The second header carries the code that the Query protocol would have.
  error: ({ status, code, message }, requestId) => ({
    status,
    code,
    headers: {
      "content-type": contentType,
      "x-amzn-requestid": requestId,
      "x-amzn-query-error": `${code};${status < 500 ? "Sender" : "Receiver"}`,
    },
    body: JSON.stringify({ __type: code, message }),
  }),
};

/** Times are seconds. */
function write(member: Member): unknown {
  if (member instanceof Date) return member.getTime() / 1000;
  if (Array.isArray(member)) return member.map(write);
  if (typeof member !== "object") return member;
  return Object.fromEntries(Object.entries(member).map(([name, value]) => [name, write(value)]));
}
