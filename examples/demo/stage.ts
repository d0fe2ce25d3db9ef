/** Where an act of the demo plays: a copy of a project, a state of its own, the real engine, and the emulator's clock. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "pulumi-instance-refresh/emulator";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { type Ran, run } from "./story";

const ROOT = join(__dirname, "../..");

export class Stage {
  readonly #home = mkdtempSync(join(tmpdir(), "instance-refresh-demo-"));
  readonly #project = join(this.#home, "project");
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param program folder of the program in `examples/demo`
   * @param projectFile its Pulumi.yaml, from the root of the repository
   */
  constructor(
    readonly emulator: Emulator,
    program: string,
    projectFile: string,
  ) {
    const folder = join("examples/demo", program);
    mkdirSync(join(this.#project, folder), { recursive: true });
    cpSync(join(ROOT, folder), join(this.#project, folder), { recursive: true });
    cpSync(join(ROOT, projectFile), join(this.#project, "Pulumi.yaml"));
    cpSync(join(ROOT, "tsconfig.json"), join(this.#project, "tsconfig.json"));
    symlinkSync(join(ROOT, "node_modules"), join(this.#project, "node_modules"), "dir");
    const { url, accessKeyId, secretAccessKey } = emulator;
    this.#env = {
      ...process.env,
      ...pulumiEnvironment(this.#home),
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: secretAccessKey,
      ALIBABA_CLOUD_ENDPOINT_ESS: url,
      ALIBABA_CLOUD_REGION_ID: "cn-hangzhou",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL: url,
      AWS_REGION: "eu-west-1",
    };
    this.runAt(emulator.clock.speed);
  }

  /** Simulated seconds in a real one, for the cloud and for who waits for it. */
  runAt(speed: number): void {
    this.emulator.clock.speed = speed;
    this.#env.INSTANCE_REFRESH_CLOCK_SPEED = String(speed);
  }

  pulumi(...args: string[]): Promise<Ran> {
    return run("pulumi", [...args, "--non-interactive"], { cwd: this.#project, env: this.#env });
  }

  /** `pulumi up`, its preview left out: the acts that need one show it by itself. */
  up(): Promise<Ran> {
    return this.pulumi("up", "--yes", "--skip-preview");
  }

  async configure(settings: Record<string, string | undefined>): Promise<void> {
    const given = Object.entries(settings).flatMap(([key, value]) =>
      value === undefined ? [] : ["--plaintext", `${key}=${value}`],
    );
    if (given.length > 0) await this.pulumi("config", "set-all", ...given);
    for (const [key, value] of Object.entries(settings))
      if (value === undefined) await this.pulumi("config", "rm", key);
  }

  /** Id of the refresh as the stack's state has it. */
  async recordedId(): Promise<string | undefined> {
    const { stdout } = await run("pulumi", ["stack", "export"], { cwd: this.#project, env: this.#env, quiet: true });
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: { type: string; id?: string }[] } };
    return deployment.resources?.find(({ type }) => type.endsWith(":InstanceRefresh"))?.id;
  }

  close(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}
