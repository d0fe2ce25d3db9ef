/** An error as the service answers it: its code, its HTTP status and its message. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "AwsError";
  }
}

export const validationError = (message: string) => new AwsError("ValidationError", 400, message);

export const malformedInput = (message: string) => new AwsError("MalformedInput", 400, message);

export const invalidNextToken = () =>
  new AwsError("InvalidNextToken", 400, "The NextToken value is not valid for this request.");

export const invalidAction = (action: string, version: string) =>
  new AwsError("InvalidAction", 400, `Could not find operation ${action} for version ${version}`);
