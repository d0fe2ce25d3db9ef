/** The only list of clouds. Each is loaded when it is first asked for. */
import type { CloudModule } from "../core/cloud";

/** Namespaces of the package, and modules of the resources' tokens. */
export const cloudKeys = ["ess", "autoscaling"] as const;

export type CloudKey = (typeof cloudKeys)[number];

const loaders = new Map<string, () => Promise<CloudModule>>([
  ["ess", async () => (await import("./ess/module.js")).ess],
  ["autoscaling", async () => (await import("./autoscaling/module.js")).autoscaling],
]);

/** Adds a cloud of another package. */
export function registerCloud(key: string, load: () => Promise<CloudModule>): void {
  loaders.set(key, load);
}

/** Keys of all clouds that there are. */
export function registeredClouds(): string[] {
  return [...loaders.keys()];
}

/** @throws Error when there is no such cloud */
export async function cloudModule(key: string): Promise<CloudModule> {
  const load = loaders.get(key);
  if (!load) throw new Error(`there is no cloud ${JSON.stringify(key)}; there are ${registeredClouds().join(", ")}`);
  return load();
}
