import { pointsTo } from "../../facts/links.ts";
import { isInside, listenerRuleTypes, listenerTypes } from "../../facts/load-balancers.ts";
import { items, text, texts } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "lb-listener-rule-require-token",
  topic: "exposure",
  holds:
    "what a load balancer of the internet forwards carried a token with the claims it asks for, or a tag says why anybody may",
  why: "A forward that asks for nothing answers everybody, and stands among twenty rules that do ask; any token of a user pool includes ID tokens.",
  fix: "put a jwt-validation action with additionalClaims first, or write the reason into the tag public-reason",
  source: "OWASP API Security 2023 API2, API5; Elastic Load Balancing user guide, verify JWTs using an ALB",
  severity: "critical",
  level: "mandatory",
  *checkStack(resources) {
    const listeners = ofType(resources, ...listenerTypes);
    yield* about(listeners, function* (listener) {
      const found = [...gaps(listener, "defaultActions")];
      if (found.length > 0 && !isInside(listener, resources)) yield* found;
    });
    yield* about(ofType(resources, ...listenerRuleTypes), function* (one) {
      if (isPreflight(one)) return;
      const found = [...gaps(one, "actions")];
      if (found.length === 0) return;
      if (!any(listeners, (listener) => pointsTo(one, "listenerArn", listener) && isInside(listener, resources)))
        yield* found;
    });
  },
};

function* gaps({ props }: Resource, path: string): Generator<string> {
  const actions = items(props, path);
  if (!actions.some((action) => text(action, "type") === "forward")) return;
  if (actions.some((action) => ["authenticate-cognito", "authenticate-oidc"].includes(text(action, "type") ?? "")))
    return;
  const validation = actions.find((action) => text(action, "type") === "jwt-validation");
  if (!validation) {
    if (!text(props, "tags.public-reason")?.trim()) yield "it forwards without a token";
  } else if (items(validation, "jwtValidation.additionalClaims").length === 0) {
    yield "its jwt-validation asks for no claim";
  }
}

/** A browser sends preflight requests without credentials. */
function isPreflight({ props }: Resource): boolean {
  const methods = items(props, "conditions").flatMap((condition) => texts(condition, "httpRequestMethod.values"));
  return methods.length > 0 && methods.every((method) => method === "OPTIONS");
}
