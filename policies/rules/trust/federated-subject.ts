import { documentRule } from "../../facts/document-rule.ts";
import { trustFederatedSubject } from "../../iam/checks/trust-federated-subject.ts";

export const rule = documentRule(trustFederatedSubject, {
  why: "A provider signs for all its users: without a claim each of them may assume the role.",
  source: "IAM user guide, roles for web identity federation",
  severity: "high",
});
