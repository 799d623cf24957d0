import { text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "lambda-function-require-log-group",
  topic: "logging",
  holds: "a function writes to a log group of its own stack",
  why: "A log group that Lambda makes by itself has no retention, no owner, and stays when the stack is gone.",
  fix: "make a log group and name it in loggingConfig.logGroup",
  source: "AWS Lambda developer guide, advanced logging controls; AWS Security Hub CloudWatch.16",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const groups = ofType(resources, "aws:cloudwatch/logGroup:LogGroup");
    yield* about(ofType(resources, "aws:lambda/function:Function"), function* ({ props }) {
      const group = text(props, "loggingConfig.logGroup") ?? `/aws/lambda/${text(props, "name") ?? ""}`;
      if (!any(groups, (one) => text(one.props, "name") === group)) yield "its log group is not in the stack";
    });
  },
};
