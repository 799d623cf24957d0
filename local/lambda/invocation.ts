/** One event on its way to a function. */
export interface Invocation {
  requestId: string;
  /** Value of the `X-Amzn-Trace-Id` header. */
  traceId: string;
  /** ARN as the caller named it: with the alias, not the version. */
  invokedArn: string;
  /** The event as JSON text. */
  payload: string;
}

/** What came of an invocation that was run. */
export interface InvocationResult {
  requestId: string;
  /** The handler's answer, or the error object, as JSON text. */
  payload: string;
  /** Set when the function failed, as in the `X-Amz-Function-Error` header. */
  functionError?: "Unhandled";
  /** The version that ran, after the alias was resolved. */
  executedVersion: string;
}

/** What a finished invocation cost: the REPORT line of Lambda's log as data. */
export interface InvocationReport {
  functionName: string;
  version: string;
  /** Alias or version that the caller named. */
  qualifier?: string;
  requestId: string;
  traceId: string;
  durationMillis: number;
  /** Time the process took to start; only on a cold start. */
  initMillis?: number;
  memoryMiB: number;
  /** Highest resident size seen; undefined where the system does not tell. */
  maxMemoryMiB?: number;
  /** Type of the error the function failed with. */
  errorType?: string;
}

/** One line a function wrote. */
export interface LogLine {
  functionName: string;
  version: string;
  logGroup: string;
  /** The invocation under way; undefined while starting. */
  requestId?: string;
  stream: "stdout" | "stderr";
  line: string;
}
