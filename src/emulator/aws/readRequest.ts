import type { z } from "zod";
import { malformedInput, validationError } from "./errors";
import { type Parameters, shown } from "./query";

type Issue = z.core.$ZodIssue;

/**
 * The parameters of a request, typed, or the service's error with every broken constraint in it.
 *
 * @throws AwsError `MalformedInput` when a value is not of its type, `ValidationError` when it breaks a constraint
 */
export function readRequest<Shape extends z.ZodType>(shape: Shape, parameters: Parameters): z.output<Shape> {
  const read = shape.safeParse(parameters, { reportInput: true });
  if (read.success) return read.data;

  const issues = read.error.issues;
  const malformed = issues.find((issue) => issue.code === "invalid_type" && !isMissing(issue));
  // fact: aws-error-malformed
  if (malformed)
    throw malformedInput(`Value of ${place(malformed)} can not be converted to ${expectedType(malformed)}`);

  // fact: aws-error-constraints
  const count = issues.length === 1 ? "1 validation error" : `${issues.length} validation errors`;
  throw validationError(`${count} detected: ${issues.map(brokenConstraint).join("; ")}`);
}

function brokenConstraint(issue: Issue): string {
  const value = isMissing(issue) ? "null" : `'${shown(issue.input)}'`;
  // fact: aws-error-constraints
  return `Value ${value} at '${place(issue)}' failed to satisfy constraint: ${constraint(issue)}`;
}

function constraint(issue: Issue): string {
  const what =
    issue.code === "too_big" || issue.code === "too_small"
      ? issue.origin === "number" || issue.origin === "int"
        ? "value"
        : "length"
      : "";
  // fact: aws-error-constraints
  if (issue.code === "too_big") return `Member must have ${what} less than or equal to ${issue.maximum}`;
  // fact: aws-error-constraints
  if (issue.code === "too_small") return `Member must have ${what} greater than or equal to ${issue.minimum}`;
  // fact: aws-error-constraints
  if (issue.code === "invalid_value") return `Member must satisfy enum value set: [${issue.values.join(", ")}]`;
  // fact: aws-error-constraints
  if (issue.code === "invalid_format" && issue.format === "regex")
    return `Member must satisfy regular expression pattern: ${(issue.pattern ?? "").replace(/^\/\^|\$\/u?$/g, "")}`;
  // fact: aws-error-constraints
  return "Member must not be null";
}

// The service writes members with a small first letter, and elements of a list as `.1.member`.
function place(issue: Issue): string {
  return issue.path
    .map((step) =>
      typeof step === "number"
        ? `${step + 1}.member`
        : `${String(step).charAt(0).toLowerCase()}${String(step).slice(1)}`,
    )
    .join(".");
}

function isMissing(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.input === undefined;
}

function expectedType(issue: Issue): string {
  return issue.code === "invalid_type" ? issue.expected : issue.code;
}
