import { Logger } from "@aws-lambda-powertools/logger";

export type LogFields = Record<string, unknown>;

/** Writes one structured line. Fields must hold neither tokens nor bodies nor what a person typed. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The process's log: JSON lines by Powertools, level and service by its own environment variables. */
export function createLog(serviceName: string): Log {
  const logger = new Logger({ serviceName: process.env.POWERTOOLS_SERVICE_NAME ?? serviceName });
  // By its version a rollout knows whose failures it reads.
  const version = process.env.AWS_LAMBDA_FUNCTION_VERSION;
  return boundLog(logger, version === undefined ? {} : { function_version: version });
}

/** `log` with `bound` in every line. Per request, so that requests that run at the same time never mix. */
export function boundLog(log: Pick<Logger, keyof Log> | Log, bound: LogFields): Log {
  const write =
    (level: keyof Log) =>
    (message: string, fields: LogFields = {}) =>
      log[level](message, { ...bound, ...fields });
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
