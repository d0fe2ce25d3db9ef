/** What a scaling group is made of, besides what the model reads itself. */
import { boolean, integer, list, type Shape, structure, text, texts } from "./settings";

/** What can also be modified. */
export const groupShape: Shape = {
  AllocationStrategy: text(),
  AutoRebalance: boolean(),
  AzBalance: boolean(),
  BalanceMode: text(),
  CapacityOptions: structure({
    CompensateWithOnDemand: boolean(),
    OnDemandBaseCapacity: integer(),
    OnDemandPercentageAboveBaseCapacity: integer(),
    PriceComparisonMode: text(),
    SpotAutoReplaceOnDemand: boolean(),
  }),
  CompensateWithOnDemand: boolean(),
  CustomPolicyARN: text(),
  GroupDeletionProtection: boolean(),
  MaxInstanceLifetime: integer(),
  OnDemandBaseCapacity: integer(),
  OnDemandPercentageAboveBaseCapacity: integer(),
  SpotAllocationStrategy: text(),
  SpotInstancePools: integer(),
  SpotInstanceRemedy: boolean(),
  StopInstanceTimeout: integer(),
};

/** What is given when a group is made, and changed by operations of its own. */
export const attachmentShape: Shape = {
  AlbServerGroups: list({ AlbServerGroupId: text(), Port: integer(), Weight: integer() }),
  DBInstances: list({ DBInstanceId: text(), SecurityGroupIds: texts(), Type: text() }),
  LoadBalancerConfigs: list({ LoadBalancerId: text(), Weight: integer() }),
  ResourceGroupId: text(),
  ServerGroups: list({ Port: integer(), ServerGroupId: text(), Type: text(), Weight: integer() }),
  VServerGroups: list({
    LoadBalancerId: text(),
    VServerGroupAttributes: list({ Port: integer(), VServerGroupId: text(), Weight: integer() }),
  }),
};
