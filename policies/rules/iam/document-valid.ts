import { documentRule } from "../../facts/document-rule.ts";
import { iamDocumentValid } from "../../iam/checks/iam-document-valid.ts";

export const rule = documentRule(iamDocumentValid, {
  why: "What a reader takes for a limit, AWS may ignore or refuse: a misspelt element is not a condition.",
  source: "IAM user guide, grammar of the IAM JSON policy language",
  severity: "medium",
});
