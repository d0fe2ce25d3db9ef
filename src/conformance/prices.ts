/** List prices, as upper bounds: of the dearest region, with the disk, rounded up. They are for a plan, not for a bill. */

export interface Prices {
  /** When they were looked up. */
  readonly date: string;
  readonly currency: "USD";
  /** Of the machine that is taken without a setting, with its disk, for an hour that has begun. */
  readonly machineHour: number;
}

/** EC2 t4g.nano on demand with 8 GB of gp3. */
export const awsPrices: Prices = { date: "2026-11-27", currency: "USD", machineHour: 0.012 };

/** ECS ecs.t6-c1m1.large by usage with 20 GB of the smallest disk. */
export const essPrices: Prices = { date: "2026-11-27", currency: "USD", machineHour: 0.035 };
