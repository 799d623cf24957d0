import { amount, text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "apigateway-stage-require-throttling",
  topic: "exposure",
  holds: "a stage of a REST API limits how fast it may be called",
  why: "Without a limit of its own, one API in a loop uses up the account's limit for all others, and the database behind it.",
  fix: "give the stage method settings for */* with throttlingRateLimit and throttlingBurstLimit",
  source: "OWASP API Security 2023 API4",
  severity: "medium",
  level: "mandatory",
  *checkStack(resources) {
    const settings = ofType(resources, "aws:apigateway/methodSettings:MethodSettings");
    yield* about(ofType(resources, "aws:apigateway/stage:Stage"), function* (stage) {
      if (!any(settings, (one) => text(one.props, "stageName") === text(stage.props, "stageName") && limits(one))) {
        yield "no method settings for */* limit its rate and burst";
      }
    });
  },
};

function limits({ props }: Resource): boolean {
  const limited = (key: string) => (amount(props, `settings.${key}`) ?? -1) >= 0;
  return text(props, "methodPath") === "*/*" && limited("throttlingRateLimit") && limited("throttlingBurstLimit");
}
