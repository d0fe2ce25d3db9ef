/**
 * From now on errors do not note where they were made.
 *
 * For registering a resource: Pulumi keeps an error's stack with each of the four promises behind every output, mapped to
 * the program's source, which takes some 10 ms for the twenty outputs of a refresh. It asks with a depth of its own for the
 * place where the program declares the resource.
 * @returns what makes errors do so again
 */
export function withoutStacks(): () => void {
  const { stackTraceLimit } = Error;
  // Only whoever looks for a promise that never ends reads them.
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
  return () => {
    Error.stackTraceLimit = stackTraceLimit;
  };
}
