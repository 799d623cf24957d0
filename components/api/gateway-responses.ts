import { errorHeaders } from "./cors.ts";

/** What the gateway answers itself, by AWS's name: the status, its phrase (RFC 9110) and the code that clients may rely on. */
const refusals = {
  ACCESS_DENIED: [403, "Forbidden", "access-denied"],
  API_CONFIGURATION_ERROR: [500, "Internal Server Error", "internal-error"],
  AUTHORIZER_CONFIGURATION_ERROR: [500, "Internal Server Error", "internal-error"],
  AUTHORIZER_FAILURE: [500, "Internal Server Error", "internal-error"],
  BAD_REQUEST_BODY: [400, "Bad Request", "invalid-request"],
  BAD_REQUEST_PARAMETERS: [400, "Bad Request", "invalid-request"],
  DEFAULT_4XX: [400, "Bad Request", "invalid-request"],
  // What no other type is about: a function that crashed, or whose answer is none.
  DEFAULT_5XX: [502, "Bad Gateway", "service-failed"],
  EXPIRED_TOKEN: [403, "Forbidden", "access-denied"],
  INTEGRATION_FAILURE: [504, "Gateway Timeout", "service-unreachable"],
  INTEGRATION_TIMEOUT: [504, "Gateway Timeout", "service-too-slow"],
  INVALID_API_KEY: [403, "Forbidden", "access-denied"],
  INVALID_SIGNATURE: [403, "Forbidden", "access-denied"],
  // To a path or a method that does not exist the gateway would answer 403 "Missing Authentication Token".
  MISSING_AUTHENTICATION_TOKEN: [404, "Not Found", "no-such-path", "there is nothing at this path for this method"],
  QUOTA_EXCEEDED: [429, "Too Many Requests", "too-many-requests"],
  REQUEST_TOO_LARGE: [413, "Content Too Large", "body-too-large"],
  RESOURCE_NOT_FOUND: [404, "Not Found", "no-such-path"],
  THROTTLED: [429, "Too Many Requests", "too-many-requests"],
  UNAUTHORIZED: [401, "Unauthorized", "unauthorized"],
  UNSUPPORTED_MEDIA_TYPE: [415, "Unsupported Media Type", "not-json"],
  WAF_FILTERED: [403, "Forbidden", "access-denied"],
} satisfies Record<string, [status: number, title: string, code: string, detail?: string]>;

/**
 * What the gateway answers when it turns a request away itself: problem details (RFC 9457) as the services write them, and the
 * CORS headers without which a browser hides the error from the page. Each has a status of its own, or its body could not name
 * it. Bodies name no validation details: the gateway puts them in without escaping, which breaks the JSON around them.
 */
export function gatewayResponses(origins: readonly string[]): Record<string, unknown> {
  const responseParameters = {
    "gatewayresponse.header.Content-Type": "'application/problem+json'",
    "gatewayresponse.header.Cache-Control": "'no-store'",
    ...errorHeaders(origins),
  };
  return Object.fromEntries(
    Object.entries(refusals).map(([type, [status, title, code, detail]]) => {
      const about = `"type":"about:blank","title":"${title}","status":${status}`;
      const said = detail === undefined ? "$context.error.messageString" : JSON.stringify(detail);
      const body = `{${about},"detail":${said},"code":"${code}","requestId":"$context.requestId"}`;
      return [
        type,
        { statusCode: String(status), responseParameters, responseTemplates: { "application/json": body } },
      ];
    }),
  );
}
