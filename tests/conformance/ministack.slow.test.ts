/** The kit against a server that nobody of this project has written: ministack, of PyPI. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { benches } from "../../src/conformance";
import { leftoversOf, removeAll } from "../../src/conformance/cleanUp";
import { record } from "../../src/conformance/record";
import { replay, vendorApiOf } from "../../src/conformance/replay";
import { pythonWith } from "../emulator/python/packages";

const python = pythonWith("ministack");
const isThere = typeof python !== "string";
const bench = benches.aws;

/** Those whose operations it has. */
const scenarios = ["plain", "every-machine", "bake", "latest", "refused-starts"];

(isThere ? test : test.skip)(
  `scenarios are played on ministack, judged, and removed again${isThere ? "" : ` (${python})`}`,
  async () => {
    if (!isThere) return;
    const port = await freePort();
    const server = spawn("python3", ["-c", "from ministack.app import main; main()"], {
      env: { PATH: process.env.PATH, PYTHONPATH: python.folder, GATEWAY_PORT: `${port}`, BIND_HOST: "127.0.0.1" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    try {
      await new Promise<void>((resolve, reject) => {
        let said = "";
        server.stderr.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes("Running on")) resolve();
        });
        server.once("exit", () => reject(new Error(said)));
      });
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      const api = await vendorApiOf(bench, { endpoint: `http://127.0.0.1:${port}`, region: "eu-west-1", credentials });
      let now = Date.UTC(2026, 0, 1);
      const clock = {
        now: () => now,
        sleep: async (milliseconds: number) => {
          now += milliseconds;
        },
      };
      const site = { image: "ami-0123456789abcdef0", subnet: "subnet-0123456789abcdef0", machine: bench.machine };
      const player = { bench, api, clock, site, run: "ministack" };
      const chosen = bench.scenarios.filter(({ name }) => scenarios.includes(name));
      const cassette = await record(player, chosen, { source: "emulator", origin: "ministack", known: [] });
      const { verdicts } = await replay(bench, cassette);
      const of = (verdict: string) => verdicts.filter((each) => each.verdict === verdict).map(({ fact }) => fact);
      // It replaces nothing and refuses little: the kit says so, and it lists what is the same too.
      expect(of("deviates")).toEqual(
        expect.arrayContaining(["aws-default-skip-matching", "aws-max-needs-min", "aws-status-baking"]),
      );
      expect(of("agrees")).toEqual(expect.arrayContaining(["aws-status-successful", "aws-percentage-complete"]));
      await removeAll(player);
      expect(await leftoversOf(player)).toEqual([]);
    } finally {
      server.kill();
    }
  },
);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
