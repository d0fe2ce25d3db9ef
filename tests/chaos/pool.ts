import { Door, type DoorName, type DoorOptions } from "./host";

/** Processes of doors that no case has hurt: starting one costs more than most cases. */
export class DoorPool {
  readonly #idle: Door[] = [];
  readonly #opened: Door[] = [];

  constructor(readonly options: DoorOptions) {}

  /** A process that is not among `known`: the next run of the CLI never has the former one's. */
  async take(name: DoorName, known: ReadonlySet<Door>): Promise<Door> {
    const index = this.#idle.findIndex((door) => door.name === name && !known.has(door) && door.alive);
    if (index >= 0) return this.#idle.splice(index, 1)[0] as Door;
    const door = await Door.open(name, this.options);
    this.#opened.push(door);
    return door;
  }

  giveBack(door: Door): void {
    this.#idle.push(door);
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((door) => door.kill()));
  }
}
