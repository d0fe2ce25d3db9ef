import { Host, type HostName, type HostOptions } from "./host";

/** Processes of hosts that no case has unusable: starting one costs more than most cases. */
export class HostPool {
  readonly #idle: Host[] = [];
  readonly #opened: Host[] = [];

  constructor(readonly options: HostOptions) {}

  /** A process that is not among `known`: the next run of the CLI never has the former one's. */
  async take(name: HostName, known: ReadonlySet<Host>): Promise<Host> {
    const index = this.#idle.findIndex((host) => host.name === name && !known.has(host) && host.alive);
    if (index >= 0) return this.#idle.splice(index, 1)[0] as Host;
    const host = await Host.open(name, this.options);
    this.#opened.push(host);
    return host;
  }

  giveBack(host: Host): void {
    this.#idle.push(host);
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((host) => host.kill()));
  }
}
