import { items, read, text } from "../../facts/reading.ts";
import { plainSecrets } from "../../facts/secrets.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "codebuild-project-disallow-plain-secrets",
  topic: "exposure",
  holds: "the environment of a build holds no secret in plain",
  why: "A plain variable is shown in the console, and one echo in a build script puts it into the log.",
  fix: "set the variable's type to SECRETS_MANAGER or PARAMETER_STORE and its value to the name there",
  source: "AWS Security Hub CodeBuild.2",
  severity: "critical",
  level: "mandatory",
  types: ["aws:codebuild/project:Project"],
  *check({ props }) {
    const plain = items(props, "environment.environmentVariables").filter(
      (one) => (text(one, "type") ?? "PLAINTEXT") === "PLAINTEXT",
    );
    yield* plainSecrets(
      plain.map((one) => [text(one, "name") ?? "", read(one, "value")] as const),
      "environment variable",
    );
  },
};
