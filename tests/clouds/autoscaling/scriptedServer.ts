/** A server of the Query protocol whose every answer is in the test: for what no emulator of a whole service does. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer; `cut` closes the connection instead. */
export type Answer = { status?: number; body: string } | "cut";

export interface ScriptedServer {
  readonly url: string;
  /** Parameters of every request, the oldest first; `service` is the one that it was signed for. */
  readonly requests: Record<string, string>[];
  close(): Promise<void>;
}

/**
 * @param answer called for each request; the action is `parameters.Action`, and `date` when it was signed
 * @param now the server's clock, when it is not this machine's
 */
export async function scriptedServer(
  answer: (parameters: Record<string, string>) => Answer,
  now?: () => Date,
): Promise<ScriptedServer> {
  const requests: Record<string, string>[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const parameters = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const [, service = ""] = /\/([a-z0-9-]+)\/aws4_request/.exec(incoming.headers.authorization ?? "") ?? [];
    requests.push({ ...parameters, service });
    const date = String(incoming.headers["x-amz-date"]).replace(/^(....)(..)(..T..)(..)/, "$1-$2-$3:$4:");
    const scripted = answer({ ...parameters, date });
    if (scripted === "cut") return void incoming.socket.destroy();
    response.writeHead(scripted.status ?? 200, {
      "content-type": "text/xml",
      "x-amzn-requestid": "r-1",
      ...(now ? { date: now().toUTCString() } : {}),
    });
    response.end(scripted.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const result = (action: string, inner: string) => ({
  body: `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result>${inner}</${action}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${action}Response>`,
});

export const fault = (status: number, code: string, message = "No.") => ({
  status,
  body: `<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
});
