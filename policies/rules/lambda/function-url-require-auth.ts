import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lambda-function-url-require-auth",
  topic: "exposure",
  holds: "the URL of a function takes signed requests only",
  why: "A function URL goes round the gateway: no authorizer, no throttle, no firewall.",
  fix: "set authorizationType to AWS_IAM, or put the function behind the API",
  source: "checkov CKV_AWS_258",
  severity: "critical",
  level: "mandatory",
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  *check({ props }) {
    const kind = text(props, "authorizationType");
    if (kind !== "AWS_IAM") yield `authorizationType is ${shown(kind)}`;
  },
};
