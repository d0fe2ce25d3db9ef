/** The real engine over `benchmarks/program`: a copy of the project, a state of its own, and the emulator. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createEmulator, type Emulator } from "../src/emulator";
import { pulumiEnvironment } from "../tools/pulumiEnvironment";
import { type Cost, measure } from "./measured";

const ROOT = resolve(__dirname, "..");
const STATE = ".pulumi/stacks/hosts/bench.json";

/**
 * Whose resources: `nothing` is a dynamic resource that does nothing, `bare` one of a plugin that does nothing, `calls` one of
 * a plugin that makes as many calls as nobody can do without, and nothing else.
 */
export type Host = "nothing" | "bare" | "calls" | "dynamic" | "plugin";

export interface ProjectOptions {
  /** How many ESS groups there are, `asg-0` and on. */
  groups: number;
  /** Instances of each. */
  size: number;
  /** Simulated seconds in a real one, for the cloud and for who waits for it. */
  speed: number;
}

type Environment = Record<string, string>;

export interface CostOfRun extends Cost {
  /** Calls to the cloud. */
  calls: number;
}

export class Project {
  readonly #folder: string;
  readonly #emulator: Emulator;
  readonly #env: NodeJS.ProcessEnv;
  #empty = "";
  #runs = 0;

  private constructor(folder: string, emulator: Emulator) {
    this.#folder = folder;
    this.#emulator = emulator;
    this.#env = {
      ...process.env,
      ...pulumiEnvironment(folder),
      ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.secretAccessKey,
      ALIBABA_CLOUD_ENDPOINT_ESS: emulator.url,
      ALIBABA_CLOUD_REGION_ID: emulator.region,
      // Until the emulator's first answer says so.
      INSTANCE_REFRESH_CLOCK_SPEED: String(emulator.clock.speed),
    };
  }

  static async create({ groups, size, speed }: ProjectOptions): Promise<Project> {
    const folder = mkdtempSync(join(tmpdir(), "instance-refresh-bench-"));
    const emulator = await createEmulator({
      speed,
      seed: "hosts",
      groups: Array.from({ length: groups }, (_, index) => ({
        service: "ess",
        ScalingGroupId: `asg-${index}`,
        DesiredCapacity: size,
        ScalingConfiguration: { ImageId: "m-0", InstanceType: "ecs.g7.large" },
      })),
    });
    const project = new Project(folder, emulator);
    mkdirSync(project.#cwd);
    cpSync(join(__dirname, "program"), project.#cwd, { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(project.#cwd, "node_modules"), "dir");
    await project.#pulumi("nothing", 0, ["stack", "init", "bench"], {});
    project.#empty = readFileSync(join(folder, STATE), "utf8");
    return project;
  }

  get #cwd(): string {
    return join(this.#folder, "project");
  }

  /** Before anything exists, so that all resources are to be created. */
  preview(host: Host, count: number, environment: Environment = {}): Promise<CostOfRun> {
    return this.#fresh(host, count, ["preview"], environment);
  }

  /** After `up` of as many through the same host: nothing has changed. */
  previewAgain(host: Host, count: number): Promise<CostOfRun> {
    return this.#pulumi(host, count, ["preview", "--expect-no-changes"], {});
  }

  /**
   * Creates all resources, without a preview of its own.
   * @param environment laid over that of the engine
   */
  up(host: Host, count: number, options: readonly string[] = [], environment: Environment = {}): Promise<CostOfRun> {
    return this.#fresh(host, count, ["up", "--yes", "--skip-preview", ...options], environment);
  }

  /** What the state has of each resource, the stack's own and those of providers left out. */
  async resources(): Promise<{ type: string }[]> {
    const { output } = await this.#pulumi("nothing", 0, ["stack", "export"], {});
    const { deployment } = JSON.parse(output) as { deployment: { resources?: { type: string }[] } };
    return (deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
  }

  async close(): Promise<void> {
    await this.#emulator.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Nothing is recorded yet, and nothing that a group runs is what is asked for. */
  #fresh(host: Host, count: number, args: string[], environment: Environment): Promise<CostOfRun> {
    writeFileSync(join(this.#folder, STATE), this.#empty);
    this.#runs++;
    return this.#pulumi(host, count, args, environment);
  }

  async #pulumi(host: Host, count: number, args: string[], environment: Environment): Promise<CostOfRun> {
    const env = { ...this.#env, RESOURCE_HOST: host, COUNT: String(count), IMAGE: `m-${this.#runs}`, ...environment };
    const before = this.#emulator.requests.length;
    const cost = await measure("pulumi", [...args, "--non-interactive"], { cwd: this.#cwd, env });
    return { ...cost, calls: this.#emulator.requests.length - before };
  }
}
