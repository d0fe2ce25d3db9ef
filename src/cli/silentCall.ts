/** How a command calls the lifecycle: it shows what comes of it, and nothing on the way. */
import type { ConnectionSettings } from "../core/cloud";
import { DEFAULT_TIMEOUT_S } from "../core/durations";
import type { Call } from "../core/lifecycle/run";

export function silentCall(settings: ConnectionSettings, timeoutSeconds = DEFAULT_TIMEOUT_S): Call {
  return {
    urn: "",
    settings,
    timeoutSeconds,
    signal: new AbortController().signal,
    progress: () => {},
    notice: () => {},
  };
}
