import { endpointOf, regionOf } from "../../../src/clouds/ess/endpoint";

const variables = {
  ALIBABA_CLOUD_REGION_ID: "cn-first",
  ALIBABA_CLOUD_REGION: "cn-second",
  ALICLOUD_REGION: "cn-third",
};

test("the region that is given comes before those of the environment, in their order", () => {
  expect(regionOf({ region: "cn-given" }, variables)).toBe("cn-given");
  const { ALIBABA_CLOUD_REGION_ID: first, ...second } = variables;
  const { ALIBABA_CLOUD_REGION: _, ...third } = second;
  expect([variables, second, third].map((environment) => regionOf({}, environment))).toEqual([
    first,
    "cn-second",
    "cn-third",
  ]);
});

test("without a region it says what to set", () => {
  expect(() => regionOf({}, {})).toThrow(/connection\.region.*alicloud:region.*ALIBABA_CLOUD_REGION_ID/);
});

test.each([
  ["cn-hangzhou", {}, {}, "ess.aliyuncs.com", "HTTPS"],
  ["cn-north-2-gov-1", {}, {}, "ess.aliyuncs.com", "HTTPS"],
  ["eu-central-1", {}, {}, "ess.eu-central-1.aliyuncs.com", "HTTPS"],
  ["eu-central-1", { endpoint: "http://127.0.0.1:80" }, { ESS_ENDPOINT: "other" }, "127.0.0.1:80", "HTTP"],
  [
    "eu-central-1",
    {},
    { ALIBABA_CLOUD_ENDPOINT_ESS: "https://vpc.example/", ESS_ENDPOINT: "other" },
    "vpc.example",
    "HTTPS",
  ],
  ["eu-central-1", {}, { ESS_ENDPOINT: "other.example" }, "other.example", "HTTPS"],
] as const)("in %s with %j and %j the API is at its address", (region, settings, environment, host, protocol) => {
  expect(endpointOf(region, settings, environment)).toEqual({ host, protocol });
});
