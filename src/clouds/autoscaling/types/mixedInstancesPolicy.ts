/** Several instance types, On-Demand and Spot, in one group: spelled as `mixedInstancesPolicy` of `aws.autoscaling.Group`. */
import { z } from "zod";
import { argument } from "../../../core/definition/arguments";
import { instanceRequirements } from "./instanceRequirements";
import { launchTemplateSpecification } from "./launchTemplate";
import { wholeNumber } from "./numbers";

const DISTRIBUTION = "InstancesDistribution";
const OVERRIDES = "LaunchTemplateOverrides";
const PRICE = "a price of at least 0.001 in a string, or an empty string for the On-Demand price";

const override = z.strictObject({
  instanceType: argument(z.string().min(1).max(255), {
    text: "Instance type. Excludes `instanceRequirements`.",
    source: OVERRIDES,
  }).optional(),
  weightedCapacity: wholeNumber(
    {
      text: "Units of the group's capacity that an instance of this type counts for. On every override or on none.",
      source: OVERRIDES,
    },
    1,
    999,
  ).optional(),
  launchTemplateSpecification: argument(launchTemplateSpecification(), {
    text: "Launch template for this type, instead of the policy's.",
    source: OVERRIDES,
  }).optional(),
  instanceRequirements: argument(instanceRequirements, {
    text: "What instance types must have, instead of `instanceType`. At most four sets in a group.",
    source: OVERRIDES,
  }).optional(),
  imageId: argument(z.string().regex(/^ami-[a-z0-9]{1,17}$/), {
    text: "Image, `ami-…`, instead of the launch template's. The strategy `ReplaceRootVolume` needs one in every override, with a single volume.",
    form: "`ami-` and 1 to 17 lower-case letters and digits",
    source: OVERRIDES,
  }).optional(),
});

const instancesDistribution = z.strictObject({
  onDemandAllocationStrategy: argument(z.enum(["lowest-price", "prioritized"]), {
    text: "How types of On-Demand Instances are chosen. `prioritized` takes the overrides in their order, and cannot be combined with instance requirements.",
    serviceDefault: "(prioritized; lowest-price with instance requirements)",
    echoed: "always",
    source: DISTRIBUTION,
  }).optional(),
  onDemandBaseCapacity: argument(z.int().min(0), {
    text: "Least capacity of On-Demand Instances, in the unit of the group's capacity.",
    serviceDefault: 0,
    source: DISTRIBUTION,
  }).optional(),
  onDemandPercentageAboveBaseCapacity: argument(z.int().min(0).max(100), {
    text: "Share of On-Demand Instances in the capacity above that.",
    unit: "%",
    serviceDefault: 100,
    source: DISTRIBUTION,
  }).optional(),
  spotAllocationStrategy: argument(
    z.enum(["price-capacity-optimized", "capacity-optimized", "capacity-optimized-prioritized", "lowest-price"]),
    {
      text: "How types of Spot Instances are chosen. `capacity-optimized-prioritized` cannot be combined with instance requirements.",
      serviceDefault: "lowest-price",
      source: DISTRIBUTION,
    },
  ).optional(),
  spotInstancePools: argument(z.int().min(0).max(20), {
    text: "Spot pools to spread over, from 1 to 20; only with the strategy `lowest-price`. 0 counts as left out, as in `aws.autoscaling.Group`.",
    serviceDefault: 2,
    leftOut: 0,
    source: DISTRIBUTION,
  }).optional(),
  spotMaxPrice: argument(
    z
      .string()
      .max(255)
      .refine((price) => price === "" || (/^[0-9]*\.?[0-9]+$/.test(price) && Number(price) >= 0.001), {
        error: `it must be ${PRICE}`,
      }),
    {
      text: "Highest price for a Spot Instance and hour, in US dollars. An empty string removes one that was set before.",
      form: PRICE,
      unit: "USD/h",
      serviceDefault: "(the On-Demand price)",
      leftOut: "",
      source: DISTRIBUTION,
    },
  ).optional(),
  distributionSegments: argument(
    z.array(
      z.strictObject({
        targetCapacityTypes: argument(
          z.array(
            z.enum([
              "on-demand-capacity-reservation",
              "capacity-block",
              "interruptible-capacity-reservation",
              "on-demand",
            ]),
          ),
          { text: "Kinds of capacity in the order in which they are tried.", source: "DistributionSegment" },
        ).optional(),
      }),
    ),
    { text: "Kinds of capacity to launch into, such as Capacity Reservations.", source: DISTRIBUTION },
  ).optional(),
});

export const mixedInstancesPolicy = z.strictObject({
  launchTemplate: argument(
    z.strictObject({
      launchTemplateSpecification: argument(launchTemplateSpecification(), {
        text: "Launch template of all instances that no override gives another.",
        source: "LaunchTemplate",
      }).optional(),
      overrides: argument(z.array(override), {
        text: "Instance types, or what they must have; at most 40 types and 20 launch templates in all.",
        source: "LaunchTemplate",
      }).optional(),
    }),
    { text: "Launch template, and the instance types to use with it.", source: "MixedInstancesPolicy" },
  ).optional(),
  instancesDistribution: argument(instancesDistribution, {
    text: "How the capacity is divided between On-Demand and Spot Instances.",
    source: "MixedInstancesPolicy",
  }).optional(),
});
