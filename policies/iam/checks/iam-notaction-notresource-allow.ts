import { allows, type Check } from "../check.ts";

export const iamNotActionNotResourceAllow: Check = {
  id: "iam-notaction-notresource-allow",
  kinds: ["identity", "resource"],
  level: "mandatory",
  description: "An Allow says what it allows, not what it leaves out: AWS adds actions and accounts add resources.",
  fix: "list Action and Resource; keep NotAction and NotResource for Deny",
  *judge(subject) {
    const left = new Set(subject.permissions.grants.map(({ statement }) => statement));
    for (const statement of allows(subject)) {
      if (!left.has(statement)) continue;
      if (statement.exceptActions) yield { statement: statement.label, message: "Allow with NotAction" };
      if (statement.exceptResources) yield { statement: statement.label, message: "Allow with NotResource" };
    }
  },
};
