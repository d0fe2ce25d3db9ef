/** Connects for one preview of one resource: its assessment and its forecast read each fact of the group once. */
import type { CloudModule } from "../core/cloud";
import { once } from "../core/once";

export function connectForPreview(cloud: CloudModule): CloudModule["connect"] {
  return once(async (settings) => {
    const api = await cloud.connect(settings);
    return api.readingOnce?.() ?? api;
  });
}
