/** What is signed here is what the vendor's own core would sign, for any request. */
import { OpenApiUtil } from "@alicloud/openapi-core";
import { Request } from "@darabonba/typescript";
import fc from "fast-check";
import { signed } from "../../../src/clouds/ess/sources/signature";

const leaf = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", " ", "*", "~", "(it's!)", "a&b=c+d%20", "Grüße", "名"),
  fc.integer(),
  fc.boolean(),
  fc.constant(undefined),
);
const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/);
const request = fc.dictionary(
  name,
  fc.oneof(
    leaf,
    fc.array(leaf),
    fc.array(fc.dictionary(name, fc.oneof(leaf, fc.array(leaf)))),
    fc.dictionary(name, leaf),
  ),
);
const key = fc.stringMatching(/^[A-Za-z0-9+/=.-]{1,40}$/);
const endpoint = fc.constantFrom("https://ess.cn-hangzhou.aliyuncs.com/", "http://127.0.0.1:8642/", "http://[::1]:1/");

test("any call is signed as the vendor's core signs it", () => {
  fc.assert(
    fc.property(request, endpoint, key, key, fc.option(key), (asked, address, id, secret, token) => {
      const keys = { accessKeyId: id, accessKeySecret: secret, ...(token === null ? {} : { securityToken: token }) };
      const { url, headers } = signed(new URL(address), "StartInstanceRefresh", asked, keys, 1_700_000_000_999);

      const vendors = new Request();
      vendors.method = "POST";
      vendors.pathname = "/";
      vendors.query = OpenApiUtil.query(capitalised(asked) as Record<string, unknown>);
      vendors.headers = headers;
      const payload = OpenApiUtil.hash(Buffer.from(""), "ACS3-HMAC-SHA256").toString("hex");
      expect(headers["x-acs-content-sha256"]).toBe(payload);
      expect(headers["x-acs-date"]).toBe("2023-11-14T22:13:20Z");
      expect(headers.authorization).toBe(
        OpenApiUtil.getAuthorization(vendors, "ACS3-HMAC-SHA256", payload, id, secret),
      );
      expect(Object.fromEntries(url.searchParams)).toEqual(vendors.query);
    }),
    { seed: 22, numRuns: 150 },
  );
});

test("no two calls have the same nonce", () => {
  const keys = { accessKeyId: "id", accessKeySecret: "secret" };
  const nonces = Array.from(
    { length: 100 },
    () => signed(new URL("http://127.0.0.1/"), "A", {}, keys, 0).headers["x-acs-signature-nonce"],
  );
  expect(new Set(nonces).size).toBe(100);
});

/** The names as they are on the wire, at every depth. */
function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([each, of]) => [each.charAt(0).toUpperCase() + each.slice(1), capitalised(of)]),
  );
}
