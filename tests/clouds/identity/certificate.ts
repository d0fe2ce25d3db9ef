/** A certificate that nobody has signed but itself, for 127.0.0.1: DER by hand, as Node makes none. */
import { generateKeyPairSync, sign } from "node:crypto";

const encoded = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Buffer[]) => encoded(0x30, ...parts);
const set = (...parts: Buffer[]) => encoded(0x31, ...parts);
const integer = (value: number) => encoded(0x02, Buffer.from([value]));
const bits = (content: Buffer) => encoded(0x03, Buffer.from([0]), content);
const octets = (content: Buffer) => encoded(0x04, content);
const time = (text: string) => encoded(0x17, Buffer.from(text));
const object = (hex: string) => encoded(0x06, Buffer.from(hex, "hex"));
const boolean = (value: boolean) => encoded(0x01, Buffer.from([value ? 0xff : 0]));

const COMMON_NAME = object("550403");
const ECDSA_SHA256 = sequence(object("2a8648ce3d040302"));
const ALTERNATIVE_NAME = object("551d11");
const BASIC_CONSTRAINTS = object("551d13");

export function selfSignedCertificate(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(COMMON_NAME, encoded(0x0c, Buffer.from("emulated")))));
  const address = encoded(0x87, Buffer.from([127, 0, 0, 1]));
  const extensions = sequence(
    sequence(BASIC_CONSTRAINTS, boolean(true), octets(sequence(boolean(true)))),
    sequence(ALTERNATIVE_NAME, octets(sequence(address))),
  );
  const content = sequence(
    encoded(0xa0, integer(2)),
    integer(1),
    ECDSA_SHA256,
    name,
    sequence(time("200101000000Z"), time("491231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    encoded(0xa3, extensions),
  );
  const der = sequence(content, ECDSA_SHA256, bits(sign("sha256", content, privateKey)));
  const lines = der.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}
