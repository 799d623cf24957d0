import { tmpdir } from "node:os";
import { delimiter, dirname } from "node:path";
import type { FunctionSpec } from "./function-spec.ts";

export interface SandboxPlace {
  /** Folder the handler is resolved in: what `/var/task` is in the image. */
  appDirectory: string;
  /** Host and port of the process's own Runtime API. */
  runtimeApi: string;
  logStream: string;
  /** Variables of the lane, over those of the graph: `DATABASE_URL` for example. */
  extra: Record<string, string>;
}

/**
 * All a function's process gets to see: what the graph says, the variables Lambda reserves and the lane's own; nothing of the
 * environment `npm start` was typed in. The credentials are of the right shape and open nothing.
 */
export function sandboxEnvironment(spec: FunctionSpec, place: SandboxPlace): Record<string, string> {
  const region = spec.arn.split(":")[3] ?? "";
  return {
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: tmpdir(),
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    ...(process.platform === "win32" && { SystemRoot: process.env.SystemRoot ?? "C:\\Windows" }),
    ...spec.environment,
    ...place.extra,
    _HANDLER: spec.handler,
    LAMBDA_TASK_ROOT: place.appDirectory,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "ASIALOCALLANE0000000",
    AWS_SECRET_ACCESS_KEY: "local-lane-secret-that-opens-nothing",
    AWS_SESSION_TOKEN: "local-lane-session",
    AWS_EXECUTION_ENV: "AWS_Lambda_Image",
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: spec.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMiB),
    AWS_LAMBDA_LOG_FORMAT: spec.logFormat,
    ...(spec.logLevel && { AWS_LAMBDA_LOG_LEVEL: spec.logLevel }),
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
  };
}
