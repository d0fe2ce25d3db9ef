import type { z } from "zod";
import { AwsError } from "./errors";
import { type Parameters, shown } from "./query";

// fact: aws-error-parameters-of-ec2
export const missingParameter = (name: string) =>
  new AwsError("MissingParameter", 400, `The request must contain the parameter ${name}`);

/**
 * The parameters of a request to EC2, typed. EC2 names the first parameter that is wrong, under codes of its own.
 *
 * @throws AwsError `MissingParameter` or `InvalidParameterValue`
 */
export function readEc2Request<Shape extends z.ZodType>(shape: Shape, parameters: Parameters): z.output<Shape> {
  const read = shape.safeParse(parameters, { reportInput: true });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = issue?.path.map((step) => (typeof step === "number" ? step + 1 : String(step))).join(".") ?? "";
  if (issue?.input === undefined) throw missingParameter(name);
  // fact: aws-error-parameters-of-ec2
  throw new AwsError("InvalidParameterValue", 400, `Value (${shown(issue.input)}) for parameter ${name} is invalid.`);
}
