import { errorHeaders } from "./cors.ts";

/**
 * What the gateway answers when it turns a request away itself: problem details (RFC 9457) with the request's id, and the
 * CORS headers without which a browser hides the error from the page. Bodies name no validation details: the gateway puts
 * them in without escaping, which breaks the JSON around them.
 */
export function gatewayResponses(origins: readonly string[]): Record<string, unknown> {
  const responseParameters = {
    "gatewayresponse.header.Content-Type": "'application/problem+json'",
    "gatewayresponse.header.Cache-Control": "'no-store'",
    ...errorHeaders(origins),
  };
  const answer = (title: string, statusCode?: number) => ({
    ...(statusCode && { statusCode }),
    responseParameters,
    responseTemplates: {
      "application/json": `{"type":"about:blank","title":${title},"requestId":"$context.requestId"}`,
    },
  });
  return {
    DEFAULT_4XX: answer("$context.error.messageString"),
    DEFAULT_5XX: answer("$context.error.messageString"),
    // The gateway would answer 403 "Missing Authentication Token" to a path or method that does not exist.
    MISSING_AUTHENTICATION_TOKEN: answer('"Not Found"', 404),
  };
}
