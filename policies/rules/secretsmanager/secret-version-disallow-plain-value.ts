import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "secretsmanager-secret-version-disallow-plain-value",
  topic: "exposure",
  holds: "no program knows the value of a secret",
  why: "A value that passes through the program is in its state, and in every copy and backup of that.",
  fix: "let the service that makes the secret write it, or set secretStringWo, which is kept out of the state",
  source: "Pulumi documentation, write-only fields; AWS Secrets Manager best practices",
  severity: "high",
  level: "mandatory",
  types: ["aws:secretsmanager/secretVersion:SecretVersion"],
  *check({ props }) {
    // Whether there is a value is known even when the value is not.
    for (const name of ["secretString", "secretBinary"]) if (props[name] !== undefined) yield `${name} is set`;
  },
};
