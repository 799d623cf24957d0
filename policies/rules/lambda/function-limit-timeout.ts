import { amount, read, text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

const gatewayLimit = 29;

export const rule: StackRule = {
  id: "lambda-function-limit-timeout",
  topic: "availability",
  holds: "a function behind the API answers before the gateway gives up",
  why: "After 29 seconds the caller has its 504; what the function does from then on is paid for, done twice, or both.",
  fix: "set timeout to 29 seconds or less",
  source: "API Gateway quotas, integration timeout",
  severity: "low",
  level: "advisory",
  *checkStack(resources) {
    const apis = ofType(resources, "aws:apigateway/restApi:RestApi");
    yield* about(ofType(resources, "aws:lambda/function:Function"), function* ({ props }) {
      const timeout = amount(props, "timeout") ?? 3;
      if (timeout <= gatewayLimit) return;
      const name = text(props, "name") ?? "";
      if (name && any(apis, (api) => mentions(read(api.props, "body"), name))) yield `timeout is ${timeout} seconds`;
    });
  },
};

// A function's ARN ends in its name, or goes on with a qualifier or the invocation path.
function mentions(body: unknown, name: string): boolean {
  const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
  return [":", "/"].some((end) => text.includes(`:function:${name}${end}`));
}
