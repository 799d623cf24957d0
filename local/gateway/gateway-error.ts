/** What the gateway itself can answer, as API Gateway names it, with the status and the error type it sends. */
const kinds = {
  ACCESS_DENIED: [403, "AccessDeniedException"],
  API_CONFIGURATION_ERROR: [500, "InternalServerErrorException"],
  AUTHORIZER_CONFIGURATION_ERROR: [500, "AuthorizerConfigurationException"],
  BAD_REQUEST_BODY: [400, "BadRequestException"],
  BAD_REQUEST_PARAMETERS: [400, "BadRequestException"],
  DEFAULT_4XX: [400, "BadRequestException"],
  DEFAULT_5XX: [500, "InternalServerErrorException"],
  INTEGRATION_FAILURE: [504, "InternalServerErrorException"],
  INTEGRATION_TIMEOUT: [504, "InternalServerErrorException"],
  MISSING_AUTHENTICATION_TOKEN: [403, "MissingAuthenticationTokenException"],
  REQUEST_TOO_LARGE: [413, "RequestTooLargeException"],
  THROTTLED: [429, "TooManyRequestsException"],
  UNAUTHORIZED: [401, "UnauthorizedException"],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorKind = keyof typeof kinds;

/** The end of a request that the gateway answers itself instead of an integration. */
export class GatewayError extends Error {
  readonly kind: ErrorKind;
  readonly status: number;
  /** Value of the `x-amzn-ErrorType` header. */
  readonly errorType: string;
  /** What the access log says and the client is not told: why an integration or an authorizer failed. */
  readonly detail: string | undefined;

  constructor(kind: ErrorKind, message: string, { status, detail }: { status?: number; detail?: string } = {}) {
    super(message);
    this.name = "GatewayError";
    this.kind = kind;
    this.status = status ?? kinds[kind][0];
    this.errorType = kinds[kind][1];
    this.detail = detail;
  }
}

/** The answer to everything that is the API's own fault; `status` tells a bad set-up (500) from a bad integration (502). */
export function internalError(status: 500 | 502, detail: string): GatewayError {
  return new GatewayError(status === 500 ? "API_CONFIGURATION_ERROR" : "DEFAULT_5XX", "Internal server error", {
    status,
    detail,
  });
}
