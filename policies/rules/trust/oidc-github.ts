import { documentRule } from "../../facts/document-rule.ts";
import { trustOidcGithub } from "../../iam/checks/trust-oidc-github.ts";

export const rule = documentRule(trustOidcGithub, {
  why: "GitHub signs tokens for everybody's workflows alike: only the claims tell a repository's own from a stranger's.",
  source: "GitHub documentation, configuring OpenID Connect in AWS; checkov CKV_AWS_358",
  severity: "critical",
});
