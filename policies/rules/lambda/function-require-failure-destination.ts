import { text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

const asynchronous = ["events", "scheduler", "sns", "s3", "ses", "iot", "codecommit", "config"].map(
  (name) => `${name}.amazonaws.com`,
);

export const rule: StackRule = {
  id: "lambda-function-require-failure-destination",
  topic: "availability",
  holds: "a function that is called without waiting keeps the events it failed on",
  why: "After two retries Lambda throws the event away: nobody waits for an answer, so nobody notices.",
  fix: "set deadLetterConfig.targetArn, or an onFailure destination in its event invoke configuration",
  source: "AWS Lambda developer guide, asynchronous invocation; checkov CKV_AWS_116",
  severity: "medium",
  level: "advisory",
  *checkStack(resources) {
    const permissions = ofType(resources, "aws:lambda/permission:Permission");
    const destinations = ofType(resources, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig");
    yield* about(ofType(resources, "aws:lambda/function:Function"), function* (fn) {
      const calls = (one: Resource) =>
        asynchronous.includes(text(one.props, "principal") ?? "") && isAbout(one, "function", fn);
      const keeps = (one: Resource) =>
        !!text(one.props, "destinationConfig.onFailure.destination") && isAbout(one, "functionName", fn);
      if (text(fn.props, "deadLetterConfig.targetArn") || !any(permissions, calls)) return;
      if (!any(destinations, keeps)) yield "it is called without waiting and keeps no failed events";
    });
  },
};

// A function is named by its name or by an ARN with or without a qualifier.
const isAbout = (one: Resource, path: string, fn: Resource) =>
  (text(one.props, path) ?? "").split(":").includes(text(fn.props, "name") ?? "without name");
