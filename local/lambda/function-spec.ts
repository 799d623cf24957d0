import type { Node } from "../graph.ts";

/** One published version of a function, as the graph describes it. */
export interface FunctionSpec {
  /** Physical name. */
  functionName: string;
  /** Published version, `$LATEST` when the function publishes none. */
  version: string;
  /** ARN without a version. */
  arn: string;
  /** Module and export, for example `hosts/lambda.handler`. */
  handler: string;
  /** Memory, which is also what the process may occupy. Defaults to 128, as on AWS. */
  memoryMiB: number;
  /** Longest run of one invocation. Defaults to 3, as on AWS. */
  timeoutSeconds: number;
  /** Variables of the function itself, without the reserved ones. */
  environment: Record<string, string>;
  /** Most invocations at a time over all versions; undefined shares the account's. */
  reservedConcurrency?: number;
  logGroup: string;
  logFormat: "JSON" | "Text";
  /** Least level of the lines that the code may log, where Lambda filters them: JSON only. */
  logLevel?: string;
}

/** Every function of the graph. Fails on one whose handler the graph does not name. */
export function readFunctions(nodes: Node[]): FunctionSpec[] {
  return nodes.filter(({ type }) => type === "aws:lambda/function:Function").map(readFunction);
}

function readFunction({ name, inputs, outputs }: Node): FunctionSpec {
  const handler: unknown = inputs.imageConfig?.commands?.[0] ?? inputs.handler;
  if (typeof handler !== "string" || !/^[^.]+(\.[^.]+)*\.[^./]+$/.test(handler)) {
    throw new Error(
      `function "${name}" needs imageConfig.commands to name its handler as "folder/module.export", got ${JSON.stringify(handler)}`,
    );
  }
  const functionName: string = outputs.name ?? inputs.name ?? name;
  return {
    functionName,
    version: outputs.version ?? "$LATEST",
    arn: outputs.arn,
    handler,
    memoryMiB: inputs.memorySize ?? 128,
    timeoutSeconds: inputs.timeout ?? 3,
    environment: { ...inputs.environment?.variables },
    ...(inputs.reservedConcurrentExecutions >= 0 && { reservedConcurrency: inputs.reservedConcurrentExecutions }),
    logGroup: inputs.loggingConfig?.logGroup ?? `/aws/lambda/${functionName}`,
    ...(inputs.loggingConfig?.logFormat === "JSON"
      ? { logFormat: "JSON", logLevel: inputs.loggingConfig.applicationLogLevel ?? "INFO" }
      : { logFormat: "Text" }),
  };
}
