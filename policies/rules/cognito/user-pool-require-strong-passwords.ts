import { amount, flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "cognito-user-pool-require-strong-passwords",
  topic: "exposure",
  holds: "a password has length and variety",
  why: "Eight lower-case letters are tried out in minutes once a list of hashes leaks, and guessed online in weeks.",
  fix: "set passwordPolicy with minimumLength and all four kinds of characters required",
  source: "AWS Security Hub Cognito.3; cdk-nag COG1",
  severity: "high",
  level: "mandatory",
  options: { minLength: { type: "integer", minimum: 8, maximum: 99, default: 12, description: "Fewest characters." } },
  types: ["aws:cognito/userPool:UserPool"],
  *check({ props }, options) {
    const [length, min] = [amount(props, "passwordPolicy.minimumLength") ?? 0, amount(options, "minLength") ?? 0];
    if (length < min)
      yield `passwordPolicy.minimumLength is ${length || "not set"}, at least ${min} characters are asked for`;
    for (const kind of ["Lowercase", "Uppercase", "Numbers", "Symbols"]) {
      if (!flag(props, `passwordPolicy.require${kind}`)) yield `passwordPolicy.require${kind} is not true`;
    }
  },
};
