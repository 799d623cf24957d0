export type LambdaErrorCode = "ResourceNotFoundException" | "TooManyRequestsException" | "RequestTooLargeException";

const statusCodes: Record<LambdaErrorCode, number> = {
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
  RequestTooLargeException: 413,
};

/** What the Lambda service itself answers to an invocation it does not run. */
export class LambdaError extends Error {
  readonly code: LambdaErrorCode;
  readonly statusCode: number;

  constructor(code: LambdaErrorCode, message: string) {
    super(message);
    this.name = code;
    this.code = code;
    this.statusCode = statusCodes[code];
  }
}

/** The payload of a failed invocation, as Lambda words it. */
export function failure(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}
