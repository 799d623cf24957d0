import { entries } from "../../facts/reading.ts";
import { plainSecrets } from "../../facts/secrets.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "lambda-function-disallow-plain-secrets",
  topic: "exposure",
  holds: "the environment of a function holds no secret",
  why: "Everybody who may read the function's configuration, the state or a crash report reads its environment too.",
  fix: "pass the ARN of a secret and read it at start, or log in by IAM",
  source: "checkov CKV_AWS_45",
  severity: "critical",
  level: "mandatory",
  types: ["aws:lambda/function:Function"],
  *check({ props }) {
    yield* plainSecrets(entries(props, "environment.variables"), "environment variable");
  },
};
