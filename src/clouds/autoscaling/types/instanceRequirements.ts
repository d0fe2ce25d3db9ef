/**
 * What instance types must have, where they are chosen by their attributes. What the service requires of them is held by a
 * rule: `aws.autoscaling.Group` types it as optional.
 */
import { z } from "zod";
import { argument } from "../../../core/definition/arguments";

const SOURCE = "InstanceRequirements";

const ANY = "(no limit)";

const range = (
  text: string,
  unit: string | undefined,
  number: () => z.ZodNumber,
  serviceDefault: string | null = ANY,
) => {
  const bound = (which: string) =>
    argument(number(), { text: which, ...(unit ? { unit } : {}), source: SOURCE }).optional();
  return argument(z.strictObject({ min: bound("At least this."), max: bound("At most this.") }), {
    text,
    ...(serviceDefault ? { serviceDefault } : {}),
    source: SOURCE,
  }).optional();
};
const whole = () => z.int().min(0);
const real = () => z.number().min(0);

const oneOf = <const T extends readonly [string, ...string[]]>(values: T, text: string, serviceDefault: string) =>
  argument(z.enum(values), { text, serviceDefault, source: SOURCE }).optional();

const someOf = <const T extends readonly [string, ...string[]]>(values: T, text: string) =>
  argument(z.array(z.enum(values)), { text, serviceDefault: "(any)", unordered: true, source: SOURCE }).optional();

const instanceTypes = (text: string) =>
  argument(
    z
      .array(
        argument(z.string().regex(/^[a-zA-Z0-9.*-]{1,30}$/), {
          text: "An instance type, `*` for any part of it: `c5*`, `m5a.*`, `*3*`.",
          form: "1 to 30 letters, digits and `.*-`",
          source: SOURCE,
        }),
      )
      .max(400),
    { text, unordered: true, source: SOURCE },
  ).optional();

const priceProtection = (text: string, serviceDefault: string | number) =>
  argument(z.int().min(0), { text, unit: "%", serviceDefault, source: SOURCE }).optional();

const PRESENCE = ["included", "excluded", "required"] as const;

export const instanceRequirements = z.strictObject({
  vcpuCount: range("Virtual CPUs. Required, and so is `min`.", undefined, whole, null),
  memoryMib: range("Memory. Required, and so is `min`.", "MiB", whole, null),
  cpuManufacturers: someOf(["intel", "amd", "amazon-web-services", "apple"], "Makers of the CPU."),
  memoryGibPerVcpu: range("Memory for each virtual CPU.", "GiB", real),
  excludedInstanceTypes: instanceTypes("Instance types to leave out. Excludes `allowedInstanceTypes`."),
  allowedInstanceTypes: instanceTypes("The only instance types to choose from. Excludes `excludedInstanceTypes`."),
  instanceGenerations: someOf(["current", "previous"], "Generations of instance types."),
  spotMaxPricePercentageOverLowestPrice: priceProtection(
    "How much dearer than the cheapest current C, M or R type a Spot Instance may be; 999999 for no limit. Excludes `maxSpotPriceAsPercentageOfOptimalOnDemandPrice`.",
    "(chosen by the service)",
  ),
  maxSpotPriceAsPercentageOfOptimalOnDemandPrice: priceProtection(
    "How dear a Spot Instance may be, in percent of the On-Demand price of the cheapest current C, M or R type; 999999 for no limit. Excludes `spotMaxPricePercentageOverLowestPrice`.",
    "(chosen by the service)",
  ),
  onDemandMaxPricePercentageOverLowestPrice: priceProtection(
    "How much dearer than the cheapest current C, M or R type an On-Demand Instance may be; 999999 for no limit.",
    20,
  ),
  bareMetal: oneOf(PRESENCE, "Bare metal types.", "excluded"),
  burstablePerformance: oneOf(PRESENCE, "Types with burstable performance.", "excluded"),
  requireHibernateSupport: argument(z.boolean(), {
    text: "Only types that can hibernate.",
    serviceDefault: false,
    source: SOURCE,
  }).optional(),
  networkInterfaceCount: range("Network interfaces.", undefined, whole),
  localStorage: oneOf(PRESENCE, "Types with instance store volumes.", "included"),
  localStorageTypes: someOf(["hdd", "ssd"], "Kinds of instance store volumes."),
  totalLocalStorageGb: range("Instance store volumes in all.", "GB", real),
  baselineEbsBandwidthMbps: range("Baseline bandwidth to EBS.", "Mbit/s", whole),
  acceleratorTypes: someOf(["gpu", "fpga", "inference"], "Kinds of accelerators."),
  acceleratorCount: range("Accelerators; with a maximum of 0 only types that have none.", undefined, whole),
  acceleratorManufacturers: someOf(["nvidia", "amd", "amazon-web-services", "xilinx"], "Makers of the accelerators."),
  acceleratorNames: someOf(
    ["a100", "v100", "k80", "t4", "m60", "radeon-pro-v520", "vu9p"],
    "Accelerators by their names.",
  ),
  acceleratorTotalMemoryMib: range("Memory of all accelerators.", "MiB", whole),
  networkBandwidthGbps: range("Network bandwidth.", "Gbit/s", real),
  baselinePerformanceFactors: argument(
    z.strictObject({
      cpu: argument(
        z.strictObject({
          references: argument(
            z
              .array(
                z.strictObject({
                  instanceFamily: argument(z.string().min(1), {
                    text: "The part of an instance type before the period: `c6i`.",
                    source: "PerformanceFactorReferenceRequest",
                  }).optional(),
                }),
              )
              .max(1),
            {
              text: "The instance family that sets the baseline; the service takes one.",
              source: "CpuPerformanceFactorRequest",
            },
          ).optional(),
        }),
        { text: "CPU performance.", source: "BaselinePerformanceFactorsRequest" },
      ).optional(),
    }),
    { text: "Performance that instance types must reach, as that of a family.", source: SOURCE },
  ).optional(),
});
