import { read, text } from "../../facts/reading.ts";
import { plainSecrets } from "../../facts/secrets.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "ssm-parameter-disallow-plain-secrets",
  topic: "exposure",
  holds: "a secret parameter is a SecureString",
  why: "A parameter of type String is stored and shown in plain to everybody who may read parameters.",
  fix: "set type to SecureString with valueWo, or keep the value in Secrets Manager",
  source: "AWS Systems Manager user guide, SecureString parameters",
  severity: "high",
  level: "mandatory",
  types: ["aws:ssm/parameter:Parameter"],
  *check({ props }) {
    if (text(props, "type") === "SecureString") return;
    const name = text(props, "name") ?? "";
    for (const key of ["value", "insecureValue"]) yield* plainSecrets([[name, read(props, key)]], "parameter");
  },
};
