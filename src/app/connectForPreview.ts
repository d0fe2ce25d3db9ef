/** Connects for one preview of one resource: its assessment and its forecast read each fact of the group once. */
import type { CloudApi, CloudModule } from "../core/cloud";

export function connectForPreview(cloud: CloudModule): CloudModule["connect"] {
  const views = new Map<CloudApi, CloudApi>();
  return async (settings) => {
    const api = await cloud.connect(settings);
    const view = views.get(api) ?? api.readingOnce?.() ?? api;
    views.set(api, view);
    return view;
  };
}
