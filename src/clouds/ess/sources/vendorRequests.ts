/**
 * The requests that the vendor's providers of credentials send. By themselves they know no proxy, and put the signed URL and
 * the answer into their errors: they are given another function to send with, as the vendor's own tests do.
 */
import { bareAddress, proxyText, socketCode, whyNoAnswer } from "../../common/noAnswer";
import { plainText, wordOf } from "../../common/plainText";
import type { ProxiedAgents } from "../../common/proxy";
import { Secrets } from "../../common/secrets";
import { type Answer, send } from "../../common/send";
import { SourceError } from "./sourceError";

/** A request as the vendor's providers build it. */
interface VendorRequest {
  readonly method: string;
  readonly host?: string;
  readonly headers: Record<string, string>;
  readonly bodyForm?: Record<string, string>;
  readonly readTimeout?: number;
  readonly connectTimeout?: number;
  toRequestURL(): string;
}

interface VendorResponse {
  readonly statusCode: number;
  readonly headers: object;
  readonly body: Buffer;
}

interface VendorModule {
  doRequest(request: VendorRequest): Promise<VendorResponse>;
}

/** Hosts of instance metadata: never by a proxy. */
const METADATA = "100.100.100.200";

/** Makes every provider that is built from now on send through the agents. */
export function sendVendorRequestsThrough(agents: ProxiedAgents): void {
  // Required by a plain name, which bundlers understand: they must not leave it out of a program or the plugin.
  const module = require("@alicloud/credentials/dist/src/providers/http") as VendorModule;
  module.doRequest = async (request) => {
    // An address of one's own may be reached without TLS: the vendor puts `https://` before it in any case.
    const url = new URL(request.toRequestURL().replace(/^https:\/\/(?=https?:\/\/)/, ""));
    const body = request.bodyForm ? new URLSearchParams(request.bodyForm).toString() : "";
    const headers = { ...request.headers, ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}) };
    const answer = await send(url, {
      method: request.method,
      headers: textsOf(headers),
      body,
      ...(url.hostname === METADATA ? {} : { agents }),
      connectTimeout: request.connectTimeout ?? 5_000,
      timeout: request.readTimeout ?? 10_000,
    }).catch((error: unknown) => {
      const code = socketCode(error);
      throw unanswered(bareAddress(url.href), code, isSts(url, request));
    });
    if (answer.status !== 200) throw refused(url, answer, secretsOf(url, request), isSts(url, request));
    return { statusCode: answer.status, headers: answer.headers, body: Buffer.from(answer.body) };
  };
}

function textsOf(headers: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && !/^content-length$/i.test(name),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** What is secret in a request for credentials. */
function secretsOf(url: URL, { bodyForm = {} }: VendorRequest): Secrets {
  const { OIDCToken, ExternalId, Policy } = bodyForm;
  // Of an address that is given whole, anything may be a key to it.
  return new Secrets(
    OIDCToken,
    OIDCToken?.trim(),
    ExternalId,
    Policy,
    [...url.searchParams.values()],
    url.search.slice(1),
  );
}

/** Whether a role is assumed by it. */
function isSts(url: URL, { bodyForm = {} }: VendorRequest): boolean {
  return (url.searchParams.get("Action") ?? bodyForm.Action ?? "").startsWith("AssumeRole");
}

export function unanswered(address: string, code: string, isOfSts: boolean): SourceError {
  const where = isOfSts ? " (ALIBABA_CLOUD_ENDPOINT_STS names another address of STS)" : "";
  const next = `check that ${address} issues credentials and can be reached from here${where}; ${proxyText(address)}.`;
  return new SourceError(`no answer from ${address}: ${whyNoAnswer(code)}`, code, next);
}

/** Code and message of the answer, when it is one of the vendor's. */
function refused(url: URL, { status, body }: Answer, secrets: Secrets, isOfSts: boolean): SourceError {
  const { Code, Message } = codeAndMessage(body);
  const code = Code && wordOf(Code, secrets);
  const said = code ? `: ${plainText(secrets.scrub(Message ?? "refused"))} (${code})` : "";
  const address = bareAddress(url.href);
  const next = !code
    ? `check that ${address} issues credentials, and that no proxy answers in its place.`
    : isOfSts
      ? "check the name of the role, that its trust policy lets these keys or this token assume it, and that they are valid."
      : undefined;
  return new SourceError(`${address} answered ${status}${said}`, code, next);
}

function codeAndMessage(body: string): { Code?: string; Message?: string } {
  try {
    const { Code, Message } = JSON.parse(body) as Record<string, unknown>;
    if (typeof Code !== "string") return {};
    // Of a signature that is wrong, the service tells the text that was signed: all that was sent.
    const isSafe = typeof Message === "string" && !/^(SignatureDoesNotMatch|IncompleteSignature)/.test(Code);
    return { Code, ...(isSafe ? { Message } : {}) };
  } catch {
    return {};
  }
}
