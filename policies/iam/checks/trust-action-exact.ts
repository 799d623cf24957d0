import { isPattern } from "../actions.ts";
import { allows, type Check } from "../check.ts";

export const trustActionExact: Check = {
  id: "trust-action-exact",
  kinds: ["trust"],
  level: "mandatory",
  description: "A trust policy allows the sts actions by which the role is assumed, by name.",
  fix: "list sts:AssumeRole, sts:AssumeRoleWithWebIdentity, sts:AssumeRoleWithSAML, and sts:TagSession where tags are passed",
  *judge(subject) {
    for (const statement of allows(subject)) {
      if (statement.exceptActions)
        yield { statement: statement.label, message: "Allow with NotAction in a trust policy" };
      for (const pattern of statement.exceptActions ? [] : statement.actions) {
        if (isPattern(pattern)) yield { statement: statement.label, message: `the action ${pattern}` };
      }
    }
  },
};
