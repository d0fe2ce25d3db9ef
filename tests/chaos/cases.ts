/** The matrix: operation × moment × fault × cloud × host. Which cases there are, and in which order a seed draws them. */
import type { FaultOptions } from "../../src/emulator";
import type { CloudName } from "../provider/pluginProtocol";
import { seededRandom } from "../seededRandom";
import type { HostName } from "./host";

/** What a run of the CLI is about when the fault is injected. */
export type OperationName = keyof typeof MOMENTS;

/** The call to a cloud that the fault hits. */
interface Moment {
  operation: string;
  /** How many calls of the same name come before it. */
  skip: number;
}

export type Fault =
  /** The service, or the way to it, misbehaves: for so many calls, or for as long as the run goes on. */
  | { kind: FaultOptions["kind"]; count: number | undefined }
  /**
   * The call is acted on, and before its answer arrives: the host is killed (-9), its engine is, or the person
   * presses Ctrl-C.
   */
  | { kind: "KillHost" | "KillEngine" | "Interrupt" }
  /** The host answers, and the engine dies before it has written that down. */
  | { kind: "LostWrite" };

export interface Case {
  cloud: CloudName;
  host: HostName;
  operation: OperationName;
  moment: Moment;
  fault: Fault;
}

const DESCRIBE = "DescribeInstanceRefreshes";
const START = "StartInstanceRefresh";
const GROUP = { ess: "DescribeScalingGroups", autoscaling: "DescribeAutoScalingGroups" } as const;

const at = (operation: string, ...skips: number[]) => skips.map((skip) => ({ operation, skip }));

/** EC2 Auto Scaling is described once more, right before a Cancel or a Rollback. */
const describes = (cloud: CloudName, ess: number[], aws: number[]) => at(DESCRIBE, ...(cloud === "ess" ? ess : aws));

/** The calls that each operation makes, up to the third describe call of its wait. */
const MOMENTS = {
  create: (cloud: CloudName) => [...at(GROUP[cloud], 0), ...at(DESCRIBE, 0, 1, 2), ...at(START, 0)],
  /** A refresh that runs already, and was recorded without waiting for it. */
  attach: () => at(DESCRIBE, 0, 1),
  cancel: (cloud: CloudName) => [...at("CancelInstanceRefresh", 0), ...describes(cloud, [0, 1], [0, 1, 2])],
  rollback: (cloud: CloudName) => [...at("RollbackInstanceRefresh", 0), ...describes(cloud, [0, 1], [0, 1, 2])],
  /** `pulumi refresh`. */
  read: () => at(DESCRIBE, 0),
  delete: (cloud: CloudName) => [...at("CancelInstanceRefresh", 0), ...describes(cloud, [0, 1], [0, 1, 2])],
  /** A new image while the refresh to the former one runs: `onConflict: cancel`. */
  replace: (cloud: CloudName) => [
    ...at(GROUP[cloud], 0, 1),
    ...at("CancelInstanceRefresh", 0),
    ...at(START, 0),
    ...describes(cloud, [0, 1, 2, 3], [0, 1, 2, 3, 4]),
  ],
  /** Another's refresh runs on the group: `onConflict: rollback`. */
  conflict: (cloud: CloudName) => [
    ...at(GROUP[cloud], 0, 1),
    ...at("RollbackInstanceRefresh", 0),
    ...at(START, 0),
    ...describes(cloud, [0, 1, 2, 3], [0, 1, 2, 3, 4]),
  ],
  /** Another's refresh runs on the group: the create waits for its end, as `onConflict` does by default. */
  wait: (cloud: CloudName) => [...at(GROUP[cloud], 0), ...at(START, 0), ...describes(cloud, [0, 1, 2], [0, 1, 2])],
  /** The `import` option in the one host, `pulumi import` in the other. */
  adopt: () => at(DESCRIBE, 0, 1),
} satisfies Record<string, (cloud: CloudName) => Moment[]>;

const SERVICE_FAULTS = [
  "Throttling",
  "InternalError",
  "ServiceUnavailable",
  "ExpiredToken",
  "CutBefore",
  "CutAfter",
  "Slow",
  "Truncated",
  "NotParsable",
] as const satisfies readonly FaultOptions["kind"][];

function faultsOf(host: HostName, operation: OperationName): Fault[] {
  const service = SERVICE_FAULTS.flatMap((kind) => [1, 3, undefined].map((count) => ({ kind, count })));
  // Ctrl-C reaches the plugin only; the dynamic host's process is not told of it.
  const interrupt: Fault[] =
    host === "plugin" && !["read", "delete"].includes(operation) ? [{ kind: "Interrupt" }] : [];
  return [...service, { kind: "KillHost" }, { kind: "KillEngine" }, ...interrupt];
}

/** Every case there is. */
export function allCases(): Case[] {
  const cases: Case[] = [];
  for (const cloud of ["ess", "autoscaling"] as const) {
    for (const host of ["dynamic", "plugin"] as const) {
      for (const operation of Object.keys(MOMENTS) as OperationName[]) {
        const moments = MOMENTS[operation](cloud);
        for (const moment of moments)
          for (const fault of faultsOf(host, operation)) cases.push({ cloud, host, operation, moment, fault });
        const moment = moments[0] as Moment;
        if (operation !== "read") cases.push({ cloud, host, operation, moment, fault: { kind: "LostWrite" } });
      }
    }
  }
  return cases;
}

/** So many cases in the order of the seed; a few stand for all, as every part has an equal chance to come early. */
export function casesOf(seed: number, count: number): Case[] {
  return inOrderOf(seed, allCases()).slice(0, count);
}

/** In the order of the seed. */
export function inOrderOf<T>(seed: number, cases: readonly T[]): T[] {
  const random = seededRandom(seed);
  return cases
    .map((each) => ({ each, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ each }) => each);
}

/** `ess plugin create StartInstanceRefresh#1 CutAfter x1`. */
export function titleOf({ cloud, host, operation, moment, fault }: Case): string {
  const often = "count" in fault ? ` ${fault.count === undefined ? "to the end" : `x${fault.count}`}` : "";
  return `${cloud} ${host} ${operation} ${moment.operation}#${moment.skip + 1} ${fault.kind}${often}`;
}
