import type { Sight } from "./source";
export class Pace {
  constructor(readonly random: () => number) {}
  see(_sight: Sight, _at: number): void {}
  next(): number {
    return 60_000 * (1 - 0.05 * this.random());
  }
}
