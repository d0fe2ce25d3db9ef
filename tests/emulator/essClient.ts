import Core, { $OpenApiUtil, OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import type { Emulator } from "../../src/emulator";

export type Answer = Record<string, unknown>;
export type Call = (action: string, request?: Record<string, unknown>) => Promise<Answer>;

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
}

/** The vendor's own client against an emulator, for either version of the API. */
export function essClient(
  emulator: Emulator,
  { version = "2022-02-22", region = emulator.region, keys = {} as Partial<Keys> } = {},
): Call {
  const core = new Core(
    new $OpenApiUtil.Config({
      accessKeyId: emulator.accessKeyId,
      accessKeySecret: emulator.secretAccessKey,
      ...keys,
      endpoint: new URL(emulator.url).host,
      protocol: "http",
      regionId: region,
    }),
  );
  const runtime = new RuntimeOptions({});
  return async (action, request = {}) => {
    const query = OpenApiUtil.query({ RegionId: region, ...request });
    const answer =
      version === "2022-02-22"
        ? await core.callApi(params(action), new $OpenApiUtil.OpenApiRequest({ query }), runtime)
        : await core.doRPCRequest(
            action,
            version,
            "http",
            "POST",
            "AK",
            "json",
            new $OpenApiUtil.OpenApiRequest({ body: query }),
            runtime,
          );
    return answer.body as Answer;
  };
}

function params(action: string) {
  return new $OpenApiUtil.Params({
    action,
    version: "2022-02-22",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
}

/** What an error of the client says. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "no error",
    (error: { code?: string }) => String(error.code),
  );
}
