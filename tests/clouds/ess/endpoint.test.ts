import { endpointOf, regionOf } from "../../../src/clouds/ess/endpoint";
import { noRegion } from "../../../src/clouds/ess/errors";

const variables = {
  ALICLOUD_REGION: "cn-first",
  ALIBABA_CLOUD_REGION: "cn-second",
  ALIBABA_CLOUD_REGION_ID: "cn-third",
};

test("the region that is given comes before those of the environment, in their order", () => {
  expect(regionOf({ region: "cn-given" }, variables)).toBe("cn-given");
  const { ALICLOUD_REGION: first, ...second } = variables;
  const { ALIBABA_CLOUD_REGION: _, ...third } = second;
  expect([variables, second, third].map((environment) => regionOf({}, environment))).toEqual([
    first,
    "cn-second",
    "cn-third",
  ]);
});

test("without a region it says what to set", () => {
  expect(noRegion().next).toMatch(/connection\.region.*alicloud:region.*ALIBABA_CLOUD_REGION_ID/);
  expect(() => regionOf({}, {})).toThrow(noRegion());
});

test.each([
  ["cn-hangzhou", {}, {}, "ess.aliyuncs.com", "https:"],
  ["cn-north-2-gov-1", {}, {}, "ess.aliyuncs.com", "https:"],
  ["cn-beijing-finance-1", {}, {}, "ess.aliyuncs.com", "https:"],
  ["eu-central-1", { bridged: { endpoints: [{ ess: "own.example" }], protocol: "HTTP" } }, {}, "own.example", "http:"],
  ["eu-central-1", {}, {}, "ess.eu-central-1.aliyuncs.com", "https:"],
  ["eu-central-1", { endpoint: "http://127.0.0.1:8080" }, { ESS_ENDPOINT: "other" }, "127.0.0.1:8080", "http:"],
  [
    "eu-central-1",
    {},
    { ALIBABA_CLOUD_ENDPOINT_ESS: "https://vpc.example/", ESS_ENDPOINT: "other" },
    "vpc.example",
    "https:",
  ],
  ["eu-central-1", {}, { ESS_ENDPOINT: "other.example" }, "other.example", "https:"],
] as const)("in %s with %j and %j the API is at its address", (region, settings, environment, host, protocol) => {
  expect(endpointOf(region, settings, environment)).toMatchObject({ host, protocol });
});
