import type { InvocationResult } from "../lambda/invocation.ts";
import { LambdaError } from "../lambda/lambda-error.ts";
import type { Exchange } from "./exchange.ts";
import { GatewayError, internalError } from "./gateway-error.ts";
import type { Integration } from "./integration.ts";
import { proxyEvent } from "./proxy-event.ts";
import { proxyReply } from "./proxy-reply.ts";

/** Whoever runs functions: the Lambda host. */
export interface Functions {
  invoke(
    functionName: string,
    qualifier: string | undefined,
    event: unknown,
    options: { traceId: string },
  ): Promise<InvocationResult>;
}

/** Longest wait for an integration. Source: API Gateway quotas for REST APIs. */
const longestTimeoutMillis = 29_000;

/** The `aws_proxy` integration: the request as an event, the function's answer as the reply. */
export function lambdaIntegration(functions: Functions): Integration {
  return async (exchange) => {
    const { integration, target } = exchange.route!;
    if (!target) throw internalError(500, "no function");
    if (!target.permitted) throw internalError(500, "Invalid permissions on Lambda function");
    const begin = performance.now();
    const record = (exchange.integration = { latencyMillis: 0, functionName: target.functionName }) as NonNullable<
      Exchange["integration"]
    >;
    const called = functions
      .invoke(target.functionName, target.qualifier, JSON.stringify(proxyEvent(exchange)), {
        traceId: exchange.traceId,
      })
      .catch((error: unknown) => Promise.reject(refusal(error)));
    try {
      const result = await within(integration.timeoutInMillis ?? longestTimeoutMillis, called);
      Object.assign(record, { status: 200, requestId: result.requestId, executedVersion: result.executedVersion });
      if (result.functionError) throw internalError(502, `Lambda function error: ${reason(result.payload)}`);
      const reply = proxyReply(result.payload, exchange);
      record.proxyStatus = reply.status;
      return reply;
    } catch (error) {
      if (error instanceof GatewayError) record.error = error.detail ?? error.message;
      throw error;
    } finally {
      record.latencyMillis = Math.round(performance.now() - begin);
    }
  };
}

/** Type and message of the error object in a failed function's answer; the rest of it is a stack. */
function reason(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
    if (errorType) return `${errorType}: ${errorMessage}`;
  } catch {
    // Not the runtime's own words: shown as they are.
  }
  return payload.slice(0, 200);
}

/** What the gateway makes of an invocation that Lambda did not run; a throttle of Lambda's is not the client's. */
function refusal(error: unknown): unknown {
  if (!(error instanceof LambdaError)) return error;
  if (error.code === "RequestTooLargeException")
    return new GatewayError("REQUEST_TOO_LARGE", "Request Too Long", { detail: error.message });
  if (error.code === "TooManyRequestsException") {
    return new GatewayError("INTEGRATION_FAILURE", "Internal server error", {
      status: 500,
      detail: `Lambda throttled: ${error.message}`,
    });
  }
  return internalError(500, error.message);
}

/** Fails when the time is up; the function runs on, as on AWS. */
async function within<T>(millis: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(
      new GatewayError("INTEGRATION_TIMEOUT", "Endpoint request timed out", {
        detail: `no answer within ${millis} ms`,
      }),
    );
  }, millis);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
