/** Figure 4: what a program pays for importing the package, and the engine for starting the plugin, before any resource. */
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { type Depth, type Figure, median } from "./figures";
import { measure } from "./measured";
import { compared, inTurns, within } from "./paired";
import { BARE, start } from "./plugin";

const ROOT = resolve(__dirname, "..");
const ROUNDS: Record<Depth, number> = { quick: 3, usual: 7, thorough: 15 };
/** Milliseconds over what nobody can do without. */
const GOAL = 40;
const SDKS = "/node_modules/(@alicloud|@aws-sdk|@darabonba)/";

const IMPORTS = {
  pulumi: 'require("@pulumi/pulumi")',
  dynamic: 'require("pulumi-instance-refresh")',
  plugin: 'require("pulumi-instance-refresh/plugin")',
};

export async function starting(depth: Depth): Promise<Figure[]> {
  const names = Object.keys(IMPORTS) as (keyof typeof IMPORTS)[];
  const imports = await inTurns(names, ROUNDS[depth], (name) =>
    measure(process.execPath, ["-e", IMPORTS[name]], { cwd: ROOT, env: process.env }),
  );
  const over = (name: keyof typeof IMPORTS) =>
    compared(imports[name], imports.pulumi, (ours, theirs) => (ours.seconds - theirs.seconds) * 1000);
  const commands = {
    bare: [process.execPath, "-e", BARE],
    plugin: [join(ROOT, "provider/pulumi-resource-instance-refresh"), "127.0.0.1:1"],
  } as const;
  const starts = await inTurns(["bare", "plugin"], ROUNDS[depth], (name) => start(commands[name]));
  const startOver = compared(starts.plugin, starts.bare, (ours, theirs) => ours.firstAnswer - theirs.firstAnswer);
  const sdkModules = (["dynamic", "plugin"] as const).map((name) => sdkModulesOf(IMPORTS[name]));
  return [
    {
      name: "importing @pulumi/pulumi, the whole process",
      measured: median(imports.pulumi.map(({ seconds }) => seconds * 1000)),
      unit: "ms",
      holds: true,
    },
    ...(["dynamic", "plugin"] as const).map((name) =>
      under(`${IMPORTS[name]} over importing @pulumi/pulumi ${within(over(name), 0)}`, over(name).median),
    ),
    {
      name: "a bare Node gRPC server, from its start to its first answer",
      measured: median(starts.bare.map(({ firstAnswer }) => firstAnswer)),
      unit: "ms",
      holds: true,
    },
    under(`the plugin's first answer over that of a bare server ${within(startOver, 0)}`, startOver.median),
    {
      name: "modules of cloud SDKs that importing the package loads, both hosts",
      measured: Math.max(...sdkModules),
      goal: "0",
      unit: "modules",
      holds: Math.max(...sdkModules) === 0,
    },
  ];
}

function under(name: string, measured: number): Figure {
  return { name, measured, goal: `under ${GOAL}`, unit: "ms", holds: measured < GOAL };
}

function sdkModulesOf(code: string): number {
  const count = `${code}; console.log(Object.keys(require.cache).filter((file) => new RegExp(${JSON.stringify(SDKS)}).test(file)).length)`;
  return Number(execFileSync(process.execPath, ["-e", count], { cwd: ROOT, encoding: "utf8" }));
}
