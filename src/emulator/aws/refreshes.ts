import { cancelRefresh, rememberedRefreshes, rollbackRefresh, startRefresh } from "../../simulation/refresh";
import { resolveConfiguration } from "./configuration";
import { validationError } from "./errors";
import { findGroup } from "./findGroup";
import { configurationOf } from "./groupAnswers";
import { irreversibility } from "./irreversibility";
import { refuse } from "./launchConfigurationRules";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import { answeredRefresh } from "./refreshAnswers";
import { echoedPreferences, modelPreferences } from "./refreshPreferences";
import { refreshRefusals } from "./refreshRules";
import {
  cancelInstanceRefresh,
  describeInstanceRefreshes,
  rollbackInstanceRefresh,
  startInstanceRefresh,
} from "./refreshShapes";
import { asked } from "./refused";
import { type AwsRegion, newUuid } from "./region";

const operation = operationsReadBy(readRequest);

/** The four operations on instance refreshes, by name. */
export const refreshOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  StartInstanceRefresh: operation(startInstanceRefresh, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { Preferences: preferences = {}, DesiredConfiguration: source } = request;
    const saved = configurationOf(group).details;
    refuse(
      refreshRefusals(request, {
        source: saved.source,
        instanceTypes: [...group.model.instances.values()].map(({ type }) => type.name),
        hasWarmPool: group.model.warmPool !== undefined,
      }),
    );
    const desired = source && resolveConfiguration(source, region);
    const irreversible = irreversibility(saved, desired);
    // fact: aws-rollback-refused
    if (irreversible && preferences.AutoRollback)
      throw validationError(`AutoRollback is not supported. ${irreversible}`);

    const { id } = asked(() =>
      startRefresh(group.model, {
        id: newUuid(region),
        strategy: request.Strategy,
        desired,
        irreversible,
        preferences: modelPreferences(preferences, group),
      }),
    );
    group.refreshRequests.set(id, {
      ...request,
      DesiredConfiguration: desired?.details.source,
      Preferences: echoedPreferences(preferences, group),
    });
    return { InstanceRefreshId: id };
  }),

  DescribeInstanceRefreshes: operation(describeInstanceRefreshes, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const ids = request.InstanceRefreshIds ?? [];
    const found = rememberedRefreshes(group.model).filter(({ id }) => ids.length === 0 || ids.includes(id));
    const size = pageSize(request.MaxRecords, 50, 100);
    const { items, nextToken } = page(found, ({ id }) => id, size, request.NextToken);
    return { InstanceRefreshes: items.map((refresh) => answeredRefresh(refresh, group)), NextToken: nextToken };
  }),

  CancelInstanceRefresh: operation(cancelInstanceRefresh, (request, region: AwsRegion) => {
    const { model } = findGroup(region, request.AutoScalingGroupName);
    const waitForTransitioningInstances = request.WaitForTransitioningInstances;
    return { InstanceRefreshId: asked(() => cancelRefresh(model, { waitForTransitioningInstances })).id };
  }),

  RollbackInstanceRefresh: operation(rollbackInstanceRefresh, (request, region: AwsRegion) => {
    const { model } = findGroup(region, request.AutoScalingGroupName);
    return { InstanceRefreshId: asked(() => rollbackRefresh(model)).id };
  }),
};
