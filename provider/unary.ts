/** Handlers of gRPC as plain functions: an answer, or an error that says in one line what is wrong. */
import { type ServerErrorResponse, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";

export function unary<Request, Answer>(handle: (request: Request) => Answer | Promise<Answer>) {
  return async (call: ServerUnaryCall<Request, Answer>, answer: sendUnaryData<Answer>) => {
    try {
      answer(null, await handle(call.request));
    } catch (error) {
      if ((error as Partial<ServerErrorResponse>).metadata) return answer(error as ServerErrorResponse);
      answer({ code: status.UNKNOWN, details: (error as Error).message });
    }
  };
}
