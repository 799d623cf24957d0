import { documentRule } from "../../facts/document-rule.ts";
import { trustConfusedDeputy } from "../../iam/checks/trust-confused-deputy.ts";

export const rule = documentRule(trustConfusedDeputy, {
  why: "A service acts for all its customers: without a source it may act on this role for a stranger.",
  source: "IAM user guide, the confused deputy problem",
  severity: "medium",
  // lambda-permission-require-source asks more of them
  except: ["aws:lambda/permission:Permission"],
});
