import { XMLBuilder } from "fast-xml-parser";
import type { HttpAnswer } from "../service";
import type { EssError } from "./errors";
import { singular } from "./parameters";
import type { EssRequest } from "./readRequest";

/** A member of an answer. Undefined members are left out. */
export type Member = string | number | boolean | undefined | readonly Member[] | Members;

export interface Members {
  readonly [name: string]: Member;
}

const builder = new XMLBuilder({ suppressEmptyNode: true });

/** In 2014-08-28 these answer plain lists too, as the vendor's SDKs of that version have it. */
const plain = new Set(["DescribeEciScalingConfigurations"]);

/** Lists are plain in 2022-02-22, and wrapped by the name of their element in 2014-08-28 and in XML. */
export function answer(request: EssRequest, result: Members, requestId: string): HttpAnswer {
  const members = { RequestId: requestId, ...result };
  if (request.format === "xml") return xml(200, `${request.operation}Response`, wrapped(members));
  const wraps = request.version === "2014-08-28" && !plain.has(request.operation);
  return json(200, wraps ? wrapped(members) : members);
}

export function errorAnswer(request: Pick<EssRequest, "format">, error: EssError, requestId: string): HttpAnswer {
  const members = { Code: error.code, Message: error.message, RequestId: requestId, HostId: "ess.aliyuncs.com" };
  const written = request.format === "xml" ? xml(error.status, "Error", members) : json(error.status, members);
  return { ...written, code: error.code };
}

/** What 2014-08-28 calls otherwise. Its element of spot prices has a name of its own. */
const olderNames: Readonly<Record<string, string>> = {
  // fact: ess-older-names
  ImageOptionsLoginAsNonRoot: "ImageOptions.LoginAsNonRoot",
  // fact: ess-older-names
  SpotPriceLimits: "SpotPriceLimit",
  // fact: ess-older-names
  SystemDiskEncryptAlgorithm: "SystemDisk.EncryptAlgorithm",
  // fact: ess-older-names
  SystemDiskEncrypted: "SystemDisk.Encrypted",
  // fact: ess-older-names
  SystemDiskKMSKeyId: "SystemDisk.KMSKeyId",
  // fact: ess-older-names
  SystemDiskProvisionedIops: "SystemDisk.ProvisionedIops",
};
const olderElements: Readonly<Record<string, string>> = {
  SpotPriceLimits: "SpotPriceModel", // fact: ess-older-names
};

function wrapped(member: Member): Member {
  if (isList(member)) return member.map(wrapped);
  if (typeof member !== "object") return member;
  return Object.fromEntries(
    Object.entries(member).map(([name, value]) => [
      olderNames[name] ?? name,
      isList(value) ? { [olderElements[name] ?? singular(name)]: wrapped(value) } : wrapped(value),
    ]),
  );
}

function isList(member: Member): member is readonly Member[] {
  return Array.isArray(member);
}

function json(status: number, members: Member): HttpAnswer {
  return { status, headers: { "content-type": "application/json;charset=utf-8" }, body: JSON.stringify(members) };
}

function xml(status: number, root: string, members: Member): HttpAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>${builder.build({ [root]: members })}`;
  return { status, headers: { "content-type": "text/xml;charset=utf-8" }, body };
}
