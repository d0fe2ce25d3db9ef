import { z } from "zod";
import { boolean, decimal, integer, integerWithin, list, name, text } from "./members";

/** What machines are launched from: the structures that groups and refreshes have in common. */

export const launchTemplateSpecification = z.object({
  LaunchTemplateId: name().optional(),
  LaunchTemplateName: text({ min: 3, max: 128 })
    .regex(/^[a-zA-Z0-9().\-/_]+$/)
    .optional(),
  Version: name().optional(),
});

const whole = z.object({ Min: integerWithin(0).optional(), Max: integerWithin(0).optional() });
const wholeWithMin = z.object({ Min: integerWithin(0), Max: integerWithin(0).optional() });
const fraction = z.object({ Min: decimal().optional(), Max: decimal().optional() });
const presence = z.enum(["included", "excluded", "required"]);
const instanceTypes = list(text({ min: 1, max: 30 }).regex(/^[a-zA-Z0-9.*-]+$/), { max: 400 });

const instanceRequirements = z.object({
  VCpuCount: wholeWithMin,
  MemoryMiB: wholeWithMin,
  CpuManufacturers: list(z.enum(["intel", "amd", "amazon-web-services", "apple"])).optional(),
  MemoryGiBPerVCpu: fraction.optional(),
  ExcludedInstanceTypes: instanceTypes.optional(),
  InstanceGenerations: list(z.enum(["current", "previous"])).optional(),
  SpotMaxPricePercentageOverLowestPrice: integerWithin(0).optional(),
  MaxSpotPriceAsPercentageOfOptimalOnDemandPrice: integerWithin(0).optional(),
  OnDemandMaxPricePercentageOverLowestPrice: integerWithin(0).optional(),
  BareMetal: presence.optional(),
  BurstablePerformance: presence.optional(),
  RequireHibernateSupport: boolean().optional(),
  NetworkInterfaceCount: whole.optional(),
  LocalStorage: presence.optional(),
  LocalStorageTypes: list(z.enum(["hdd", "ssd"])).optional(),
  TotalLocalStorageGB: fraction.optional(),
  BaselineEbsBandwidthMbps: whole.optional(),
  AcceleratorTypes: list(z.enum(["gpu", "fpga", "inference"])).optional(),
  AcceleratorCount: whole.optional(),
  AcceleratorManufacturers: list(z.enum(["nvidia", "amd", "amazon-web-services", "xilinx"])).optional(),
  AcceleratorNames: list(z.enum(["a100", "v100", "k80", "t4", "m60", "radeon-pro-v520", "vu9p"])).optional(),
  AcceleratorTotalMemoryMiB: whole.optional(),
  NetworkBandwidthGbps: fraction.optional(),
  AllowedInstanceTypes: instanceTypes.optional(),
  BaselinePerformanceFactors: z
    .object({
      Cpu: z.object({ Reference: list(z.object({ InstanceFamily: text().optional() })).optional() }).optional(),
    })
    .optional(),
});

const override = z.object({
  InstanceType: name().optional(),
  WeightedCapacity: text({ min: 1, max: 32 }).optional(),
  LaunchTemplateSpecification: launchTemplateSpecification.optional(),
  InstanceRequirements: instanceRequirements.optional(),
  ImageId: text({ min: 5, max: 21 })
    .regex(/^ami-[a-z0-9]{1,17}$/)
    .optional(),
});

export const mixedInstancesPolicy = z.object({
  LaunchTemplate: z
    .object({
      LaunchTemplateSpecification: launchTemplateSpecification.optional(),
      Overrides: list(override).optional(),
    })
    .optional(),
  InstancesDistribution: z
    .object({
      OnDemandAllocationStrategy: text().optional(),
      OnDemandBaseCapacity: integer().optional(),
      OnDemandPercentageAboveBaseCapacity: integer().optional(),
      SpotAllocationStrategy: text().optional(),
      SpotInstancePools: integer().optional(),
      SpotMaxPrice: text({ max: 255 }).optional(),
      DistributionSegments: list(
        z.object({
          TargetCapacityTypes: list(
            z.enum([
              "on-demand-capacity-reservation",
              "capacity-block",
              "interruptible-capacity-reservation",
              "on-demand",
            ]),
          ).optional(),
        }),
      ).optional(),
    })
    .optional(),
});

export type LaunchTemplateSpecification = z.output<typeof launchTemplateSpecification>;
export type MixedInstancesPolicy = z.output<typeof mixedInstancesPolicy>;
export type Override = z.output<typeof override>;
