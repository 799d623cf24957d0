import type * as pulumi from "@pulumi/pulumi";

/** Most bytes of all variables together, names and values as one JSON object (Lambda quotas page). */
const limitBytes = 4096;

/** What Lambda sets itself and refuses to be given (developer guide, "Defined runtime environment variables"). */
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_FUNCTION_\w+|LAMBDA_LOG_\w+|LAMBDA_RUNTIME_API|LAMBDA_INITIALIZATION_TYPE|ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN)|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

/** Refuses variables that Lambda would refuse at update. Values that are not known yet do not count towards the size. */
export function checkEnvironment(environment: Readonly<Record<string, pulumi.Input<string>>>): void {
  for (const name of Object.keys(environment)) {
    if (!/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name)) {
      throw new Error(`environment has a variable "${name}": use a letter followed by letters, digits and underscores`);
    }
    if (reserved.test(name)) {
      throw new Error(`environment has a variable "${name}", which Lambda sets itself: use another name`);
    }
  }
  const known = Object.fromEntries(Object.entries(environment).filter(([, value]) => typeof value === "string"));
  const bytes = Buffer.byteLength(JSON.stringify(known));
  if (bytes > limitBytes) {
    throw new Error(`environment has ${bytes} bytes, Lambda allows ${limitBytes}: move long values to parameters`);
  }
}
