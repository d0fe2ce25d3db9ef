/** The plugin's process: the port goes to standard output, for the engine; everything else to standard error. */
import { Plugin } from "./server";

async function main(): Promise<void> {
  const plugin = new Plugin({ onEngineGone: () => process.exit(1) });
  const { port, close } = await plugin.listen();
  // The engine also sends a signal when it is done.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => void close().then(() => process.exit(0)));
  process.stdout.write(`${port}\n`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
