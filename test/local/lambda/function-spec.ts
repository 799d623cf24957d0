import { fileURLToPath } from "node:url";
import type { FunctionSpec } from "../../../local/lambda/function-spec.ts";

/** Folder of the handlers that tests run. */
export const appDirectory = fileURLToPath(new URL("./fixtures", import.meta.url));

/** A function that runs `handlers.<name>`, with time enough on a busy machine. */
export function functionSpec(name: string, overrides: Partial<FunctionSpec> = {}): FunctionSpec {
  const functionName = overrides.functionName ?? name;
  return {
    functionName,
    version: "1",
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    handler: `handlers.${name}`,
    memoryMiB: 256,
    timeoutSeconds: 30,
    environment: {},
    logGroup: `/aws/lambda/${functionName}`,
    logFormat: "JSON",
    logLevel: "WARN",
    ...overrides,
  };
}
