/** The API of EC2 Auto Scaling in one region, over a client. */
import { type CloudApi, CloudError, type ConnectionSettings, isActive, type Refresh } from "../../core/cloud";
import { activities } from "./activities";
import type { AutoScalingArguments } from "./arguments";
import { currentArguments } from "./currentArguments";
import { diagnose } from "./diagnosis";
import { incomplete } from "./errors";
import { capacityOf, fills, launchesFrom, obstacles, runs, warnings } from "./group";
import { idOf, parseId } from "./ids";
import { instancesOf } from "./instances";
import { type AutoScalingReader, PAGE_OF_REFRESHES, readerOf, readingOnce } from "./reader";
import { refreshOf } from "./refresh";
import type { AutoScalingClient } from "./requests";
import { servicesOf } from "./services/services";
import { credentialsEnd, snapshot } from "./snapshot";
import { isFloating } from "./types/launchTemplate";
import { templatesOf } from "./types/templates";
import { savedConfiguration, startRequest } from "./wire";

/** Enough for every refresh that a group can have had in the six weeks that the cloud remembers. */
const MOST_PAGES = 20;

/**
 * The API over a client.
 * @param key tells apart who shares a rate limit
 */
export function apiOver(
  client: AutoScalingClient,
  settings: ConnectionSettings,
  key = `autoscaling/${client.region}`,
): CloudApi<AutoScalingArguments> {
  return apiOverReader(readerOf(client, settings), settings, key);
}

function apiOverReader(
  client: AutoScalingReader,
  settings: ConnectionSettings,
  key: string,
): CloudApi<AutoScalingArguments> {
  const { region, ask } = client;
  const services = servicesOf(client, settings, { ask });
  /** Known once a group was seen: its ARN says it. */
  let account: string | undefined;

  async function findGroup(name: string) {
    const group = await client.autoScalingGroup(name);
    account = group?.AutoScalingGroupARN?.split(":")[4] ?? account;
    return group;
  }

  async function describe(group: string, refreshIds?: string[], signal?: AbortSignal): Promise<Refresh[]> {
    const found: Refresh[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await describePage(group, refreshIds, token, signal);
      found.push(...(answer?.InstanceRefreshes ?? []).map((refresh) => refreshOf(refresh, group, { region, account })));
      token = answer?.NextToken || undefined;
      if (!token) break;
    }
    return found;
  }

  async function describePage(group: string, refreshIds?: string[], token?: string, signal?: AbortSignal) {
    try {
      return await client.describeInstanceRefreshes(
        {
          AutoScalingGroupName: group,
          MaxRecords: PAGE_OF_REFRESHES,
          ...(refreshIds ? { InstanceRefreshIds: refreshIds } : {}),
          ...(token ? { NextToken: token } : {}),
        },
        signal,
      );
    } catch (error) {
      // The code for a group that is not there is that of every other error in a request.
      if (error instanceof CloudError && error.code === "ValidationError" && !(await findGroup(group)))
        return undefined;
      throw error;
    }
  }

  async function describeOne(id: string, signal?: AbortSignal): Promise<Refresh | undefined> {
    const parsed = parseId(id);
    return parsed && (await describe(parsed.group, [parsed.refreshId], signal)).find((refresh) => refresh.id === id);
  }

  /** The operations that end a refresh name the group only. So it is described right before: it must still run. */
  async function end(
    operation: string,
    refresh: Refresh,
    action: () => Promise<{ InstanceRefreshId?: string | undefined }>,
  ) {
    const now = await describeOne(refresh.id);
    if (now?.stage !== "running") throw notRunning(operation, refresh, now);
    const { InstanceRefreshId: hit } = await action();
    if (hit !== undefined && idOf(refresh.group, hit) !== refresh.id) throw hitAnother(operation, refresh, hit);
  }

  return {
    region,
    readingOnce: () => apiOverReader(readingOnce(client), settings, key),
    clock: client.clock,
    async account() {
      account ??= await services.account();
      return account;
    },
    async group(args) {
      const group = await findGroup(args.autoscalingGroupName);
      if (!group) return undefined;
      const unchecked = new Set<string>();
      const asked = servicesOf(client, settings, { ask, unchecked: (line) => unchecked.add(line) });
      return {
        obstacles: await obstacles(group, args, asked),
        warnings: warnings(group, args),
        unchecked: [...unchecked],
        capacity: capacityOf(group),
        fills: fills(group),
        launchesFrom: launchesFrom(group),
        runsDesired: async () => runs(savedConfiguration(group), args.desiredConfiguration),
      };
    },
    async currentArguments(name) {
      const group = await findGroup(name);
      return group && currentArguments(group, services);
    },
    refreshes: (group) => describe(group),
    source: {
      key,
      batch: 1,
      async describe(ids, signal) {
        const found = await Promise.all(ids.map((id) => describeOne(id, signal)));
        return new Map(found.flatMap((refresh) => (refresh ? [[refresh.id, refresh] as const] : [])));
      },
      classify: (error) => (error instanceof CloudError ? error.kind : "final"),
    },
    async start(args) {
      const request = startRequest(args);
      const { InstanceRefreshId } = await client.startInstanceRefresh(request);
      if (InstanceRefreshId) return idOf(args.autoscalingGroupName, InstanceRefreshId);
      throw incomplete("StartInstanceRefresh", "there is no id of a refresh in it");
    },
    async floatingVersionMadeAt({ desiredConfiguration = {} }) {
      const floating = [...templatesOf(desiredConfiguration)].filter(({ version }) => isFloating(version));
      const versions = await Promise.all(floating.map((template) => services.versionOf(template)));
      const times = versions.flatMap((version) => (version === "missing" ? [] : (version?.madeAt ?? [])));
      return times.length > 0 ? Math.max(...times) : undefined;
    },
    cancel: (refresh, { waitForTransitioningInstances } = {}) =>
      end("CancelInstanceRefresh", refresh, () =>
        client.cancelInstanceRefresh({
          AutoScalingGroupName: refresh.group,
          ...(waitForTransitioningInstances === undefined
            ? {}
            : { WaitForTransitioningInstances: waitForTransitioningInstances }),
        }),
      ),
    rollback: (refresh) =>
      end("RollbackInstanceRefresh", refresh, () =>
        client.rollbackInstanceRefresh({ AutoScalingGroupName: refresh.group }),
      ),
    snapshot: (args) => snapshot(client, args, credentialsEnd(settings)),
    async instances(name) {
      const group = await findGroup(name);
      return group && instancesOf(group);
    },
    activities: (refresh, since) => activities(client, refresh, since),
    diagnose: (group) => diagnose(client, settings, group),
  };
}

export function notRunning(operation: string, refresh: Refresh, now: Refresh | undefined): CloudError {
  const stands = now ? `is ${now.status}` : "is not known any more";
  return new CloudError({
    operation,
    code: now && isActive(now.stage) ? "RefreshIsEnding" : "ActiveInstanceRefreshNotFound",
    kind: "final",
    message: `not sent: ${refresh.id} ${stands}, and the call would have hit whatever runs on the group`,
    next: "see what runs on the group now.",
  });
}

export function hitAnother(operation: string, refresh: Refresh, hit: string): CloudError {
  return new CloudError({
    operation,
    code: "AnotherInstanceRefresh",
    kind: "final",
    message: `${refresh.id} ended just before the call, which hit ${idOf(refresh.group, hit)} instead`,
    next: "look at that one: another person or tool started it.",
  });
}
