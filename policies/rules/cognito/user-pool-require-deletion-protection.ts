import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "cognito-user-pool-require-deletion-protection",
  topic: "availability",
  holds: "a user pool cannot be deleted by mistake",
  why: "With the pool every account in it is gone, and no backup brings a Cognito password back.",
  fix: "set deletionProtection to ACTIVE",
  source: "AWS Security Hub Cognito.6",
  severity: "high",
  level: { dev: "disabled", prod: "mandatory" },
  types: ["aws:cognito/userPool:UserPool"],
  *check({ props }) {
    const protection = text(props, "deletionProtection");
    if (protection !== "ACTIVE") yield `deletionProtection is ${shown(protection)}`;
  },
};
