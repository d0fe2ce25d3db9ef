/** Upper bounds of what a machine costs: for a plan, not for a bill. */

export interface Prices {
  readonly currency: "USD";
  /** Of the machine that is taken without a setting, with its disk, for an hour that has begun. */
  readonly machineHour: number;
  /** What the bound rests on, with its date. */
  readonly basis: string;
}

/** EC2 t4g.nano on demand with 8 GB of gp3. */
export const awsPrices: Prices = {
  currency: "USD",
  machineHour: 0.012,
  basis:
    "the list price of 2025-03-02 in the dearest region, 0.0067 USD in sa-east-1, and as much again for the disk and for changes",
};

/** ECS ecs.t6-c1m1.large by usage with 20 GB of the smallest disk. */
export const essPrices: Prices = {
  currency: "USD",
  machineHour: 0.035,
  basis: "no list price could be looked up on 2026-11-28: this is twice what users estimate, 0.12 CNY with a disk",
};
