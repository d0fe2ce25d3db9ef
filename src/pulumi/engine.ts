/** The connection to Pulumi's engine: shows lines beside a resource, and notices when the engine is gone. */
import { type Client, connectivityState, credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/**
 * How long a connection to the engine may take before it counts as gone. An engine that was killed refuses it at once;
 * one that lives may take long to accept it on a machine that is busy.
 */
const GONE_AFTER_MS = 60_000;

export interface Engine {
  /** Shows a passing line on the resource's row. */
  progress(urn: string, line: string): void;
  /** Leaves a lasting line with the resource. */
  notice(urn: string, line: string): void;
  /** Leaves a lasting warning with the resource. */
  warn(urn: string, line: string): void;
  /** Leaves a lasting error with the resource. */
  error(urn: string, line: string): void;
  /** Disconnects: nothing is shown any more, and the end of the engine is not noticed. */
  close(): void;
}

/**
 * Connects to the engine.
 * @param address `host:port`, as the engine gives it to a provider's process
 * @param onGone called once when the engine is out of reach: the CLI that waits for it has been killed
 */
export function connectEngine(address: string, onGone: () => void): Engine {
  // A connection of its own: one that was refused before, at an address that is used again, says nothing about this engine.
  const client = new EngineClient(address, credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });
  let closed = false;
  watch(client, () => {
    if (!closed) onGone();
  });
  const log = (
    severity: LogRequest["getSeverity"] extends () => infer S ? S : never,
    urn: string,
    message: string,
    ephemeral: boolean,
  ) => {
    // A closed connection throws, which must not end the wait for a refresh.
    if (closed) return;
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    // A line that does not arrive is no reason to stop following a refresh. The watch notices an engine that is gone.
    client.log(request, () => {});
  };
  return {
    progress: (urn, line) => log(LogSeverity.INFO, urn, line, true),
    notice: (urn, line) => log(LogSeverity.INFO, urn, line, false),
    warn: (urn, line) => log(LogSeverity.WARNING, urn, line, false),
    error: (urn, line) => log(LogSeverity.ERROR, urn, line, false),
    close: () => {
      closed = true;
      client.close();
    },
  };
}

/** The engine is on the same machine: when it refuses once, it is gone. An idle connection is made again. */
function watch(client: Client, onGone: () => void): void {
  const channel = client.getChannel();
  const check = () => {
    const state = channel.getConnectivityState(true);
    if (state === connectivityState.TRANSIENT_FAILURE || state === connectivityState.SHUTDOWN) return onGone();
    const deadline = state === connectivityState.READY ? Number.POSITIVE_INFINITY : Date.now() + GONE_AFTER_MS;
    channel.watchConnectivityState(state, deadline, (error) => (error ? onGone() : check()));
  };
  check();
}
