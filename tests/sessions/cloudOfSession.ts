/** What a recorded session finds in its cloud, made in the same order at each replay. */
import type { PluginProtocol, Properties } from "../provider/pluginProtocol";

const VERSIONS = ["second", "third", "unhealthy"] as const;

/** The arguments of a refresh to each version. */
export async function versionsOf({
  cloud,
  group,
}: PluginProtocol): Promise<Record<(typeof VERSIONS)[number], Properties>> {
  const found: Partial<Record<(typeof VERSIONS)[number], Properties>> = {};
  for (const version of VERSIONS) found[version] = await cloud.argumentsFor(group, version);
  return found as Record<(typeof VERSIONS)[number], Properties>;
}
