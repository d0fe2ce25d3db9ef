import { XMLBuilder } from "fast-xml-parser";
import type { HttpAnswer } from "../service";
import type { AwsError } from "./errors";

/** A member of an answer. Undefined members are left out, dates become ISO 8601, arrays lists. */
export type Member = string | number | boolean | Date | undefined | readonly Member[] | Members;

export interface Members {
  readonly [name: string]: Member;
}

/** How one service writes its answers and errors. */
export interface Dialect {
  answer(operation: string, result: Members | undefined, requestId: string): HttpAnswer;
  error(error: AwsError, requestId: string): HttpAnswer;
}

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

function xml(root: object, requestId: string, error?: AwsError): HttpAnswer {
  return {
    status: error?.status ?? 200,
    code: error?.code,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(root)}`,
  };
}

/** The Query protocol of Auto Scaling and STS: lists are `<member>` elements, the result has a wrapper of its own. */
export function queryDialect(namespace: string): Dialect {
  return {
    answer: (operation, result, requestId) =>
      xml(
        {
          [`${operation}Response`]: {
            "@_xmlns": namespace,
            ...(result && { [`${operation}Result`]: write(result, "member") }),
            ResponseMetadata: { RequestId: requestId },
          },
        },
        requestId,
      ),
    error: (error, requestId) =>
      xml(
        {
          ErrorResponse: {
            "@_xmlns": namespace,
            Error: { Type: error.status < 500 ? "Sender" : "Receiver", Code: error.code, Message: error.message },
            RequestId: requestId,
          },
        },
        requestId,
        error,
      ),
  };
}

/** EC2's variant: lists are `<item>` elements, there is no wrapper. */
export function ec2Dialect(namespace: string): Dialect {
  return {
    answer: (operation, result, requestId) =>
      xml(
        { [`${operation}Response`]: { "@_xmlns": namespace, requestId, ...(write(result ?? {}, "item") as object) } },
        requestId,
      ),
    error: (error, requestId) =>
      xml(
        { Response: { Errors: { Error: { Code: error.code, Message: error.message } }, RequestID: requestId } },
        requestId,
        error,
      ),
  };
}

// The lists whose elements have a name of their own.
const elementNames: ReadonlyMap<string, string> = new Map([
  ["Reference", "item"],
  ["groupSet", "groupId"],
]);

function write(member: Member, element: string): unknown {
  if (member instanceof Date) return member.toISOString().replace(".000Z", "Z");
  if (isList(member)) return member.length === 0 ? "" : { [element]: member.map((item) => write(item, element)) };
  if (typeof member !== "object") return member;
  return Object.fromEntries(
    Object.entries(member)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, write(value, elementNames.get(name) ?? element)]),
  );
}

function isList(member: Member): member is readonly Member[] {
  return Array.isArray(member);
}
