import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

interface Line {
  urn: string;
  message: string;
  isWarning: boolean;
  ephemeral: boolean;
}

/** As much of Pulumi's engine as the plugin talks to: what it is told. */
export interface FakeEngine {
  readonly address: string;
  readonly lines: Line[];
  /** Ends at once, as a killed CLI does. */
  kill(): void;
}

export async function startFakeEngine(): Promise<FakeEngine> {
  const lines: Line[] = [];
  const server = new Server();
  server.addService(EngineService, {
    log({ request }: ServerUnaryCall<LogRequest, Empty>, answer: sendUnaryData<Empty>) {
      lines.push({
        urn: request.getUrn(),
        message: request.getMessage(),
        isWarning: request.getSeverity() === LogSeverity.WARNING,
        ephemeral: request.getEphemeral(),
      });
      answer(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, lines, kill: () => server.forceShutdown() };
}
