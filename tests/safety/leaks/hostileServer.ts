/** A server that ends every call in the way that is chosen, and says back whatever it was told. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Heard {
  readonly url: string;
  readonly headers: string;
  readonly body: string;
}

type Ending = (heard: Heard, request: IncomingMessage, response: ServerResponse) => void;

const answer =
  (status: number, type: string, body: (heard: Heard) => string, headers: Record<string, string> = {}): Ending =>
  (heard, _, response) => {
    response.writeHead(status, { "content-type": type, "x-amzn-requestid": "r-1", ...headers });
    response.end(body(heard));
  };

const all = ({ url, headers, body }: Heard) => `${url} ${headers} ${body}`;
const decoded = (heard: Heard) => {
  const text = all(heard).replaceAll("+", " ");
  return text.replace(/(%[0-9A-F]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
};
/** Each parameter by itself, as it was before it was encoded. */
const values = ({ url, body }: Heard) =>
  [...new URLSearchParams(url.split("?")[1] ?? ""), ...new URLSearchParams(body)].map(([, value]) => value);
const xmlText = (text: string) =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, "");

/** A refusal in the words of either cloud. */
const refusal =
  (status: number, code: string, message: (heard: Heard) => string): Ending =>
  (heard, request, response) => {
    const said = message(heard);
    const isAws = /AWS4-HMAC/.test(heard.headers) || /Version=20(11|16|10)-/.test(heard.body);
    const [type, body] = isAws
      ? [
          "text/xml",
          `<ErrorResponse><Error><Code>${code}</Code><Message>${xmlText(said)}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
        ]
      : ["application/json", JSON.stringify({ Code: code, Message: said, RequestId: "r-1", Detail: said })];
    answer(status, type as string, () => body as string)(heard, request, response);
  };

export const ENDINGS: Readonly<Record<string, Ending>> = {
  "cut before an answer": (_, request) => void request.socket.destroy(),
  "reset before an answer": (_, request) => void request.socket.resetAndDestroy(),
  "cut within the head": (_, request) => void request.socket.end("HTTP/1.1 200 O"),
  "cut within the body": (_, request) =>
    void request.socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"a":'),
  "something that is not HTTP": ({ url }, request) => void request.socket.end(`220 ${url} ESMTP\r\n`),
  "an empty body": answer(200, "text/xml", () => ""),
  "an empty refusal": answer(400, "text/xml", () => ""),
  "half a document": answer(200, "application/json", (heard) => `{"Message": ${JSON.stringify(decoded(heard))}`),
  "half a refusal": answer(
    400,
    "application/json",
    (heard) => `{"Code":"Bad","Message": ${JSON.stringify(decoded(heard))}`,
  ),
  "half a document of XML": answer(
    400,
    "text/xml",
    (heard) => `<ErrorResponse><Error><Message>${xmlText(decoded(heard))}`,
  ),
  "a page that says it back": answer(
    200,
    "text/html",
    (heard) => `<html><body>${xmlText(decoded(heard))}</body></html>`,
  ),
  "a page of an error": answer(500, "text/html", (heard) => `<html><body>${decoded(heard)}</body></html>`),
  "a page of a gateway": answer(502, "text/html", (heard) => `<h1>502</h1>${all(heard)}`),
  "a page that was not found": answer(404, "text/html", (heard) => `not here: ${all(heard)}`),
  "a proxy that asks who it is": answer(407, "text/html", all, { "proxy-authenticate": "Basic" }),
  "a redirect with all of it": (heard, request, response) =>
    answer(302, "text/html", all, { location: `https://elsewhere.invalid${encodeURI(heard.url)}` })(
      heard,
      request,
      response,
    ),
  "words that are not of the service": answer(200, "application/json", (heard) => JSON.stringify([decoded(heard)])),
  garbage: answer(200, "application/octet-stream", () => "\u0000\u001b[31m\u0007\u009b garbage"),
  "a refusal that echoes the values": refusal(
    400,
    "InvalidParameter",
    (heard) => `Invalid value: ${values(heard).join(", ")}`,
  ),
  "a refusal that echoes the request": refusal(400, "InvalidParameter", all),
  "a refusal that echoes it decoded": refusal(400, "ValidationError", decoded),
  "a refusal that echoes it in JSON": refusal(400, "InvalidParameter", (heard) => JSON.stringify(values(heard))),
  "a refusal that echoes it in XML": refusal(400, "InvalidParameter", (heard) => values(heard).map(xmlText).join(" ")),
  "a refusal that echoes it in base64": refusal(400, "InvalidParameter", (heard) =>
    values(heard)
      .map((value) => Buffer.from(value).toString("base64"))
      .join(" "),
  ),
  "a refusal that echoes it encoded twice": refusal(400, "InvalidParameter", (heard) =>
    values(heard)
      .map((value) => encodeURIComponent(encodeURIComponent(value)))
      .join(" "),
  ),
  "a refusal of the identity": refusal(403, "AccessDenied", (heard) => `not authorized: ${decoded(heard)}`),
  "a refusal by RAM": refusal(403, "Forbidden.RAM", (heard) => `not authorized: ${decoded(heard)}`),
  "a wrong signature": refusal(403, "SignatureDoesNotMatch", (heard) => `server string to sign is: ${all(heard)}`),
  "an expired session": refusal(403, "ExpiredToken", (heard) => `expired: ${decoded(heard)}`),
  "an expired session of RAM": refusal(400, "InvalidSecurityToken.Expired", (heard) => `expired: ${decoded(heard)}`),
  throttling: refusal(400, "Throttling.User", (heard) => `slower: ${decoded(heard)}`),
  "a fault of the service": refusal(500, "InternalError", (heard) => `trace: ${decoded(heard)}`),
  "a busy service": refusal(503, "ServiceUnavailable", (heard) => `trace: ${all(heard)}`),
  "control characters": refusal(400, "InvalidParameter", () => "\u001b]0;owned\u0007 \u001b[2J \u202e"),
};

export interface HostileServer {
  readonly url: string;
  ending: string;
  close(): Promise<void>;
}

export async function hostileServer(): Promise<HostileServer> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const heard = { url: request.url ?? "", headers: JSON.stringify(request.rawHeaders), body };
    ENDINGS[self.ending]?.(heard, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const self: HostileServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ending: "an empty body",
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}
