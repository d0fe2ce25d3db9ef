/** The end of a wave: a resource that exists once all of the wave's refreshes have ended well. */
import * as pulumi from "@pulumi/pulumi";
import { secondsOf } from "../core/durations";
import type { InstanceRefresh as AutoscalingRefresh } from "../pulumi/autoscaling/resource";
import type { InstanceRefresh as EssRefresh } from "../pulumi/ess/resource";
import type { Outcome } from "../pulumi/outcome";
import { type Host, hostOf, WaitingResource } from "./waitingResource";

/** A refresh of the wave, as it was declared. */
export interface Declared {
  readonly type: string;
  readonly cloud: string;
  readonly resource: EssRefresh | AutoscalingRefresh;
  /** What the program asks of the refresh that runs, such as `Cancelled`. */
  readonly status: unknown;
  readonly rollout: object;
  readonly customTimeouts: pulumi.CustomTimeouts | undefined;
}

/** What the wait needs to know, beside the id: the group, how to reach it, and the policies that matter while it runs. */
const NEEDED = [
  "autoscalingGroupName",
  "scalingGroupId",
  "connection",
  "onTimeout",
  "waitForCompletion",
  "waitForTransitioningInstances",
  "analysis",
];

/** Waits for all refreshes of one host together, in one of the engine's slots. */
export class Completion extends WaitingResource {
  declare readonly outcomes: pulumi.Output<Outcome[]>;

  private constructor(name: string, host: Host, declared: readonly Declared[], given: pulumi.CustomResourceOptions) {
    const opts = pulumi.mergeOptions(given, { dependsOn: declared.map(({ resource }) => resource) });
    super("Completion", name, { members: declared.map(memberOf), outcomes: undefined }, host, opts);
  }

  /** The host that started a refresh waits for it: one resource for each host and each provider of the plugin. */
  static ofWave(name: string, declared: readonly Declared[], opts: pulumi.CustomResourceOptions): Completion[] {
    const hosts = new Map<Host["provider"] | boolean, Declared[]>();
    for (const each of declared) {
      const { isPlugin, provider } = hostOf(each);
      const key = provider ?? isPlugin;
      hosts.set(key, [...(hosts.get(key) ?? []), each]);
    }
    return [...hosts.values()].map((ofHost, index) => {
      const own = index === 0 ? name : `${name}-${index + 1}`;
      return new Completion(own, hostOf(ofHost[0] as Declared), ofHost, opts);
    });
  }
}

function memberOf({ cloud, resource, status, rollout, customTimeouts }: Declared) {
  const outputs = resource as unknown as Record<string, unknown>;
  const needed = Object.fromEntries(NEEDED.map((name) => [name, outputs[name]]));
  const timeout = customTimeouts?.create ?? customTimeouts?.update;
  return {
    urn: resource.urn,
    cloud,
    id: resource.id,
    ...(timeout === undefined ? {} : { timeoutSeconds: secondsOf(timeout) }),
    args: { ...needed, status, rollout },
  };
}
