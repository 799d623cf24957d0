import { documentRule } from "../../facts/document-rule.ts";
import { iamCredentialsExposure } from "../../iam/checks/iam-credentials-exposure.ts";

export const rule = documentRule(iamCredentialsExposure, {
  why: "A credential leaves the reach of policies and logs as soon as it is handed out.",
  source: "salesforce/cloudsplaining, credentials exposure; facts from iann0036/iam-dataset",
  severity: "low",
});
