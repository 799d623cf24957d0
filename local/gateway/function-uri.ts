import type { FunctionTarget } from "./permissions.ts";

/** The function in the URI of an integration. Fails on a URI that names none. */
export function functionIn(uri: string): FunctionTarget {
  const [, functionName, qualifier] =
    /\/functions\/arn:[^:]+:lambda:[^:]*:\d+:function:([^:/]+)(?::([^:/]+))?\/invocations$/.exec(uri) ?? [];
  if (!functionName) {
    throw new Error(
      `integration uri must end in /functions/<function ARN>/invocations, got "${uri}": use the invoke ARN of an alias`,
    );
  }
  return { functionName, qualifier };
}
